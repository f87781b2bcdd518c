"""RSS, Atom and RDF by feedparser."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import feedparser
from feedparser.api import SUPPORTED_VERSIONS

from articles import language
from articles.feeds import bounded, visits
from articles.feeds.item import MOST, FeedItem, Reading, item, reading
from schemas.reasons import Reason

_HEAD = 4_096
_PAGE = re.compile(r"<(?:!doctype\s+)?html\b", re.I)
_FEED = re.compile(r"<(?:\w{1,40}:)?(?:rss|feed|rdf|channel|entry)\b", re.I)
_DATES = (
    "published",
    "created",
    "updated",
    "prism_publicationdate",
    "dcterms_date",
    "dcterms_available",
    "publicationdate",
    "publisheddate",
)


def read(text: str, url: str, whole: bool) -> Reading | None:
    """None where this is no XML feed."""
    if not text.startswith("<") or _is_page(text):
        return None
    text, left_out = bounded.first_items(text)
    if why := bounded.unsafe(text):
        return Reading(problem=Reason.UNSAFE_FEED, detail=why)
    try:
        parsed = _parse(text)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:  # its issue 599
        return Reading(problem=Reason.BROKEN_FEED, detail=f"feedparser: {type(error).__name__}: {error}"[:200])
    if not parsed.get("version") and not parsed.entries:
        return None
    if parsed.bozo and not parsed.entries:
        return Reading(problem=Reason.BROKEN_FEED, detail=_trouble(parsed))
    return replace(_reading(parsed, url, whole, left_out), pause=visits.pause(parsed.feed), skip_hours=visits.skip_hours(text))


def _is_page(text: str) -> bool:
    """An HTML page without a feed in it: feedparser would read all of it for nothing."""
    return bool(_PAGE.search(text, 0, _HEAD)) and not _FEED.search(text)


def _parse(text: str) -> Any:
    """As UTF-8, and without an address to resolve links from: that costs it a tenth more, and `item` does it."""
    return feedparser.parse(  # noqa: TID251  a BytesIO: bytes and text would be opened where they look like a path or an address
        BytesIO(bounded.mended(text).encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )


def _reading(parsed: Any, url: str, whole: bool, left_out: int) -> Reading:
    feed, entries = parsed.feed, parsed.entries
    spoken = language.declared(_text(feed, "language"))
    return reading(
        [_item(entry, url, spoken, whole) for entry in entries[:MOST]],
        len(entries) + left_out,
        format=SUPPORTED_VERSIONS.get(parsed.version, "").partition(" (")[0],
        language=spoken,
        title=_text(feed, "title"),
        links=_links(feed),
        base=url,
    )


def _item(entry: Any, url: str, spoken: str | None, whole: bool) -> FeedItem | None:
    detail = entry.get("summary_detail") or entry.get("title_detail") or {}
    summary, content = _text(entry, "summary"), _text((entry.get("content") or [{}])[0], "value")
    authors = entry.get("authors") or [{"name": _text(entry, "author")}]
    return item(
        guid=_text(entry, "id"),
        urls=_links(entry),
        base=url,
        title=_text(entry, "title"),
        summary=summary or content,
        content=(content or summary) if whole else "",
        authors=tuple(_text(author, "name") for author in authors),
        tags=tuple(_text(tag, "term") for tag in entry.get("tags", ())),
        language=language.declared(_text(detail, "language")) or spoken,
        published=tuple(filter(None, (_text(entry, name) for name in _DATES))),
    )


def _links(found: Any) -> tuple[str, ...]:
    """Of a feed or an entry: the one that feedparser takes for its own, then the others of that kind."""
    others = (_text(link, "href") for link in found.get("links", ()) if link.get("rel", "alternate") == "alternate")
    return tuple(filter(None, (_text(found, "link"), *others)))


def _text(found: Any, name: str) -> str:
    value = dict.get(found, name)  # past its aliases, which cost more than all the rest of `_item`
    return value if isinstance(value, str) else ""


def _trouble(parsed: Any) -> str:
    """In the parser's words: line, column and what is wrong."""
    return str(parsed.get("bozo_exception", "it is not well-formed")).removeprefix("<unknown>:")[:200]
