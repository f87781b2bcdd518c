"""RSS, Atom and RDF by feedparser."""

import re
from io import BytesIO
from typing import Any

import feedparser

from articles import language
from articles.feeds.item import MOST, FeedItem, Reading, item, reading
from schemas.reasons import Reason

_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>\s*")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|([0-9]{1,10}));", re.I)


def read(text: str, url: str) -> Reading | None:
    """None where this is no XML feed."""
    if not text.startswith("<"):
        return None
    lowered = text.lower()
    if "<!doctype" in lowered and "<!entity" in lowered:  # anywhere: comments and quotes can hide where the root starts
        return Reading(problem=Reason.UNSAFE_FEED, detail="it declares entities (<!ENTITY), which no feed needs and attacks do")
    try:
        parsed = _parse(text, url)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:  # its issue 599
        return Reading(problem=Reason.BROKEN_FEED, detail=f"feedparser: {type(error).__name__}: {error}"[:200])
    if not parsed.get("version") and not parsed.entries:
        return None
    if parsed.bozo and not parsed.entries:
        return Reading(problem=Reason.BROKEN_FEED, detail=_trouble(parsed))
    spoken = language.declared(_text(parsed.feed, "language"))
    items = [_item(e, url, spoken) for e in parsed.entries[:MOST]]
    return reading(items, len(parsed.entries), spoken, _text(parsed.feed, "title"))


def _parse(text: str, url: str) -> Any:
    """Through feedparser as UTF-8, without the declaration: what it says of the encoding no longer holds."""
    text = _REFERENCE.sub(_possible, _FORBIDDEN.sub("", _DECLARATION.sub("", text, count=1)))
    return feedparser.parse(  # noqa: TID251  a BytesIO: bytes and text would be opened where they look like a path or an address
        BytesIO(text.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        resolve_relative_uris=False,
        sanitize_html=False,
    )


def _possible(reference: re.Match[str]) -> str:
    """The reference, or U+FFFD where it names no character: feedparser would lose the whole feed over it."""
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    possible = number in (9, 10, 13) or 31 < number < 0xD800 or 0xDFFF < number < 0xFFFE or 0xFFFF < number < 0x110000
    return reference[0] if possible else "\ufffd"


def _item(entry: Any, url: str, spoken: str | None) -> FeedItem | None:
    links = [_text(found, "href") for found in entry.get("links", ()) if found.get("rel", "alternate") == "alternate"]
    detail = entry.get("summary_detail") or entry.get("title_detail") or {}
    content = entry.get("content") or [{}]
    authors = entry.get("authors") or [{"name": _text(entry, "author")}]
    return item(
        guid=_text(entry, "id"),
        urls=tuple(filter(None, (_text(entry, "link"), *links))),
        base=url,
        title=_text(entry, "title"),
        summary=_text(entry, "summary") or _text(content[0], "value"),
        authors=tuple(_text(author, "name") for author in authors),
        tags=tuple(_text(tag, "term") for tag in entry.get("tags", ())),
        language=language.declared(_text(detail, "language")) or spoken,
        published=_text(entry, "published") or _text(entry, "created") or _text(entry, "updated"),
    )


def _text(found: Any, name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""


def _trouble(parsed: Any) -> str:
    """In the parser's words: line, column and what is wrong."""
    return str(parsed.get("bozo_exception", "it is not well-formed")).removeprefix("<unknown>:")[:200]
