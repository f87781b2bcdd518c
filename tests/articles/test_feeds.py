"""Feeds of every format to items, and a named problem for what is none."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from articles import feeds
from schemas.reasons import Reason

URL = "https://news.example/feeds/all.xml"
AT = datetime(2021, 10, 22, 15, 40, tzinfo=UTC)

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News &amp; more</title><language>de-DE</language>
<item><title>NATO tagt in Brüssel</title><link>/a/1</link><guid>tag:1</guid>
<description>&lt;p&gt;Die &lt;b&gt;Minister&lt;/b&gt; beraten.&lt;/p&gt;</description>
<pubDate>Fri, 22 Oct 2021 17:40:00 CEST</pubDate><dc:creator>Anna Beispiel</dc:creator>
<category>Politik</category><category>NATO</category></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>News &amp; more</title>
<entry xml:base="https://news.example/"><title type="html">NATO tagt in &lt;i&gt;Brüssel&lt;/i&gt;</title><id>tag:1</id>
<link rel="replies" href="/comments"/><link rel="alternate" href="/a/1"/><author><name>Anna Beispiel</name></author>
<category term="Politik"/><category term="NATO"/><published>2021-10-22T17:40:00+02:00</published><updated>2021-10-23T00:00:00Z</updated>
<summary type="html">&lt;p&gt;Die Minister beraten.&lt;/p&gt;</summary></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example/"><title>News &amp; more</title><dc:language>de</dc:language></channel>
<item rdf:about="tag:1"><title>NATO tagt in Brüssel</title><link>https://news.example/a/1</link>
<description>Die Minister beraten.</description>
<dc:date>2021-10-22T17:40:00+02:00</dc:date><dc:creator>Anna Beispiel</dc:creator><dc:subject>Politik</dc:subject></item></rdf:RDF>"""

JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "News & more",
        "language": "de-DE",
        "items": [
            {
                "id": "tag:1",
                "url": "/a/1",
                "title": "NATO tagt in Brüssel",
                "content_html": "<p>Die <b>Minister</b> beraten.</p>",
                "date_published": "2021-10-22T17:40:00+02:00",
                "authors": [{"name": "Anna Beispiel"}],
                "tags": ["Politik", "NATO"],
            }
        ],
    }
)

HTML_BODY = "&lt;p&gt;Eins &lt;b&gt;zwei&lt;/b&gt;&lt;/p&gt;&lt;div&gt;drei&lt;/div&gt;</x:encoded></item>"


def rss(*items: str, before: str = "") -> bytes:
    return f'{before}<rss version="2.0"><channel><title>t</title>{"".join(items)}</channel></rss>'.encode()


@pytest.mark.parametrize("document", [RSS, ATOM, RDF, JSON], ids=["rss", "atom", "rdf", "json"])
def test_every_format_gives_the_same_item(document: str) -> None:
    """Plain text, absolute link, UTC."""
    reading = feeds.read(document.encode(), URL)

    (item,) = reading.items
    assert (reading.problem, reading.title, reading.language) == (None, "News & more", "de")
    assert (item.guid, item.url, item.title) == ("tag:1", "https://news.example/a/1", "NATO tagt in Brüssel")
    assert (item.summary, item.authors, item.language) == ("Die Minister beraten.", ("Anna Beispiel",), "de")
    assert item.tags[0] == "Politik" and item.published_dt == AT


@pytest.mark.parametrize(
    ("body", "problem", "detail"),
    [
        (b"<!DOCTYPE html><html><head><title>Not found</title></head><body><p>Sorry</p></body></html>", Reason.NOT_A_FEED, "HTML"),
        (b"", Reason.NOT_A_FEED, "empty"),
        (b"no feed today", Reason.NOT_A_FEED, "no feed today"),
        (b'{"hello": "world"}', Reason.NOT_A_FEED, "hello"),
        (b'<rss version="2.0"><channel><title>News</title><item', Reason.BROKEN_FEED, ""),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', Reason.BROKEN_FEED, "JSON"),
        (rss(), Reason.EMPTY_FEED, "no items"),
        (rss("<item><title>a</title></item>"), Reason.EMPTY_FEED, "none of its 1"),
        (b'<!DOCTYPE r [<!ENTITY a "b">]>' + rss(), Reason.UNSAFE_FEED, "ENTITY"),
        (b'<!-- <a --><!DOCTYPE r [<!ENTITY a "b">]>' + rss(), Reason.UNSAFE_FEED, "ENTITY"),
        (b'<!DOCTYPE r SYSTEM "<!--" [<!ENTITY a "b">]>' + rss(b"<item/>".decode()) + b'<!-- "-->', Reason.UNSAFE_FEED, "ENTITY"),
        (('<!DOCTYPE r [<!ENTITY a "b">]>' + rss().decode()).encode("utf-16"), Reason.UNSAFE_FEED, "ENTITY"),
    ],
)
def test_what_cannot_be_used_says_why(body: bytes, problem: Reason, detail: str) -> None:
    """A name for machines, a detail for people."""
    reading = feeds.read(body, URL)

    assert reading.problem is problem and detail in reading.detail and reading.items == ()


@pytest.mark.parametrize("body", [b"/etc/hostname", b"file:///etc/hostname", b"http://127.0.0.1:1/feed"])
def test_a_body_that_is_a_path_or_an_address_is_not_opened(body: bytes) -> None:
    """feedparser would."""
    assert feeds.read(body, URL).problem is Reason.NOT_A_FEED


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "https://user:pw@a.example/", "https://a.example/" + "x" * 3000, ""]
)
def test_an_item_without_a_link_to_follow_is_counted_and_left_out(link: str) -> None:
    """The others stay."""
    reading = feeds.read(rss(f"<item><title>bad</title><link>{link}</link></item>", "<item><title>good</title><link>/2</link></item>"), URL)

    assert [i.title for i in reading.items] == ["good"] and reading.refused == 1


def test_markup_in_titles_and_names_is_gone() -> None:
    """feedparser cleans summaries alone."""
    reading = feeds.read(
        rss(
            "<item><title><![CDATA[<script>alert(1)</script>News\u202e<b>!</b>]]></title><link>/1</link><category>&lt;i&gt;a&lt;/i&gt;</category></item>"
        ),
        URL,
    )

    assert (reading.items[0].title, reading.items[0].tags) == ("News!", ("a",))


@pytest.mark.parametrize(
    "item",
    [
        "<item><title>Q&A</title><link>/1</link></item>",
        "<item><title>Caf&eacute; &nbsp;</title><link>/1</link></item>",
        "<item><title>bad &#xD800; &#1114112; &#0;</title><link>/1</link></item>",
        "<item><title>null \x00 bell \x07</title><link>/1</link></item>",
        "<item><x:y>undeclared</x:y><title>t</title><link>/1</link></item>",
        "<item><title>t</title><link>/1</link></item><item><title>cut",
    ],
)
def test_a_sloppy_feed_keeps_its_items(item: str) -> None:
    """What readers see every day is no error."""
    reading = feeds.read(rss(item), URL)

    assert reading.problem is None and reading.items[0].url == "https://news.example/1"


def test_russian_bytes_that_say_utf_8_are_russian() -> None:
    """The whole way."""
    body = (
        rss("<item><title>Москва и НАТО</title><link>/1</link></item>", before='<?xml version="1.0" encoding="utf-8"?>')
        .decode()
        .encode("cp1251")
    )

    assert feeds.read(body, URL).items[0].title == "Москва и НАТО"


def test_blank_lines_before_the_root_cost_nothing() -> None:
    """feedparser takes 9 s for 50 kB of them."""
    assert feeds.read(b"\n" * 50_000 + RSS.encode(), URL).problem is None


def test_the_first_two_thousand_items_are_used_and_the_rest_counted() -> None:
    """A feed is no archive."""
    many = [{"url": f"/{n}", "title": "t"} for n in range(2_010)]

    reading = feeds.read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": many}).encode(), URL)

    assert (len(reading.items), reading.left_out) == (2_000, 10)


def test_a_json_feed_of_wrong_types_raises_nothing() -> None:
    """Every field may be anything."""
    wrong = {
        "version": "https://jsonfeed.org/version/1",
        "title": [],
        "items": [None, 3, {"url": "ftp://5"}, {"url": "/1", "authors": "x", "tags": {}, "id": 7}],
    }

    reading = feeds.read(json.dumps(wrong).encode(), URL)

    assert [i.guid for i in reading.items] == ["7"] and reading.refused == 3


def test_a_declaration_alone_is_no_feed() -> None:
    assert feeds.read(b'<?xml version="1.0"?>', URL).problem is Reason.NOT_A_FEED


@pytest.mark.parametrize(
    ("document", "format_", "link"),
    [
        ("<rss version='2.0'><channel><link> https://news.example/ </link><item><link>/1</link></item></channel></rss>", "RSS 2.0", "/"),
        (ATOM.replace("<entry", '<link rel="self" href="/feed"/><link href="/a?b=1&amp;c=2"/><entry', 1), "Atom 1.0", "/a?b=1&c=2"),
        ('<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><link href="/1"/></entry></feed>', "Atom 0.3", None),
        (RDF, "RSS 1.0", None),
        ("<rss><channel><image><link>/i</link></image><link>javascript:1</link><item><link>/1</link></item></channel></rss>", "RSS", None),
        (JSON.replace('"title"', '"home_page_url": "/home", "title"', 1), "JSON Feed 1.1", "/home"),
    ],
)
def test_a_feed_says_its_format_and_its_page(document: str, format_: str, link: str | None) -> None:
    reading = feeds.read(document.encode(), URL)

    assert (reading.format, reading.link) == (format_, link and f"https://news.example{link}")


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "http://jsonfeed.org/version/1.1", "1.0", "1.1", "1"])
def test_a_json_feed_names_its_version_by_address_or_number(version: str) -> None:
    reading = feeds.read(json.dumps({"version": version, "items": [{"url": "/1"}]}).encode(), URL)

    assert len(reading.items) == 1


def test_another_json_with_a_version_is_no_feed() -> None:
    assert feeds.read(b'{"version": "1.0", "name": "a package"}', URL).problem is Reason.NOT_A_FEED


@pytest.mark.parametrize(
    "date",
    [
        "<pubDate>soon</pubDate><dc:date>2021-10-22T17:40:00+02:00</dc:date>",
        "<dcterms:created>2021-10-22T15:40:00Z</dcterms:created>",
        "<prism:publicationDate>2021-10-22T15:40:00Z</prism:publicationDate>",
        "<a10:updated>2021-10-22T15:40:00Z</a10:updated>",
    ],
)
def test_the_first_date_that_can_be_read_counts(date: str) -> None:
    spaces = {"dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/", "a10": "http://www.w3.org/2005/Atom"}
    spaces["prism"] = "http://prismstandard.org/namespaces/basic/2.0/"
    named = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in spaces.items())

    reading = feeds.read(f'<rss version="2.0" {named}><channel><item><link>/1</link>{date}</item></channel></rss>'.encode(), URL)

    assert reading.items[0].published_dt == AT


@pytest.mark.parametrize(
    ("written", "pause"),
    [
        ("<ttl>90</ttl>", timedelta(minutes=90)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", timedelta(minutes=15)),
        ("<ttl>5</ttl><sy:updatePeriod> Daily </sy:updatePeriod>", timedelta(days=1)),
        ("<ttl>soon</ttl><sy:updatePeriod>now</sy:updatePeriod>", timedelta(0)),
    ],
)
def test_a_feed_asks_for_a_pause(written: str, pause: timedelta) -> None:
    space = "http://purl.org/rss/1.0/modules/syndication/"

    reading = feeds.read(
        f'<rss version="2.0" xmlns:sy="{space}"><channel>{written}<item><link>/1</link></item></channel></rss>'.encode(), URL
    )

    assert reading.pause == pause


@pytest.mark.parametrize(("hours", "skipped"), [([1, 3, 24, 99], (0, 1, 3)), (list(range(24)), ()), ([], ())])
def test_a_feed_names_hours_without_visits(hours: list[int], skipped: tuple[int, ...]) -> None:
    """Not all of them: it would never be read again."""
    listed = "".join(f"<hour>{hour}</hour>" for hour in hours)

    assert feeds.read(rss(f"<skipHours>{listed}</skipHours><item><link>/1</link></item>"), URL).skip_hours == skipped


@pytest.mark.parametrize(
    "document",
    [
        rss(
            "<item><link>/1</link><description>short</description><x:encoded xmlns:x='http://purl.org/rss/1.0/modules/content/'>", HTML_BODY
        ),
        JSON.replace("<p>Die <b>Minister</b> beraten.</p>", "<p>Eins <b>zwei</b></p><div>drei</div>").encode(),
    ],
    ids=["rss", "json"],
)
def test_contents_are_read_where_they_are_asked_for(document: bytes) -> None:
    (whole,), (short,) = feeds.read(document, URL, True).items, feeds.read(document, URL).items

    assert (whole.content, short.content) == ("Eins zwei\n\ndrei", None)


def test_items_past_the_first_two_thousand_are_cut_off_before_they_are_read() -> None:
    reading = feeds.read(rss("<item><link>/1</link></item>" * 2_010), URL)

    assert (len(reading.items), reading.left_out, reading.title) == (2_000, 10, "t")


def test_a_link_that_is_wrapped_or_has_a_space_is_mended() -> None:
    reading = feeds.read(rss("<item><link>\n  https://news.example/a\n  /b c \n</link></item>"), URL)

    assert reading.items[0].url == "https://news.example/a/b%20c"
