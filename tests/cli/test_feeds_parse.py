"""The reader of feeds as a filter: a document in, its entries out."""

import asyncio
import io
import sys
from pathlib import Path

import pytest

from tests.articles.test_sitemap import news, sitemap
from tests.bad_input.street import always, street
from tests.cli.terminal import Ended, Terminal
from tests.cli.test_imports import loaded
from tests.fetch.site import Answer, http
from tests.town import NEWS, SPORT, rss

HEAVY = {"prefect", "kafka", "sqlalchemy", "trafilatura", "apprise", "fastapi"}
LONG = "Ein Wort und noch eines. " * 40
WHOLE = f"""<rss version="2.0"><channel><title>Die Zeitung</title><link>https://news.example/</link><language>de-DE</language>
<item><title>NATO tagt</title><link>/a/1</link><guid>tag:1</guid><description>{LONG}</description><author>Anna Beispiel</author>
<category>Politik</category><category>NATO</category><pubDate>Fri, 22 Oct 2021 17:40:00 CEST</pubDate></item>
<item><title>Falle</title><link>javascript:alert(1)</link></item></channel></rss>"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "feed.xml"
    path.write_text(WHOLE, encoding="utf-8")
    return path


def piped(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, body: bytes, *arguments: str) -> Ended:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))
    return terminal.run("feeds", "parse", "-", *arguments)


async def served(home: Path, answer: Answer, *arguments: str) -> tuple[Ended, str]:
    async with street(home, {"local": answer}) as found:
        url = found.sites["local"].url("/feed.xml")
        return await asyncio.to_thread(found.terminal.run, "feeds", "parse", url, *arguments), url


def test_the_feed_says_what_it_is(empty: Terminal, file: Path) -> None:
    feed, *_ = empty.run("feeds", "parse", str(file), "--base", "https://news.example/feed", "--json").rows

    assert feed == {
        "row": "feed",
        "source": str(file),
        "url": "https://news.example/feed",
        "format": "RSS 2.0",
        "title": "Die Zeitung",
        "link": "https://news.example/",
        "language": "de",
        "entries": 1,
        "without_link": 1,
        "past_limit": 0,
        "problem": None,
        "detail": None,
    }


def test_an_entry_is_whole_in_json(empty: Terminal, file: Path) -> None:
    _, entry = empty.run("feeds", "parse", str(file), "--base", "https://news.example/feed", "--json").rows

    assert entry == {
        "row": "entry",
        "id": "tag:1",
        "title": "NATO tagt",
        "url": "https://news.example/a/1",
        "published_dt": "2021-10-22T15:40:00Z",
        "language": "de",
        "authors": ["Anna Beispiel"],
        "tags": ["Politik", "NATO"],
        "summary": LONG.strip(),
    }


def test_people_get_a_line_an_entry_and_a_short_summary(empty: Terminal, file: Path) -> None:
    ended = empty.run("feeds", "parse", str(file), "--base", "https://news.example/")

    (line,) = ended.out.splitlines()
    *cells, summary = line.split("\t")
    assert cells == ["tag:1", "NATO tagt", "https://news.example/a/1", "2021-10-22T15:40:00Z", "de", "Anna Beispiel", "Politik, NATO"]
    assert summary.endswith("…")
    assert len(summary) < 200


def test_people_are_told_what_was_dropped_and_why(empty: Terminal, file: Path) -> None:
    ended = empty.run("feeds", "parse", str(file), "--base", "https://news.example/")

    assert ended.err.splitlines() == [
        "RSS 2.0, Die Zeitung, https://news.example/, de",
        "1 entries",
        "1 dropped: no link by http or https that may be followed",
    ]


def test_without_a_base_relative_links_are_dropped_and_the_way_out_is_named(empty: Terminal, file: Path) -> None:
    ended = empty.run("feeds", "parse", str(file))

    assert (ended.code, ended.out) == (0, "")
    assert "2 dropped: no link by http or https that may be followed; relative ones need --base URL" in ended.err


def test_standard_input_is_a_feed_too(empty: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    feed, first, second = piped(empty, monkeypatch, rss(NEWS, SPORT), "--json").rows

    assert (feed["source"], feed["entries"]) == ("-", 2)
    assert [first["title"], second["title"]] == [NEWS[0], SPORT[0]]


def test_a_news_sitemap_is_a_feed_too(empty: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    feed, entry = piped(empty, monkeypatch, sitemap(news()), "--json").rows

    assert (feed["format"], feed["title"], entry["url"]) == ("news sitemap", "Die Zeitung", "https://news.example/a/1")


def test_a_tail_past_the_limit_is_told(empty: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = piped(empty, monkeypatch, sitemap(news() * 2_003))

    assert "3 dropped: past the first 2000, which are all that is used of one feed" in ended.err


@pytest.mark.parametrize(
    ("body", "problem", "why"),
    [
        (b"<html><body>Sorry</body></html>", "not_a_feed", "it is an HTML page"),
        (b"", "not_a_feed", "the answer is empty"),
        (sitemap("<url><loc>https://news.example/1</loc></url>"), "not_a_feed", "it is a sitemap without news"),
        (b'<!DOCTYPE r [<!ENTITY a "b">]>' + rss(NEWS), "unsafe_feed", "it declares entities"),
        (b" " * (10 * 2**20 + 1), "too_large", "it is larger than 10485760 bytes"),
    ],
)
def test_what_is_no_feed_says_why(empty: Terminal, monkeypatch: pytest.MonkeyPatch, body: bytes, problem: str, why: str) -> None:
    ended = piped(empty, monkeypatch, body)

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"- gives no entries ({problem}): {why}")


def test_programs_get_the_reason_too(empty: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = piped(empty, monkeypatch, b"<html></html>", "--json")

    (feed,) = ended.rows
    assert (ended.code, feed["entries"], feed["problem"], feed["detail"]) == (1, 0, "not_a_feed", "it is an HTML page")


def test_an_empty_feed_is_a_feed(empty: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = piped(empty, monkeypatch, rss())

    assert (ended.code, ended.out) == (0, "")
    assert "0 entries: it has no items" in ended.err


def test_an_address_is_asked_as_a_poll_asks(tmp_path: Path) -> None:
    ended, url = asyncio.run(served(tmp_path, always(http(WHOLE.encode())), "--json"))

    feed, entry = ended.rows
    assert (ended.code, feed["source"], feed["url"]) == (0, url, url)
    assert entry["url"] == url.replace("feed.xml", "a/1")


def test_a_base_counts_for_an_address_too(tmp_path: Path) -> None:
    ended, _ = asyncio.run(served(tmp_path, always(http(WHOLE.encode())), "--base", "https://other.example/", "--json"))

    assert ended.rows[1]["url"] == "https://other.example/a/1"


def test_an_address_that_does_not_answer_well_says_why(tmp_path: Path) -> None:
    ended, url = asyncio.run(served(tmp_path, always(http(status="404 Not Found"))))

    assert (ended.code, ended.err) == (1, f"{url} gives no entries (not_found): it answered 404\n")


def test_an_address_inside_is_refused(empty: Terminal) -> None:
    ended = empty.run("feeds", "parse", "http://10.0.0.1/feed")

    assert ended.code == 1
    assert "(refused_address): 10.0.0.1 is 10.0.0.1 (a private network)" in ended.err


@pytest.mark.parametrize("arguments", [["nowhere.xml"], ["/"], ["ftp://news.example/feed"], ["-", "--base", "news.example"]])
def test_what_is_neither_file_nor_address_is_a_mistake_in_typing(empty: Terminal, arguments: list[str]) -> None:
    ended = empty.run("feeds", "parse", *arguments)

    assert (ended.code, ended.out) == (2, "")
    assert "Usage: tocsin feeds parse" in ended.err


def test_hostile_words_do_not_reach_the_terminal(empty: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = piped(
        empty,
        monkeypatch,
        b'{"version": "https://jsonfeed.org/version/\\u001b[31m\\u202e", "items": [{"url": "http://a.example/"}]}',
    )

    assert ended.code == 0
    assert all(character.isprintable() or character in "\n\t" for character in ended.out + ended.err)


def test_a_file_loads_no_broker_no_database_and_nothing_that_fetches(empty: Terminal, file: Path) -> None:
    assert loaded(empty, f"feeds parse {file}") & (HEAVY | {"aiohttp"}) == set()


def test_an_address_loads_no_broker_and_no_database(empty: Terminal) -> None:
    assert loaded(empty, "feeds parse http://127.0.0.1:9/") & HEAVY == set()
