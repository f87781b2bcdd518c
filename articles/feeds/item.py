"""One item as a feed's format gave it, before it has an identity of ours; and what reading a feed came to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from articles import dates, text
from articles.body import LIMIT
from articles.links import link
from schemas.reasons import Reason

MOST = 2_000  # items used of one feed
_FEW = 20  # authors, tags


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedItem:
    """Plain text throughout; url is absolute, http or https."""

    guid: str
    url: str
    title: str
    summary: str | None = None
    content: str | None = None  # the whole text in paragraphs, where it was asked for
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    published_dt: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """problem: why there is nothing to use. link: the feed's own page. refused: items without a usable link; left_out: those past MOST.

    pause: the shortest one between two visits that the feed asks for (RSS ttl, sy:updatePeriod). skip_hours: of the day in UTC, in which
    it wants no visit.
    """

    items: tuple[FeedItem, ...] = ()
    problem: Reason | None = None
    detail: str = ""
    format: str = ""
    language: str | None = None
    title: str | None = None
    link: str | None = None
    refused: int = 0
    left_out: int = 0
    pause: timedelta = timedelta(0)
    skip_hours: tuple[int, ...] = ()


def item(
    *,
    guid: str,
    urls: tuple[str, ...],
    base: str,
    title: str,
    summary: str,
    content: str,
    authors: tuple[str, ...],
    tags: tuple[str, ...],
    language: str | None,
    published: tuple[str, ...],
) -> FeedItem | None:
    """In plain text, at the first of its links that may be followed; None where there is none. published: the better ones first."""
    url = usable(urls, base)
    if url is None:
        return None
    moment = next((moment for written in published if (moment := dates.read(written))), None)
    short = text.plain(summary, text.SUMMARY)
    return FeedItem(
        guid=text.line(guid, text.ID),
        url=url,
        title=text.plain(title, text.TITLE) or short[:100],
        summary=short or None,
        content=text.cut(text.paragraphs(content), LIMIT) or None,
        authors=few(text.plain(name, text.AUTHOR) for name in authors),
        tags=few(text.plain(tag, text.TAG) for tag in tags),
        language=language,
        published_dt=moment.dt if moment else None,
    )


def reading(
    items: list[FeedItem | None], found: int, *, format: str, language: str | None, title: str, links: tuple[str, ...], base: str
) -> Reading:
    """What a feed with `found` items comes to, of which `items` were looked at; at the first of its own links that may be followed."""
    kept = tuple(i for i in items if i)
    refused = len(items) - len(kept)
    empty = not kept
    return Reading(
        items=kept,
        problem=Reason.EMPTY_FEED if empty else None,
        detail=(f"none of its {found} items has a usable link" if found else "it has no items") if empty else "",
        format=text.line(format, 40),
        language=language,
        title=text.plain(title, text.TITLE) or None,
        link=usable(links, base),
        refused=refused,
        left_out=found - len(items),
    )


def usable(urls: tuple[str, ...], base: str) -> str | None:
    """The first that may be followed."""
    return next((url for written in urls if written.strip() and (url := link(written, base))), None)


def few(names: Iterable[str]) -> tuple[str, ...]:
    """The first few that say something, each once."""
    return tuple(dict.fromkeys(name for name in names if name))[:_FEW]
