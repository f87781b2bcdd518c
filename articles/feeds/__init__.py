"""Feed bytes to items. A new format is one module here and one line in FORMATS."""

from articles import charset
from articles.feeds import json_feed, sitemap, xml_feed
from articles.feeds.item import FeedItem, Reading
from schemas.reasons import Reason

__all__ = ["FORMATS", "FeedItem", "Reading", "read"]

FORMATS = (json_feed.read, sitemap.read, xml_feed.read)


def read(body: bytes, url: str, whole: bool = False) -> Reading:
    """What the feed at `url` holds; `whole`: with the contents of its items. For a worker process: hostile bytes can end or hang it."""
    text = charset.decode(body).lstrip("\ufeff \t\r\n\0")
    for reader in FORMATS:
        if found := reader(text, url, whole):
            return found
    return Reading(problem=Reason.NOT_A_FEED, detail=_looks_like(text))


def _looks_like(text: str) -> str:
    start = text[:1_000].lower()
    if not text:
        return "the answer is empty"
    if "<html" in start or "<!doctype html" in start:
        return "it is an HTML page"
    return f"it starts with {text[:40]!r}"
