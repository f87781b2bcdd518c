"""News sitemaps to items, and a plain reason for every other sitemap."""

from datetime import UTC, datetime

import pytest

from articles import feeds
from schemas.reasons import Reason

URL = "https://news.example/sitemaps/news.xml"
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
PLAIN = "<url><loc>https://news.example/imprint</loc></url>"


def news(
    title: str = "NATO tagt in Brüssel",
    loc: str = "https://news.example/a/1",
    language: str = "de",
    name: str = "Die Zeitung",
    date: str = "<news:publication_date>2021-10-22T17:40:00+02:00</news:publication_date>",
    more: str = "",
) -> str:
    about = f"<news:publication><news:name>{name}</news:name><news:language>{language}</news:language></news:publication>"
    return f"<url><loc>{loc}</loc><news:news>{about}{date}<news:title>{title}</news:title>{more}</news:news></url>"


def sitemap(*urls: str, before: str = '<?xml version="1.0" encoding="UTF-8"?>\n', namespaces: str = NAMESPACES) -> bytes:
    return f"{before}<urlset {namespaces}>{''.join(urls)}</urlset>".encode()


def title_of(body: bytes) -> str:
    (item,) = feeds.read(body, URL).items
    return item.title


def test_an_article_of_a_news_sitemap_is_an_item() -> None:
    reading = feeds.read(sitemap(news(more="<news:keywords>Politik, NATO, Politik</news:keywords>")), URL)

    (item,) = reading.items
    assert (reading.problem, reading.title, reading.language) == (None, "Die Zeitung", "de")
    assert (item.guid, item.url, item.title) == ("https://news.example/a/1", "https://news.example/a/1", "NATO tagt in Brüssel")
    assert (item.language, item.tags, item.summary) == ("de", ("Politik", "NATO"), None)
    assert item.published_dt == datetime(2021, 10, 22, 15, 40, tzinfo=UTC)


def test_each_article_has_its_own_language() -> None:
    reading = feeds.read(sitemap(news(language="de"), news(language="uk"), news(language="zh-cn")), URL)

    assert [item.language for item in reading.items] == ["de", "uk", "zh"]
    assert reading.language is None


def test_the_titles_of_images_and_films_are_not_the_articles() -> None:
    film = "<video:video><video:title>Ein Film</video:title></video:video>"
    image = "<image:image><image:loc>https://news.example/i.jpg</image:loc><image:title>Ein Bild</image:title></image:image>"
    body = sitemap(news().replace("<url>", f"<url>{image}{film}"))

    (item,) = feeds.read(body, URL).items
    assert (item.title, item.url) == ("NATO tagt in Brüssel", "https://news.example/a/1")


def test_addresses_without_news_are_no_items() -> None:
    reading = feeds.read(sitemap(PLAIN, news(), PLAIN), URL)

    assert (len(reading.items), reading.refused, reading.left_out) == (1, 0, 0)


def test_the_last_change_stands_in_for_a_missing_date() -> None:
    body = sitemap(news(date="").replace("<news:news>", "<lastmod>2021-10-22T15:40:00Z</lastmod><news:news>"))

    assert feeds.read(body, URL).items[0].published_dt == datetime(2021, 10, 22, 15, 40, tzinfo=UTC)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "https://user:pw@a.example/", ""])
def test_an_article_without_a_link_to_follow_is_counted_and_left_out(link: str) -> None:
    reading = feeds.read(sitemap(news(loc=link), news()), URL)

    assert (len(reading.items), reading.refused) == (1, 1)


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("https://news.example/?a=1&amp;b=2", "https://news.example/?a=1&b=2"),
        ("https://news.example/?a=1&#38;b=2", "https://news.example/?a=1&b=2"),
        ("https://news.example/?a=1&b=2&copy=3", "https://news.example/?a=1&b=2&copy=3"),
        ("<![CDATA[https://news.example/?a=1&b=2]]>", "https://news.example/?a=1&b=2"),
        ("\n  https://news.example/a\n", "https://news.example/a"),
    ],
)
def test_an_address_keeps_its_ampersands(written: str, means: str) -> None:
    assert feeds.read(sitemap(news(loc=written)), URL).items[0].url == means


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("Q&A", "Q&A"),
        ("Caf&eacute;", "Café"),
        ("AT&amp;T", "AT&T"),
        ("<![CDATA[AT&T <b>steigt</b>]]>", "AT&T steigt"),
        ("bad &#xD800; &#1114112; &#0;", "bad � � �"),
        ("null \x00 bell \x07 \ufffe", "null bell"),
        ("News\u202e!", "News!"),
    ],
)
def test_a_sloppy_title_is_kept(written: str, means: str) -> None:
    assert title_of(sitemap(news(title=written))) == means


@pytest.mark.parametrize(
    "body",
    [
        sitemap(news(), namespaces=""),
        sitemap(news()).removesuffix(b"</urlset>"),
        sitemap(news(), before=""),
        sitemap(news(), before="<?xml version='1.0'?><?xml-stylesheet href='s.xsl'?><!-- made by hand -->"),
        sitemap(news()).decode().replace("UTF-8", "utf-16").encode("utf-16"),
    ],
    ids=["undeclared prefix", "cut off", "no declaration", "style sheet and comment", "utf-16"],
)
def test_a_sloppy_sitemap_keeps_its_articles(body: bytes) -> None:
    assert title_of(body) == "NATO tagt in Brüssel"


@pytest.mark.parametrize(
    ("body", "problem", "detail"),
    [
        (sitemap(PLAIN), Reason.NOT_A_FEED, "sitemap without news: none of its 1 addresses"),
        (sitemap(namespaces=""), Reason.NOT_A_FEED, "sitemap without news: it lists nothing"),
        (sitemap(), Reason.EMPTY_FEED, "no items"),
        (sitemap(news(loc="")), Reason.EMPTY_FEED, "none of its 1 items has a usable link"),
        (b"<urlset >" + b"<url" * 3, Reason.BROKEN_FEED, "no whole sitemap"),
        (b"<<urlset >", Reason.BROKEN_FEED, "no whole sitemap"),
        (sitemap(news(title="<x><!-- <![CDATA[ -->&#xD800;</x>")), Reason.BROKEN_FEED, "no whole sitemap"),
        (sitemap(news(), before='<!DOCTYPE urlset [<!ENTITY a "b">]>'), Reason.UNSAFE_FEED, "ENTITY"),
        (sitemap(news(), before='<!-- <urlset --><!DOCTYPE urlset [<!ENTITY a "b">]>'), Reason.UNSAFE_FEED, "ENTITY"),
        (sitemap(news(), before='<!DOCTYPE urlset SYSTEM "file:///etc/passwd">'), Reason.UNSAFE_FEED, "DOCTYPE"),
    ],
)
def test_a_sitemap_that_cannot_be_used_says_why(body: bytes, problem: Reason, detail: str) -> None:
    reading = feeds.read(body, URL)

    assert reading.problem is problem
    assert detail in reading.detail
    assert reading.items == ()


def test_an_index_names_the_sitemap_that_has_the_news() -> None:
    listed = "".join(f"<sitemap><loc>https://a.example/{name}.xml</loc></sitemap>" for name in ("pages", "news"))

    reading = feeds.read(f"<sitemapindex>{listed}</sitemapindex>".encode(), URL)

    assert reading.problem is Reason.NOT_A_FEED
    assert reading.detail == "it is an index of sitemaps: name one of them that has news, such as https://a.example/news.xml"


def test_a_title_that_speaks_of_document_types_is_no_attack() -> None:
    assert title_of(sitemap(news(title="<![CDATA[What <!DOCTYPE html> is for]]>"))) == "What is for"


@pytest.mark.parametrize("before", ["", '<!DOCTYPE rss SYSTEM "http://my.netscape.com/publish/formats/rss-0.91.dtd">'])
def test_a_feed_that_speaks_of_sitemaps_stays_a_feed(before: str) -> None:
    item = "<item><title>t</title><link>/1</link><description><![CDATA[<urlset >]]></description></item>"

    assert len(feeds.read(f'{before}<rss version="0.91"><channel>{item}</channel></rss>'.encode(), URL).items) == 1


def test_the_first_two_thousand_articles_are_used_and_the_rest_counted() -> None:
    reading = feeds.read(sitemap(news() * 2_010), URL)

    assert (len(reading.items), reading.left_out) == (2_000, 10)


@pytest.mark.parametrize("piece", ["<url>", "<url/>", "&", "<![CDATA[", "&#1;", "<!--", '<a b="c"/>'])
def test_a_flood_of_one_thing_is_answered(piece: str) -> None:
    """A megabyte of it; nothing here is quadratic."""
    assert feeds.read(b"<urlset >" + piece.encode() * (2**20 // len(piece)), URL).problem is not None
