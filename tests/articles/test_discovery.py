"""The feeds of a site, found on its page."""

import pytest

from articles.feeds.discovery import MOST, Found, feeds_of

URL = "https://news.example/politik/"
GUESSES = tuple(Found(url=f"https://news.example/{path}") for path in ("feed", "rss.xml", "feed.xml", "atom.xml", "index.xml"))


def found(head: str = "", body: str = "") -> tuple[Found, ...]:
    """Without the guesses."""
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return tuple(candidate for candidate in feeds_of(page.encode(), URL) if candidate not in GUESSES)


@pytest.mark.parametrize(
    ("kind", "format_"),
    [
        ("application/rss+xml", "RSS"),
        ("application/atom+xml; charset=utf-8", "Atom"),
        ("APPLICATION/RDF+XML", "RDF"),
        ("application/feed+json", "JSON Feed"),
    ],
)
def test_a_feed_that_the_page_declares_is_found(kind: str, format_: str) -> None:
    head = f'<link rel="Alternate" type="{kind}" title="Die  Zeitung" href="alles?a=1&amp;b=2">'

    assert found(head) == (Found(url="https://news.example/politik/alles?a=1&b=2", title="Die Zeitung", format=format_),)


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="stylesheet" type="application/rss+xml" href="/a">',
        '<link rel="alternate" hreflang="en" href="/en/">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">',
        '<link rel="alternate" type="application/rss+xml" href="https://user:word@news.example/feed">',
    ],
)
def test_what_is_declared_otherwise_is_not_taken(head: str) -> None:
    assert found(head) == ()


@pytest.mark.parametrize("path", ["/politik/feed/", "/rss", "/news.rss", "/all.xml", "/atom.php", "/rss2/politik", "/a-feed"])
def test_a_link_that_looks_like_a_feed_is_found(path: str) -> None:
    assert found(body=f'<a href="{path}">Alle <b>Nachrichten</b></a>') == (
        Found(url=f"https://news.example{path}", title="Alle Nachrichten"),
    )


@pytest.mark.parametrize("path", ["/feedback", "/anatomie", "/a.html", "/?rss", "javascript:feed()"])
def test_a_link_to_something_else_is_not(path: str) -> None:
    assert found(body=f'<a href="{path}">mehr</a>') == ()


def test_declared_feeds_come_first_then_links_then_guesses_each_once() -> None:
    page = b"""<base href="https://cdn.example/"><a href="/rss">a</a><a href="https://news.example/feed">b</a>
    <link rel="alternate" type="application/rss+xml" href="/main"><link rel="alternate" type="application/atom+xml" href="/main">"""

    candidates = [candidate.url for candidate in feeds_of(page, URL)]

    assert candidates[:3] == ["https://cdn.example/main", "https://cdn.example/rss", "https://news.example/feed"]
    assert candidates[3:] == [guess.url for guess in GUESSES[1:]]


def test_no_more_than_a_few_are_named() -> None:
    assert len(found(body="".join(f'<a href="/{n}/feed">a</a>' for n in range(1_000)))) == MOST


@pytest.mark.parametrize("page", [b"", b"<!-- -->", b"\0" * 9, b"\xff\xfe", "\ud800".encode(errors="surrogatepass"), b"<div>" * 100_000])
def test_a_page_with_nothing_in_it_leaves_the_guesses(page: bytes) -> None:
    assert feeds_of(page, URL) == GUESSES
