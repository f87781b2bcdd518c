"""OPML (opml.org/spec2.opml), lists of feeds, in and out."""

from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.sax.saxutils import quoteattr

import listparser

from articles import charset
from articles.subscribe import refusal
from schemas.feed import Feed


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    url: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """why: in words that continue its name or address."""

    url: str
    title: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """Every outline that is no mere folder is in one of the two, or counted as repeated."""

    feeds: tuple[Outline, ...]
    refused: tuple[Refusal, ...]
    repeated: int = 0


def read(body: bytes) -> Listed:
    """listparser passes over outlines without an address, and over the second of two, in silence: these are counted by hand."""
    parsed = listparser.parse(body)
    found = [Outline(url=str(feed["url"]).strip(), title=str(feed.get("title", ""))) for feed in parsed["feeds"]]
    refused = [Refusal(url=o.url, title=o.title, why=why) for o in found if (why := refusal(o.url))]
    for outline in (*parsed["lists"], *parsed["opportunities"]):
        why = "is a list of its own" if outline in parsed["lists"] else "is a site, which names no feed"
        refused.append(Refusal(url=str(outline["url"]), title=str(outline.get("title", "")), why=why))
    shown = _Outlines()
    shown.feed(charset.decode(body))
    shown.close()
    refused += [Refusal(url="", title=title, why="has no address") for title, address in shown.ends if not address]
    addresses = [address for _, address in shown.ends if address]
    return Listed(feeds=tuple(o for o in found if not refusal(o.url)), refused=tuple(refused), repeated=len(addresses) - len({*addresses}))


def written(feeds: Iterable[Feed]) -> str:
    rows = "".join(f'    <outline type="rss" text={quoteattr(f.source.name)} xmlUrl={quoteattr(f.url)}/>\n' for f in feeds)
    head = "<head><title>tocsin</title></head>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  {head}\n  <body>\n{rows}  </body>\n</opml>\n'


class _Outlines(HTMLParser):
    """Title and address of each outline that holds no other. Forgiving, as the lists are that people have."""

    def __init__(self) -> None:
        super().__init__()
        self.ends: list[tuple[str, str]] = []
        self._open: list[list[tuple[str, str]]] = []  # for each open outline, itself; nothing once it holds another

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "outline":
            self._enter(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "outline" and self._open:
            self.ends += self._open.pop()

    def _enter(self, given: dict[str, str | None]) -> None:
        for above in self._open[-1:]:
            above.clear()
        listed = (given.get("type") or "").lower() in ("link", "include")
        address = given.get("xmlurl") or (listed and given.get("url")) or given.get("htmlurl") or ""
        self._open.append([((given.get("text") or given.get("title") or "").strip(), address.strip())])
