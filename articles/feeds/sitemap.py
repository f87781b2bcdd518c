"""News sitemaps (sitemaps.org with the news namespace), by lxml, which repairs what is sloppy and loads nothing."""

import html
import re
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from articles import language
from articles.feeds.item import MOST, FeedItem, Reading, item, reading
from articles.text import line
from schemas.reasons import Reason

_HEAD = 4_096
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:urlset|sitemapindex)[\s/>]")
_CDATA, _END = "<![CDATA[", "]]>"
_AMPERSAND = re.compile(r"&(?:(amp|lt|gt|quot|apos)|(#(?:[0-9]{1,10}|[xX][0-9a-fA-F]{1,8})));|&")


def read(text: str, url: str, _whole: bool) -> Reading | None:
    """None where this is no sitemap. One without news, or an index of others, is a sitemap with a problem."""
    if not _ROOT.search(text, 0, _HEAD):
        return None
    lowered = text.lower()
    if "<!doctype" in lowered and "<!entity" in lowered:
        return Reading(problem=Reason.UNSAFE_FEED, detail="it declares entities (<!ENTITY), which no sitemap needs and attacks do")
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root: Any = etree.fromstring(_mended(text).encode(errors="replace"), parser)
        return _broken("there is no element in it") if root is None else _of_kind(root, parser, url)
    except (etree.XMLSyntaxError, UnicodeDecodeError) as error:  # the second: a reference to half a surrogate pair, in odd places
        return _broken(error)


def _of_kind(root: Any, parser: Any, url: str) -> Reading | None:
    kind = _name(root)
    if kind not in ("urlset", "sitemapindex"):
        return None
    if root.getroottree().docinfo.doctype:
        return Reading(problem=Reason.UNSAFE_FEED, detail="it has a document type (<!DOCTYPE), which no sitemap needs")
    return _index(root) if kind == "sitemapindex" else _urls(root, parser, url)


def _mended(text: str) -> str:
    """Each ampersand one that lxml keeps: it drops what follows a bare one, and fails on a number that is no character."""
    outside, *sections = text.split(_CDATA)
    parts = [_AMPERSAND.sub(_reference, outside)]
    for section in sections:
        inside, end, after = section.partition(_END)
        parts += [_CDATA, inside, end, _AMPERSAND.sub(_reference, after)]
    return "".join(parts)


def _urls(root: Any, parser: Any, base: str) -> Reading:
    listed = [child for child in root if _name(child) == "url"]
    news = [(found, about) for found in listed if (about := _child(found, "news")) is not None]
    if not news and (fatal := parser.error_log.filter_from_fatals()):
        return _broken(fatal[0].message)
    if not news and (listed or not any("sitemap-news" in namespace for namespace in root.nsmap.values())):
        of = f"none of its {len(listed)} addresses has a <news:news>" if listed else "it lists nothing"
        return Reading(problem=Reason.NOT_A_FEED, detail=f"it is a sitemap without news: {of}")
    used = news[:MOST]
    spoken = _one({language.declared(_text(about, "publication", "language")) for _, about in used})
    paper = _one({_text(about, "publication", "name") for _, about in used})
    items = [_item(found, about, base) for found, about in used]
    return reading(items, len(news), format="news sitemap", language=spoken, title=paper or "", links=(), base=base)


def _item(found: Any, about: Any, base: str) -> FeedItem | None:
    """A sitemap has no ids: the address is what it knows an article by."""
    url = _text(found, "loc")
    return item(
        guid=url,
        urls=(url,) if url else (),
        base=base,
        title=_text(about, "title"),
        summary="",
        content="",
        authors=(),
        tags=tuple(_text(about, "keywords").split(",")),
        language=language.declared(_text(about, "publication", "language")),
        published=(_text(about, "publication_date"), _text(found, "lastmod")),
    )


def _index(root: Any) -> Reading:
    listed = [line(_text(child, "loc"), 200) for child in root if _name(child) == "sitemap"]
    best = next((url for url in listed if "news" in url.lower()), next(iter(listed), ""))
    such = f", such as {best}" if best else ""
    return Reading(problem=Reason.NOT_A_FEED, detail=f"it is an index of sitemaps: name one of them that has news{such}")


def _broken(problem: object) -> Reading:
    return Reading(problem=Reason.BROKEN_FEED, detail=f"it is no whole sitemap: {problem}"[:200])


def _reference(found: re.Match[str]) -> str:
    if found[1]:
        return found[0]
    return escape(html.unescape(found[0])) if found[2] else "&amp;"


def _one(found: set[Any]) -> Any:
    """What all have in common."""
    return found.pop() if len(found) == 1 else None


def _child(element: Any, name: str) -> Any:
    return next((child for child in element if _name(child) == name), None)


def _text(element: Any, *path: str) -> str:
    """Of the first element at this path; empty where there is none."""
    for name in path:
        element = _child(element, name)
        if element is None:
            return ""
    return "".join(element.itertext()).strip()


def _name(element: Any) -> str:
    """Without its namespace, and without a prefix that nobody declared."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]
