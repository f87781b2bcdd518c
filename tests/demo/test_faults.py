"""The bad host is as bad as each of its feeds says, and its log keeps every visit."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from articles import subscriptions
from demo import faults, visits
from demo.article import articles
from demo.news_site import Site, feeds_yaml
from demo.serve import serve, serve_faults
from tests.demo.reading import Clock

TOKEN = {"Authorization": "Bearer demo"}


def visited(log: Path, *asked: tuple[str, dict[str, str]]) -> list[tuple[int, dict[str, str]]]:
    async def run() -> list[tuple[int, dict[str, str]]]:
        clock, found = Clock(), list[tuple[int, dict[str, str]]]()
        site = Site(articles(), clock)
        clock.now = site.complete_dt
        kept = visits.Log(log, clock)
        async with serve(site, log=kept) as good, serve_faults(site, good, log=kept) as bad, aiohttp.ClientSession(bad) as session:
            for path, headers in asked:
                async with session.get(path, headers=headers, allow_redirects=False) as answer:
                    found.append((answer.status, {name.lower(): value for name, value in answer.headers.items()}))
        return found

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/moved/feed.xml", {}, 301),
        ("/away/feed.xml", {}, 302),
        ("/new-home/feed.xml", {}, 200),
        ("/gone/feed.xml", {}, 410),
        ("/down/feed.xml", {}, 500),
        ("/locked/feed.xml", {}, 401),
        ("/locked/feed.xml", TOKEN, 200),
        ("/liar/feed.xml", {"If-None-Match": '"as-ever"'}, 304),
        ("/flood/feed.xml", {}, 200),
        ("/flood/12.html", {}, 200),
        ("/robots.txt", {}, 200),
    ],
)
def test_each_answers_as_it_is_called(tmp_path: Path, path: str, headers: dict[str, str], status: int) -> None:
    assert [found for found, _ in visited(tmp_path / "log", (path, headers))] == [status]


def test_the_third_visit_to_the_busy_one_is_asked_to_rest(tmp_path: Path) -> None:
    found = visited(tmp_path / "log", *[("/busy/feed.xml", {})] * 3)

    assert [status for status, _ in found] == [200, 200, 429] and found[2][1]["retry-after"] == "20"


def test_the_blind_one_gives_no_validator(tmp_path: Path) -> None:
    ((_, headers),) = visited(tmp_path / "log", ("/blind/feed.xml", {}))

    assert not {"etag", "last-modified"} & headers.keys()


def test_every_visit_stands_in_the_log(tmp_path: Path) -> None:
    visited(tmp_path / "log", ("/moved/feed.xml", {"X-Reader": "me"}), ("/nowhere?a=b", {}))

    first, second = visits.read(tmp_path / "log")
    assert (first.path, first.status, first.asked["x-reader"], first.told) == (
        "/moved/feed.xml",
        301,
        "me",
        {"location": "/new-home/feed.xml"},
    )
    assert (second.path, second.query, second.status) == ("/nowhere", "a=b", 404)


def test_the_bad_feeds_stand_behind_the_good_ones_in_the_operators_file() -> None:
    text = feeds_yaml("http://127.0.0.1:1", more=faults.feeds_yaml("http://127.0.0.1:2", 60))
    listed = {feed.feed_id: feed for feed in subscriptions.feeds(text, "feeds.yaml")}

    assert {fault.name for fault in faults.FAULTS} < listed.keys()
    assert listed["flood"].every is None and listed["locked"].auth
