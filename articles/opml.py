"""OPML (opml.org/spec2.opml), lists of feeds, in and out."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

import listparser

from schemas.feed import Feed


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    url: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """refused: one sentence for each outline that cannot be polled."""

    feeds: tuple[Outline, ...]
    refused: tuple[str, ...]


def read(body: bytes) -> Listed:
    """listparser passes over outlines without an address in silence, so they are counted by hand."""
    parsed = listparser.parse(body)
    found = [(str(feed.get("url", "")), str(feed.get("title", ""))) for feed in parsed.get("feeds", ())]
    refused = [f"{title or 'an outline'}: {url or 'no address'} is not http or https" for url, title in found if not _polled(url)]
    if not found:
        refused.append("the file lists no feed: is it OPML?")
    feeds = {url: Outline(url=url, name="") for url, _ in found if _polled(url)}
    return Listed(feeds=tuple(feeds.values()), refused=tuple(refused))


def written(feeds: Iterable[Feed]) -> str:
    rows = "".join(f'    <outline type="rss" text={quoteattr(f.source.name)} xmlUrl={quoteattr(f.url)}/>\n' for f in feeds)
    head = "<head><title>tocsin</title></head>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  {head}\n  <body>\n{rows}  </body>\n</opml>\n'


def _polled(url: str) -> bool:
    return url.startswith(("http://", "https://"))
