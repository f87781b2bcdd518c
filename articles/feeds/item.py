"""One item as a feed's format gave it, before it has an identity of ours; and what reading a feed came to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from articles import dates, text
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
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    published_dt: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """problem: why there is nothing to use. refused: items without a usable link; left_out: items past the first MOST."""

    items: tuple[FeedItem, ...] = ()
    problem: Reason | None = None
    detail: str = ""
    language: str | None = None
    title: str | None = None
    refused: int = 0
    left_out: int = 0


def item(
    *,
    guid: str,
    urls: tuple[str, ...],
    base: str,
    title: str,
    summary: str,
    authors: tuple[str, ...],
    tags: tuple[str, ...],
    language: str | None,
    published: str,
) -> FeedItem | None:
    """The item in plain text, at the first of its links that may be followed; None where there is none."""
    url = next((usable for found in urls if (usable := link(found, base))), None)
    if url is None:
        return None
    moment = dates.read(published)
    short = text.plain(summary, text.SUMMARY)
    return FeedItem(
        guid=text.line(guid, text.ID),
        url=url,
        title=text.plain(title, text.TITLE) or short[:100],
        summary=short or None,
        authors=few(text.plain(name, text.AUTHOR) for name in authors),
        tags=few(text.plain(tag, text.TAG) for tag in tags),
        language=language,
        published_dt=moment.dt if moment else None,
    )


def reading(items: list[FeedItem | None], found: int, language: str | None, title: str) -> Reading:
    """What a feed with `found` items comes to, of which `items` were looked at."""
    usable = tuple(i for i in items if i)
    refused = len(items) - len(usable)
    empty = not usable
    return Reading(
        items=usable,
        problem=Reason.EMPTY_FEED if empty else None,
        detail=(f"none of its {found} items has a usable link" if found else "it has no items") if empty else "",
        language=language,
        title=text.plain(title, text.TITLE) or None,
        refused=refused,
        left_out=found - len(items),
    )


def few(names: Iterable[str]) -> tuple[str, ...]:
    """The first few that say something, each once."""
    return tuple(dict.fromkeys(name for name in names if name))[:_FEW]
