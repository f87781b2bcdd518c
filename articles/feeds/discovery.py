"""The feeds of a site, by its page: those that it declares, then those that it links, then the addresses where feeds usually are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from articles import charset, text
from articles.feeds.item import usable
from articles.links import link

MOST = 20
_FORMATS = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/rdf+xml": "RDF",
    "application/feed+json": "JSON Feed",
}
_VAGUE = {"application/json": "JSON Feed", "application/xml": "", "text/xml": ""}  # other things are declared so too
_LIKELY = re.compile(r"(?:^|[/._-])(?:feeds?|rss|rss2|atom|rdf)(?:$|[/._-])|\.xml$", re.I)
_USUAL = ("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
_PARSER = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """title and format: as the page tells them. One without both is a guess."""

    url: str
    title: str = ""
    format: str = ""


def feeds_of(page: bytes, url: str) -> tuple[Found, ...]:
    """The likeliest first, each once. For a worker process: the page may be hostile."""
    found: dict[str, Found] = {}
    for candidate in _candidates(page, url):
        found.setdefault(candidate.url, candidate)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _candidates(page: bytes, url: str) -> Iterator[Found]:
    root = _root(page)
    if root is not None:
        base = next((link(at, url) or url for element in root.iter("base") if (at := element.get("href"))), url)
        yield from _declared(root, base)
        yield from _linked(root, base)
    yield from (Found(url=at) for path in _USUAL if (at := link(path, url)))


def _root(page: bytes) -> Any:
    try:
        return html.document_fromstring(charset.decode(page).replace("\0", "").encode(errors="replace"), parser=_PARSER)
    except etree.ParserError:  # there is nothing in it
        return None


def _declared(root: Any, base: str) -> Iterator[Found]:
    for element in root.iter("link"):
        at, kind = usable((element.get("href", ""),), base), (element.get("type") or "").partition(";")[0].strip().lower()
        format_ = _FORMATS.get(kind) or (_VAGUE.get(kind) if at and _is_likely(at) else None)
        if at and format_ is not None and "alternate" in (element.get("rel") or "").lower().split():
            yield Found(url=at, title=text.line(element.get("title") or "", text.TITLE), format=format_)


def _linked(root: Any, base: str) -> Iterator[Found]:
    for element in root.iter("a"):
        at = usable((element.get("href", ""),), base)
        if at and _is_likely(at):
            yield Found(url=at, title=text.line(text.visible(element), text.TITLE))


def _is_likely(url: str) -> bool:
    return bool(_LIKELY.search(urlsplit(url).path))
