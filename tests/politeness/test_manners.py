"""Behaviours 8, 9 and 10: nothing is carried from one visit to the next, and every visitor says who he is and what he takes."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.fetch.site import Asked, http
from tests.politeness.paper import item, rss
from tests.politeness.publisher import Call
from tests.politeness.reader import watch
from tests.town import BODY, NOON, page

FEED = "/feed?format=rss&section=a%20b"
COOKIE = "reader=42; Path=/; Max-Age=31536000"
PLACES = {FEED, "/moved", "/latest?from=feed", "/robots.txt", "/news/1?id=7", "/news/2"}


def nosy(asked: Asked, now: datetime) -> bytes:
    """Sets a cookie wherever it can, and sends visitors about."""
    base = f"http://{asked.headers['host']}"
    if asked.path == FEED:
        return http(status="302 Found", Location="/moved", Set_Cookie=COOKIE)
    if asked.path == "/moved":
        return http(status="307 Temporary Redirect", Location="/latest?from=feed", Set_Cookie=COOKIE)
    if asked.path.startswith("/latest"):
        items = [item(f"Entry {place}", f"{base}/{place}", NOON) for place in ("news/1?id=7", "news/2")]
        return http(rss(*items), Set_Cookie=COOKIE)
    if asked.path == "/robots.txt":
        return http(status="404 Not Found", Set_Cookie=COOKIE)
    return http(page("A page", BODY), Set_Cookie=COOKIE)


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> list[Call]:
    home: Path = tmp_path_factory.mktemp("reader")
    return watch(home, nosy, paths=(FEED,), stages=("poll", "extract"), span=timedelta(hours=5), restart=1).calls


def test_8_no_cookie_and_no_referer_is_ever_sent(calls: list[Call]) -> None:
    assert not [call for call in calls if {"cookie", "cookie2", "referer"} & call.headers.keys()]


def test_8_addresses_are_asked_for_as_they_were_written(calls: list[Call]) -> None:
    """With no parameter added, and none lost."""
    assert {call.path for call in calls} == PLACES


def test_9_every_request_names_the_program_its_version_and_whom_to_write_to(calls: list[Call]) -> None:
    assert {call.headers["user-agent"] for call in calls} == {"tocsin/1.2.3 (+https://tocsin.example/contact)"}


def test_10_a_feed_is_asked_for_as_a_feed(calls: list[Call]) -> None:
    asked = {call.headers["accept"] for call in calls if call.path in (FEED, "/moved", "/latest?from=feed")}

    assert len(asked) == 1
    assert {"application/rss+xml", "application/atom+xml", "application/feed+json"} <= set(asked.pop().split(", "))


def test_10_a_page_is_asked_for_as_a_page(calls: list[Call]) -> None:
    assert {call.headers["accept"].split(",")[0] for call in calls if call.path.startswith("/news")} == {"text/html"}


def test_10_only_gzip_is_taken(calls: list[Call]) -> None:
    assert {call.headers["accept-encoding"] for call in calls} == {"gzip"}
