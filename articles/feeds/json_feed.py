"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

import json
import re
from typing import Any

from articles import language
from articles.feeds.item import MOST, FeedItem, Reading, item, reading
from schemas.reasons import Reason

_BARE = re.compile(r"1(?:\.[0-9])?")  # some name only the number


def read(text: str, url: str, whole: bool) -> Reading | None:
    """None where this is no JSON Feed."""
    if not text.startswith("{"):
        return None
    try:
        feed = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        named = "jsonfeed.org" in text[:1_000]
        return Reading(problem=Reason.BROKEN_FEED, detail=f"it is no JSON: {error}"[:200]) if named else None
    version = _text(feed, "version")
    if "jsonfeed.org" not in version and not (_BARE.fullmatch(version) and isinstance(feed.get("items"), list)):
        return None
    items, spoken = _list(feed, "items"), language.declared(_text(feed, "language"))
    return reading(
        [_item(i, url, spoken, whole) for i in items[:MOST]],
        len(items),
        format=f"JSON Feed {version.rpartition('/')[2][:9]}",
        language=spoken,
        title=_text(feed, "title"),
        links=(_text(feed, "home_page_url"),),
        base=url,
    )


def _item(found: Any, url: str, spoken: str | None, whole: bool) -> FeedItem | None:
    if not isinstance(found, dict):
        return None
    told = _text(found, "content_html") or _text(found, "content_text")
    return item(
        guid=_text(found, "id"),
        urls=tuple(filter(None, (_text(found, "url"), _text(found, "external_url"), _address(_text(found, "id"))))),
        base=url,
        title=_text(found, "title"),
        summary=_text(found, "summary") or told,
        content=told if whole else "",
        authors=tuple(_text(a, "name") for a in [*_list(found, "authors"), found.get("author")]),
        tags=tuple(str(tag) for tag in _list(found, "tags")),
        language=language.declared(_text(found, "language")) or spoken,
        published=(_text(found, "date_published"), _text(found, "date_modified")),
    )


def _address(guid: str) -> str:
    """1.1: an id that is an address may stand for a missing url."""
    return guid if guid.startswith(("http://", "https://")) else ""


def _text(found: Any, name: str) -> str:
    value = found.get(name) if isinstance(found, dict) else None
    return str(value) if isinstance(value, str | int | float) else ""


def _list(found: dict[str, Any], name: str) -> list[Any]:
    value = found.get(name)
    return value if isinstance(value, list) else []
