"""A poll that keeps nothing, and says every step; a site's address instead of a feed's."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.bad_input.street import always, redirect, street
from tests.cli.terminal import Ended, Terminal
from tests.fetch.site import Answer, Asked, http
from tests.town import NEWS, NOON, SPORT, rss

FEED = http(rss(NEWS, SPORT), ETag='"1"')


async def asked(home: Path, answer: Answer, *command: str, path: str = "/feed.xml") -> tuple[Ended, str, str]:
    """The command, ended by an address; that address's site; and what feeds.yaml is then."""
    async with street(home, {"local": answer}) as found:
        found.terminal.write("feeds.yaml", "feeds: {}\n")
        site = found.sites["local"]
        ended = await asyncio.to_thread(found.terminal.run, *command, site.url(path))
        return ended, f"http://{site.place}", (found.terminal.config / "feeds.yaml").read_text()


def steps(home: Path, answer: Answer) -> dict[str, str]:
    ended, _, _ = asyncio.run(asked(home, answer, "feeds", "check", "--json"))
    (row,) = ended.rows
    return {step["step"]: step["says"] for step in row["steps"]}


def site(pages: Mapping[str, bytes]) -> Answer:
    """A home page that names all of its other pages as feeds."""
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{path}">' for path in pages)
    home = http(f"<html><head>{links}</head><body>Zeitung</body></html>".encode(), Content_Type="text/html")

    def answer(asked: Asked) -> bytes:
        return home if asked.path == "/" else pages.get(asked.path, http(status="404 Not Found"))

    return answer


def test_a_good_feed_is_told_step_by_step(tmp_path: Path) -> None:
    said = steps(tmp_path, always(FEED))

    assert list(said) == ["address", "name", "answer", "validators", "size", "format", "entries", "a poll says", "next poll"]
    assert said["address"] == "it may be asked"
    assert said["name"] == "127.0.0.1 is 127.0.0.1 (loopback)"
    assert said["answer"] == "200 OK"
    assert said["validators"] == "ETag: the next poll asks only for what has changed"
    assert "Zeitung" in said["format"]
    assert said["entries"] == f"2, of which 2 have a date, the newest of {NOON:%Y-%m-%d %H:%M}Z"
    assert said["a poll says"] == "seeded: Read for the first time"
    assert said["next poll"].startswith("after ")


def test_people_read_a_line_a_step(tmp_path: Path) -> None:
    ended, _, _ = asyncio.run(asked(tmp_path, always(FEED), "feeds", "check"))

    assert ended.code == 0
    assert "\tanswer\t200 OK\n" in ended.out
    assert "\ta poll says\tseeded: Read for the first time\n" in ended.out


def test_a_redirect_for_now_and_one_for_good_are_told_apart(tmp_path: Path) -> None:
    def moved(status: str) -> Answer:
        return lambda asked: FEED if asked.path == "/new.xml" else http(status=status, Location="/new.xml")

    assert "for now" in steps(tmp_path / "a", moved("302 Found"))["redirect"]
    assert "it has moved for good to http://127.0.0.1:" in steps(tmp_path / "b", moved("301 Moved Permanently"))["redirect"]


def test_a_redirect_into_a_private_network_is_told_where_it_ended(tmp_path: Path) -> None:
    said = steps(tmp_path, always(redirect("http://10.0.0.1/")))

    assert "10.0.0.1" in said["redirect"]
    assert "private network" in said["answer"]


def test_an_answer_that_is_no_good_one_is_told_with_its_status(tmp_path: Path) -> None:
    said = steps(tmp_path, always(http(status="503 Service Unavailable", Retry_After="43200")))

    assert said["answer"] == "503 Service Unavailable"
    assert said["a poll says"] == "server_error: Its server fails (it answered 503)"
    assert said["next poll"] == "after 12 h: its server or the feed itself asks for it"


def test_what_is_gone_is_not_asked_again(tmp_path: Path) -> None:
    assert steps(tmp_path, always(http(status="410 Gone")))["next poll"] == "never again at this address"


@pytest.mark.parametrize("url", ["http://10.0.0.1/rss", "ftp://old.example/rss"])
def test_an_address_that_may_not_be_asked_is_told_and_no_more(empty: Terminal, url: str) -> None:
    (row,) = empty.run("feeds", "check", url, "--json").rows

    assert [step["step"] for step in row["steps"]] == ["address", "a poll says", "next poll"]
    assert row["steps"][0]["says"].startswith("not asked: ")


def test_a_page_is_followed_to_the_feeds_that_it_names(tmp_path: Path) -> None:
    pages = {"/rss.xml": FEED, "/gone.xml": http(status="404 Not Found")}
    ended, place, _ = asyncio.run(asked(tmp_path, site(pages), "feeds", "check", path="/"))

    assert ended.code == 1
    assert f"{place}/rss.xml: 2 entries, Zeitung" in ended.out
    assert f"{place}/gone.xml: There is nothing at this address" in ended.out
    assert f"to add a feed of it: tocsin feeds add {place}/rss.xml" in ended.err


def test_a_site_with_one_feed_is_added_by_its_own_address(tmp_path: Path) -> None:
    pages = {"/rss.xml": FEED, "/gone.xml": http(status="404 Not Found")}
    ended, place, text = asyncio.run(asked(tmp_path, site(pages), "feeds", "add", path="/"))

    assert ended.code == 0, ended.err
    assert f"url: {place}/rss.xml\n" in text


def test_of_a_site_with_two_feeds_people_choose(tmp_path: Path) -> None:
    ended, place, text = asyncio.run(asked(tmp_path, site({"/rss.xml": FEED, "/sport.xml": FEED}), "feeds", "add", path="/"))

    assert (ended.code, text) == (1, "feeds: {}\n")
    assert f"{place}/sport.xml: 2 entries" in ended.err
    assert f"choose one: tocsin feeds add {place}/rss.xml" in ended.err


def test_a_page_that_names_no_feed_is_not_added(tmp_path: Path) -> None:
    ended, _, text = asyncio.run(asked(tmp_path, site({}), "feeds", "add", path="/"))

    assert (ended.code, text) == (1, "feeds: {}\n")
    assert "not_a_feed" in ended.err


def test_where_a_page_names_no_feed_the_usual_addresses_are_tried(tmp_path: Path) -> None:
    answer: Answer = lambda asked: FEED if asked.path == "/rss.xml" else http(b"<html>Zeitung</html>")  # noqa: E731
    ended, place, text = asyncio.run(asked(tmp_path, answer, "feeds", "add", path="/"))

    assert ended.code == 0, ended.err
    assert f"url: {place}/rss.xml\n" in text
