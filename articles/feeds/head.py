"""What a feed says of itself at its head: its format and the page that it belongs to. For people; the pipeline needs neither."""

import json
from typing import Any

from lxml import etree

from articles import charset
from articles.feeds.sitemap import mended
from articles.links import link

_HEAD = 64 * 2**10  # characters in which a feed speaks of itself


def described(body: bytes, base: str) -> tuple[str, str]:
    """The feed's format and link, of a body that was read as a feed. For a worker process."""
    text = charset.decode(body).lstrip("\ufeff \t\r\n\0")
    return _described_json(text, base) if text.startswith("{") else _described_xml(text[:_HEAD], base)


def _described_json(text: str, base: str) -> tuple[str, str]:
    feed = json.loads(text, strict=False)
    home = feed.get("home_page_url")
    return f"JSON Feed {str(feed['version']).rpartition('/')[2][:9]}", (link(home, base) if isinstance(home, str) else None) or ""


def _described_xml(head: str, base: str) -> tuple[str, str]:
    parser: Any = etree.XMLPullParser(events=("start", "end"), encoding="utf-8", recover=True, resolve_entities=False, no_network=True)
    parser.feed(mended(head).encode(errors="replace"))
    format_, places = "", []
    for event, element in parser.read_events():
        name, parent = _local(element), element.getparent()
        if parent is None and event == "start":
            format_ = _format(element, name)
        elif name in ("item", "entry"):
            break
        elif name == "link" and event == "end" and _local(parent) in ("channel", "feed") and element.get("rel", "alternate") == "alternate":
            places.append(element.get("href") or element.text or "")
    return format_, next((usable for place in places if place.strip() and (usable := link(place, base))), "")


def _format(root: Any, name: str) -> str:
    if name in ("feed", "entry"):
        return "Atom 0.3" if "purl.org/atom" in root.tag else "Atom 1.0"
    known = {"rss": f"RSS {root.get('version', '')[:9]}".rstrip(), "rdf": "RDF", "urlset": "news sitemap", "channel": "CDF"}
    return known.get(name.lower(), name[:40])


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2] if element is not None else ""
