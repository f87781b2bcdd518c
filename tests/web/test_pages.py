"""What the pages tell, and that a publisher's text stays text."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from schemas import codec
from tests.web.filled import ARABIC, EVIL, NEWS, NOON, QUOTED, SAME, SCRIPT, database, empty, filled
from tests.web.reading import Read
from tests.web.served import Client, served
from tocsin.web.reads import Reads

PAGES = {"/": "/alerts.json", "/feeds": "/feeds.json", "/held": "/held.json", "/status": "/status.json"}
each_page = pytest.mark.parametrize("path", PAGES)


def page(web: Client, path: str) -> Read:
    answer = web.ask(path)
    assert answer.status == 200 and answer.headers["content-type"] == "text/html; charset=utf-8"
    return Read(answer.text)


@each_page
def test_a_hostile_text_is_shown_and_does_nothing(web: Client, path: str) -> None:
    read = page(web, path)

    assert SCRIPT in read.text
    assert read.all("script") == [] and {image["src"] for image in read.all("img")} == {"/static/bell.svg"}
    assert {name for _, attributes in read.elements for name in attributes if name.startswith("on") or name == "style"} == set()


@each_page
def test_every_link_leads_to_a_page_of_ours_or_to_the_web(web: Client, path: str) -> None:
    hrefs = [attributes["href"] for _, attributes in page(web, path).elements if "href" in attributes]

    assert hrefs and [href for href in hrefs if not href.startswith(("/", "#", "https://"))] == []


def test_an_address_that_is_no_web_address_is_text(web: Client) -> None:
    for path in ("/", "/feeds", "/held"):
        assert EVIL in page(web, path).text


@each_page
def test_a_page_can_be_walked_without_eyes(web: Client, path: str) -> None:
    read = page(web, path)

    assert read.all("html") == [{"lang": "en"}]
    assert read.all("a")[0] == {"class": "skip", "href": "#main"} and read.all("main")[0]["id"] == "main"
    assert [link["href"] for link in read.all("a") if "aria-current" in link] == [path]
    assert all("scope" in header for header in read.all("th"))
    assert len(read.all("h1")) == 1 and len(read.all("title")) == 1


def test_the_alerts_stand_with_state_articles_and_evidence(web: Client) -> None:
    read = page(web, "/")

    assert "updated nato-russia 2021-10-22 11:57 3 min ago nato-russia: Nato und Moskau" in read.words
    assert "5 articles since 2021-10-22 10:57, the newest 3:" in read.words
    assert f"{NEWS[1]} zeitung, published 2021-10-22 11:50 10 min ago" in read.words
    assert "Found Nato nato Moskau russia" in read.words
    assert read.words.index("updated nato-russia") < read.words.index("opened harm") < read.words.index("resolved elections")


def test_an_article_is_linked_in_its_own_language_and_direction(web: Client) -> None:
    links = {link["href"]: link for link in page(web, "/").all("a")}

    for language, _, url, _ in (NEWS, SAME, ARABIC):
        assert links[url]["lang"] == language and links[url]["dir"] == "auto" and "noreferrer" in links[url]["rel"]


def test_each_channel_has_its_verdict_and_its_next_try(web: Client) -> None:
    words = page(web, "/").words

    assert f"chat The channel failed, we try again 2 min ago it answered 500 {SCRIPT} next try in 1 min mail Delivered 3 min ago" in words
    assert "mail Not sent yet try due 1 min ago" in words
    assert "Told No delivery on record" in words


def test_a_delivery_of_an_older_revision_is_not_taken_for_the_latest(tmp_path: Path) -> None:
    store = filled(tmp_path)
    old = store.read_now(lambda tx: tx.alerts.get("alert of elections"))
    assert old is not None
    store.write_now(lambda tx: tx.alerts.save(codec.load(type(old), codec.dump(old).replace(b'"revision":3', b'"revision":4', 1))))

    with served(tmp_path, store) as web:
        [over] = [one for one in web.ask("/alerts.json").json["alerts"] if one["alert"]["topic_id"] == "elections"]

    assert over["alert"]["revision"] == 4 and over["deliveries"] == []


def test_feeds_that_fail_come_first_with_their_reason_in_words(web: Client) -> None:
    words = page(web, "/feeds").words

    assert "5 feeds, 2 failing, 1 suspect" in words
    assert "Failing What came is not a feed not_a_feed it begins with" in words
    assert "Gone for good, says its server gone 2021-10-20 10:00 2 d ago 1 0 0 never never again" in words
    assert "Not modified since not_modified 2021-10-22 10:00 2 h ago 0 120 0 2021-10-22 11:59 1 min ago 2021-10-22 12:14 in 14 min" in words
    order = [words.index(name) for name in ("gazeta", "paper https", "herald https", "bulletin https", "zeitung https")]
    assert order == sorted(order)


def test_a_feed_that_answers_and_is_silent_says_for_how_long(web: Client) -> None:
    words = page(web, "/feeds").words

    assert "Suspect It answers, but nothing new has come for far longer than usual silent no new entry for 2 d 3 h;" in words
    assert "one usually comes within 1 h 20 min 2021-10-22 07:00 5 h ago 0 80 2 2021-10-22 11:59 1 min ago" in words


def test_a_feed_that_was_not_polled_yet_does_not_fail(web: Client) -> None:
    [fresh] = [feed for feed in web.ask("/feeds.json").json["feeds"] if feed["feed_id"] == "bulletin"]

    assert fresh == {
        "feed_id": "bulletin",
        "url": "https://bulletin.example/rss",
        "failing": False,
        "standing": "unknown",
        "words": "Not polled yet",
        "failures": 0,
        "entries": 0,
        "gaps": 0,
        "next_dt": "2021-10-22T12:00:00Z",
    }


def test_what_was_held_back_stands_with_its_reason(web: Client) -> None:
    words = page(web, "/held").words

    assert f"{SAME[1]} gazeta nato-russia The topic has told this before duplicate told already, in alert of nato-russia" in words
    assert "https://paper.example/lost nato-russia Not live news: only live news ring not_live its origin is seed" in words
    assert QUOTED in words


def test_the_status_tells_stages_outbox_and_notices(web: Client) -> None:
    words = page(web, "/status").words

    assert "Records waiting for Kafka 1 the oldest for 90 s" in words
    assert "poll Open 2 3 not modified 1 found entries extract Open 0 nothing" in words
    assert "deliver Paused 2 2 attempted 1 channel failed 1 delivered" in words
    assert f"Kafka dropped records that we had not read stream_gap news.article.v1 40 records were dropped {SCRIPT}" in words


@each_page
def test_the_json_holds_the_same_facts(tmp_path: Path, path: str) -> None:
    ask: Callable[[Reads], Callable[[datetime], Coroutine[Any, Any, object]]]
    ask = lambda reads: getattr(reads, PAGES[path][1:].removesuffix(".json"))  # noqa: E731

    async def facts() -> object:
        reads = Reads(filled(tmp_path), database(tmp_path))
        found = await ask(reads)(NOON)
        await reads.close()
        return codec.plain(found)

    expected = asyncio.run(facts())
    with served(tmp_path, empty(tmp_path)) as web:
        answer = web.ask(PAGES[path])

    assert answer.headers["content-type"] == "application/json" and answer.json == expected
    assert answer.json["as_of_dt"] == "2021-10-22T12:00:00Z"


@each_page
def test_an_empty_house_is_said_in_words(tmp_path: Path, path: str) -> None:
    with served(tmp_path, empty(tmp_path)) as web:
        words = page(web, path).words

    said = {
        "/": "Nothing has rung yet.",
        "/feeds": "No feed yet. Add one with tocsin feeds add URL.",
        "/held": "Nothing was held back.",
        "/status": "The house has nothing to say about itself.",
    }
    assert said[path] in words


def test_a_page_that_is_not_there_says_so(web: Client) -> None:
    html, json = web.ask("/nothing"), web.ask("/nothing.json")

    assert html.status == 404 and "There is no such page." in Read(html.text).words
    assert json.status == 404 and json.json == {"error": "There is no such page."}
