"""A paper's feed as bytes, in its way of writing feeds. The broken way is broken on purpose, and says how."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from xml.sax.saxutils import escape

from demo.papers import Feed, Format
from demo.printed import Printed


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    body: bytes
    content_type: str


def write(feed: Feed, prints: Sequence[Printed], base: str) -> Written:
    """prints: newest first."""
    text, encoding, content_type = _FORMATS[feed.format](feed, prints, base)
    return Written(body=text.encode(encoding, "xmlcharrefreplace"), content_type=content_type)


def _rss(feed: Feed, prints: Sequence[Printed], base: str) -> tuple[str, str, str]:
    items = "".join(
        f"<item>\n<title>{escape(p.article.title)}</title>\n<link>{base}{p.link}</link>\n"
        + (f'<guid isPermaLink="false">{feed.feed_id}:{p.path}</guid>\n' if feed.guids else "")
        + f"<description>{escape(p.article.lead)}</description>\n<category>{escape(p.article.section)}</category>\n"
        f"<dc:creator>{escape(p.article.author)}</dc:creator>\n<pubDate>{format_datetime(p.local_dt)}</pubDate>\n</item>\n"
        for p in prints
    )
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n'
        f"<title>{escape(feed.paper)}</title>\n<link>{base}/{feed.feed_id}/</link>\n<description>{escape(feed.paper)}</description>\n"
        f"<language>{feed.language}</language>\n{items}</channel>\n</rss>\n"
    )
    return text, "utf-8", "application/rss+xml; charset=utf-8"


def _atom(feed: Feed, prints: Sequence[Printed], base: str) -> tuple[str, str, str]:
    entries = "".join(
        f'<entry>\n<title>{escape(p.article.title)}</title>\n<link href="{base}{p.link}"/>\n'
        f"<id>tag:{feed.feed_id}.example,2021:{p.path}</id>\n<published>{p.published.isoformat()}</published>\n"
        f"<updated>{p.published.isoformat()}</updated>\n"
        f"<author><name>{escape(p.article.author)}</name></author>\n<summary>{escape(p.article.lead)}</summary>\n</entry>\n"
        for p in prints
    )
    updated = f"<updated>{prints[0].published.isoformat()}</updated>\n" if prints else ""
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.language}">\n'
        f"<title>{escape(feed.paper)}</title>\n<id>tag:{feed.feed_id}.example,2021:feed</id>\n"
        f'<link rel="self" href="{base}{feed.path}"/>\n{updated}{entries}</feed>\n'
    )
    return text, "utf-8", "application/atom+xml; charset=utf-8"


def _rdf(feed: Feed, prints: Sequence[Printed], base: str) -> tuple[str, str, str]:
    listed = "".join(f'<rdf:li rdf:resource="{base}{p.link}"/>' for p in prints)
    items = "".join(
        f'<item rdf:about="{base}{p.link}">\n<title>{escape(p.article.title)}</title>\n<link>{base}{p.link}</link>\n'
        f"<description>{escape(p.article.lead)}</description>\n<dc:date>{p.local_dt.isoformat()}</dc:date>\n</item>\n"
        for p in prints
    )
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{base}{feed.path}">\n<title>{escape(feed.paper)}</title>\n<link>{base}/{feed.feed_id}/</link>\n'
        f"<description>{escape(feed.paper)}</description>\n<items><rdf:Seq>{listed}</rdf:Seq></items>\n</channel>\n{items}</rdf:RDF>\n"
    )
    return text, "utf-8", "application/rdf+xml; charset=utf-8"


def _broken(feed: Feed, prints: Sequence[Printed], base: str) -> tuple[str, str, str]:
    """A namespace nobody declared, raw ampersands, no end tag, and HTTP lies about the encoding."""
    items = "".join(
        f"<item>\n<title>{escape(p.article.title)}</title>\n<link>{base}{p.link}?utm_source=rss&utm_medium=feed</link>\n"
        f'<guid isPermaLink="false">{feed.feed_id}{p.path}</guid>\n<media:rating>0+</media:rating>\n'
        f"<description>{escape(p.article.lead)}</description>\n<pubDate>{format_datetime(p.local_dt)}</pubDate>\n</item>\n"
        for p in prints
    )
    text = (
        f'<?xml version="1.0" encoding="windows-1251"?>\n<rss version="2.0">\n<channel>\n<title>{feed.paper} & Ко</title>\n'
        f"<link>{base}/{feed.feed_id}/</link>\n<description>Новости & мнения</description>\n{items}</rss>\n"
    )
    return text, "windows-1251", "text/xml; charset=utf-8"


_FORMATS: dict[Format, Callable[[Feed, Sequence[Printed], str], tuple[str, str, str]]] = {
    Format.RSS: _rss,
    Format.ATOM: _atom,
    Format.RDF: _rdf,
    Format.BROKEN: _broken,
}
