"""Feeds that somebody wrote to end, hang or fill a reader, as functions; and mutants of harmless ones."""

import random
from collections.abc import Callable, Sequence

ITEM = "<item><title>a</title><link>https://news.example/1</link></item>"
BROKEN = "<x><y></x>"  # from here on feedparser's loose parser reads
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/1"/>{}</entry></feed>'
TOKENS = (
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"&#xD800;",
    b"\0",
    b"\xff",
    b"<!DOCTYPE a [",
    b"<item>",
    b"</item>",
    b'"',
    b"{",
    b"[",
    b"9" * 40,
)


def rss(items: str = "", before: str = "") -> str:
    return f'{before}<rss version="2.0"><channel><title>t</title>{ITEM}{items}</channel></rss>'


def of(inside: str) -> str:
    return rss(f"<item><link>/2</link>{inside}</item>")


def chain(length: int) -> str:
    return "<!DOCTYPE r [" + "".join(f'<!ENTITY e{n} "&e{n - 1};">' for n in range(length)) + "]>"


def laughs(before: str) -> str:
    each = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return rss("<item><title>&l9;</title></item>", f'{before}<!DOCTYPE rss [<!ENTITY l0 "lol">{each}]>')


def attributes(count: int, name: str = "a") -> str:
    return " ".join(f'{name}{n}="1"' for n in range(count))


FEEDS: dict[str, Callable[[], str | bytes]] = {
    "a chain of 30,000 entities": lambda: rss(before="<!-- <a -->" + chain(30_000)),
    "a billion laughs": lambda: laughs(""),
    "a billion laughs behind a comment": lambda: laughs("<!-- <a -->"),
    "laughs in utf-16": lambda: laughs("").encode("utf-16"),
    "an external entity": lambda: rss("<item><title>&x;</title></item>", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
    "an external document type": lambda: rss(before='<!DOCTYPE r SYSTEM "http://127.0.0.1:9/a.dtd">'),
    "50 kB of newlines": lambda: rss(before="\n" * 50_000),
    "50 kB of newlines behind a comment": lambda: rss(before="<!-- a -->" + "\n" * 50_000),
    "50 kB of newlines in a document type": lambda: rss(before="<!DOCTYPE rss [" + "\n" * 50_000 + "]>"),
    "50,000 document types": lambda: rss(before="<!DOCTYPE a>" * 50_000),
    "50,000 attributes": lambda: rss(f"<item {attributes(50_000)}/>"),
    "50,000 attributes in a broken feed": lambda: rss(f"{BROKEN}<item {attributes(50_000)}/>"),
    "20,000 namespaces": lambda: rss(f"<item {attributes(20_000, 'xmlns:a')}/>"),
    "an author of 32 kB": lambda: of("<author>" + "a." * 16_000 + "</author>"),
    "an author of 32 kB in CDATA": lambda: of("<dc:creator><![CDATA[" + "a." * 16_000 + "]]></dc:creator>"),
    "a million nested elements": lambda: rss("<a>" * 1_000_000 + "</a>" * 1_000_000),
    "50,000 nested elements in a content": lambda: ATOM.format("<content type='xhtml'>" + "<div>" * 50_000),
    "50,000 nested elements as text": lambda: of("<description>" + "&lt;div&gt;" * 50_000 + "</description>"),
    "a tag of 10 MB": lambda: rss(f'<item a="{"x" * 10_000_000}"/>'),
    "a comment of 10 MB": lambda: rss(f"<!--{'x' * 10_000_000}-->"),
    "a name of 10 MB": lambda: "<" + "a" * 10_000_000,
    "200,000 items": lambda: rss("<item><link>/1</link></item>" * 200_000),
    "200,000 items in a broken feed": lambda: rss(BROKEN + "<item><link>/1</link></item>" * 200_000),
    "30,000 links": lambda: ATOM.format("".join(f'<link href="/{n}"/>' for n in range(30_000))),
    "30,000 authors": lambda: ATOM.format("".join(f"<author><name>{n}</name></author>" for n in range(30_000))),
    "50,000 different categories": lambda: of("".join(f"<category>{n}</category>" for n in range(50_000))),
    "100,000 open tags": lambda: of("<a" * 100_000),
    "100,000 open quotes": lambda: of('<a b="' * 30_000),
    "300,000 ampersands": lambda: of("<title>" + "&" * 300_000 + "</title>"),
    "100,000 references to half a surrogate": lambda: of("<title>" + "&#xD800;" * 100_000 + "</title>"),
    "references to no character": lambda: of("<title>&#1114112; &#0; &#xFFFFFFFF;</title>"),
    "surrogates as bytes": lambda: of("<title>\ud800\udfff</title>").encode(errors="surrogatepass"),
    "the charset punycode": lambda: b'<?xml version="1.0" encoding="punycode"?>' + rss().encode() + b"\xe4",
    "the charset zlib": lambda: b'<?xml version="1.0" encoding="zlib_codec"?>' + rss().encode() + b"\xe4",
    "NUL bytes": lambda: b"\0" * 10_000_000,
    "NUL bytes in a title": lambda: of("<title>a\0b</title>"),
    "cp1251 that says utf-8": lambda: of("<title>Москва и НАТО</title>").encode("cp1251"),
    "the path of a file": lambda: "/etc/hostname",
    "an address": lambda: "http://127.0.0.1:9/feed",
    "an address of a file": lambda: "file:///etc/hostname",
    "a page of 4 MB": lambda: "<!doctype html><html><body>" + "<p>x</p>" * 500_000,
    "a date of 500 kB": lambda: of("<pubDate>" + "1-" * 250_000 + "</pubDate>"),
    "a link of 3 MB": lambda: of("<link>http://a.example/" + "../" * 1_000_000 + "</link>"),
    "a million nested lists": lambda: '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 1_000_000,
    "a number of 4 MB": lambda: '{"version": "https://jsonfeed.org/version/1", "items": [{"id": ' + "9" * 4_000_000 + "}]}",
    "a sitemap a million deep": lambda: "<urlset>" + "<url>" * 1_000_000,
    "a million random bytes": lambda: random.Random(1).randbytes(1_000_000),
}


def mutants(documents: Sequence[bytes], count: int) -> list[bytes]:
    """The same at every run."""
    chance = random.Random(5)
    return [mutant(documents[n % len(documents)], chance) for n in range(count)]


def mutant(document: bytes, chance: random.Random) -> bytes:
    """One to four pieces of it lost, doubled, overwritten or torn apart by a token."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(document) + 1)
        end = min(len(document), start + chance.choice((1, 4, 40, 400)))
        piece = chance.choice((b"", document[start:end] * 2, chance.randbytes(end - start), chance.choice(TOKENS) + document[start:end]))
        document = document[:start] + piece + document[end:]
    return document
