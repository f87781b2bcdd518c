"""Behaviours 1, 2, 3, 12 and 13: whole answers are asked for once, validators are the server's own, and one that lies is found out."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from schemas.reasons import Reason
from tests.fetch.site import Asked, http
from tests.politeness.paper import Paper, http_date, item, rss
from tests.politeness.publisher import Script, pauses, whole
from tests.politeness.reader import Reader, opened, watch
from tests.town import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAPER = Paper(every=2 * HOUR)

VALIDATORS = {
    "/weak": {"ETag": 'W/"a"'},
    "/bare": {"ETag": "a-b"},
    "/empty": {"ETag": '""'},
    "/odd": {"ETag": '"a b";gzip'},
    "/wrong": {"ETag": "Expires: 0"},
    "/foreign": {"ETag": '"été"'},
    "/zone": {"Last-Modified": "Fri, 22 Oct 2021 12:00:00 +0200"},
    "/no-date": {"Last-Modified": "yesterday"},
    "/both": {"ETag": '"b"', "Last-Modified": http_date(NOON - DAY)},
    "/none": dict[str, str](),
}


def unchanging(asked: Asked, now: datetime) -> bytes:
    """With the validators of its path."""
    return http(rss(item("An entry", "http://paper.test/1", NOON)), **VALIDATORS[asked.path])


def from_then_on(then: datetime, after: Script, before: Script = PAPER) -> Script:
    return lambda asked, now: (before if now < then else after)(asked, now)


def test_1_a_feed_is_asked_without_conditions_once_however_often_its_reader_starts_anew(tmp_path: Path) -> None:
    reader = watch(tmp_path, PAPER, span=DAY, restart=1)

    assert whole(reader.calls) == reader.calls[:1]
    assert reader.reasons[Reason.FOUND_ENTRIES] > 5


def test_1_failures_in_between_change_nothing_in_that(tmp_path: Path) -> None:
    failing = from_then_on(NOON + 12 * HOUR, PAPER, from_then_on(NOON + 6 * HOUR, lambda asked, now: http(status="500 Broken")))

    reader = watch(tmp_path, failing, span=DAY)

    assert reader.reasons[Reason.SERVER_ERROR] > 1
    assert whole(reader.calls) == reader.calls[:1]


def test_1_a_feed_that_is_quiet_for_longer_than_usual_is_asked_whole_once_a_day(tmp_path: Path) -> None:
    paper = Paper(every=8 * HOUR)

    reader = watch(tmp_path, lambda asked, now: paper(asked, min(now, NOON + DAY)), span=6 * DAY)

    first, *daily = whole(reader.calls)
    assert first is reader.calls[0]
    assert 3 <= len(daily) <= 5
    assert min(pauses(daily)) >= 24 * 60


def test_1_a_feed_that_is_empty_is_asked_with_conditions_too(tmp_path: Path) -> None:
    def empty(asked: Asked, now: datetime) -> bytes:
        return http(status="304 Not Modified") if asked.headers.get("if-none-match") == '"e"' else http(rss(), ETag='"e"')

    reader = watch(tmp_path, empty, span=6 * HOUR)

    assert whole(reader.calls) == reader.calls[:1]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str | None, str | None]]]:
    """By path, the conditions of each request after the first."""
    calls = watch(tmp_path_factory.mktemp("reader"), unchanging, span=4 * HOUR, paths=tuple(VALIDATORS)).calls
    return {
        path: [(c.headers.get("if-none-match"), c.headers.get("if-modified-since")) for c in calls if c.path == path][1:]
        for path in VALIDATORS
    }


@pytest.mark.parametrize("path", VALIDATORS)
def test_2_a_validator_is_sent_back_as_it_came_and_none_is_invented(
    sent: dict[str, list[tuple[str | None, str | None]]], path: str
) -> None:
    given = VALIDATORS[path]

    assert len(sent[path]) >= 2
    assert set(sent[path]) == {(given.get("ETag"), given.get("Last-Modified"))}


@pytest.mark.parametrize("unchanged", [lambda number: False, lambda number: number > 0, lambda number: number % 2 == 1])
def test_3_validators_are_replaced_after_each_200_and_after_a_304_that_brings_new_ones(
    tmp_path: Path, unchanged: Callable[[int], bool]
) -> None:
    asked_with: list[str | None] = []

    def restless(asked: Asked, now: datetime) -> bytes:
        asked_with.append(asked.headers.get("if-none-match"))
        number = len(asked_with) - 1
        if unchanged(number):
            return http(status="304 Not Modified", ETag=f'"{number}"')
        return http(PAPER.feed(asked, now), ETag=f'"{number}"')

    watch(tmp_path, restless, span=DAY)

    assert asked_with == [None, *(f'"{number}"' for number in range(len(asked_with) - 1))]


def test_3_a_304_without_validators_keeps_those_we_have(tmp_path: Path) -> None:
    def terse(asked: Asked, now: datetime) -> bytes:
        return http(status="304 Not Modified") if "if-none-match" in asked.headers else http(PAPER.feed(asked, now), ETag='"a"')

    reader = watch(tmp_path, terse, span=DAY)

    assert {call.headers.get("if-none-match") for call in reader.calls[1:]} == {'"a"'}


@pytest.mark.parametrize("poison", [http(b"<html>Log in</html>", ETag='"wall"'), http(status="404 Not Found", ETag='"lost"')])
def test_3_what_is_no_feed_gives_no_validator(tmp_path: Path, poison: bytes) -> None:
    reader = watch(tmp_path, from_then_on(NOON + HOUR, PAPER, lambda asked, now: poison), span=DAY)

    assert not {'"wall"', '"lost"'} & {call.headers.get("if-none-match") for call in reader.calls}


def test_3_a_server_that_gives_no_validators_any_more_is_not_held_to_its_old_ones(tmp_path: Path) -> None:
    bare = from_then_on(NOON + 3 * HOUR, lambda asked, now: http(PAPER.feed(asked, now)))

    reader = watch(tmp_path, bare, span=DAY)

    assert [call.conditional for call in reader.calls if call.dt > NOON + 5 * HOUR].count(True) == 0


@pytest.mark.parametrize("headers", [{}, {"ETag": "Expires: 0"}], ids=["no validator", "a useless one"])
def test_12_the_body_decides_where_validators_do_not(tmp_path: Path, headers: dict[str, str]) -> None:
    """Which is then not taken apart again."""
    body = rss(item("An entry", "http://paper.test/1", NOON))

    reader = watch(tmp_path, lambda asked, now: http(body, **headers), span=DAY, restart=1)

    assert reader.reasons[Reason.NOTHING_NEW] >= 10
    assert reader.workers.runs["read"] == 1


def test_12_a_body_that_changed_is_read(tmp_path: Path) -> None:
    reader = watch(tmp_path, lambda asked, now: http(PAPER.feed(asked, now)), span=DAY)

    assert reader.entries() >= {f"Entry {n}" for n in range(12)}


ROOMY = Paper(every=2 * HOUR, shown=30)


def with_one_etag(asked: Asked, now: datetime) -> bytes:
    """Whatever it shows."""
    return http(status="304 Not Modified") if "if-none-match" in asked.headers else http(ROOMY.feed(asked, now), ETag='"same"')


def with_a_cache_that_sticks(asked: Asked, now: datetime) -> bytes:
    """Every condition is met for it, though what it shows has a validator of its own."""
    given = f'"{ROOMY.newest(now)}"'
    return http(status="304 Not Modified") if "if-none-match" in asked.headers else http(ROOMY.feed(asked, now), ETag=given)


@pytest.mark.parametrize("liar", [with_one_etag, with_a_cache_that_sticks])
def test_13_an_entry_behind_a_lying_304_is_found_and_who_lied_is_asked_without_conditions_from_then_on(
    tmp_path: Path, liar: Script
) -> None:
    """Within a day and a pause; then the hash of the body decides."""

    async def played() -> Reader:
        async with opened(tmp_path, liar) as reader:
            await reader.lives(DAY + 2 * HOUR)
            assert "Entry 1" in reader.entries()
            await reader.lives(10 * HOUR)
            return reader

    reader = asyncio.run(played())

    assert not [call for call in reader.calls if call.dt > NOON + DAY + 2 * HOUR and call.conditional]
    assert reader.state().distrusted


def without_dates(asked: Asked, now: datetime) -> bytes:
    if "if-none-match" in asked.headers:
        return http(status="304 Not Modified")
    newest = ROOMY.newest(now)
    items = (item(f"Entry {n}", f"http://{asked.headers['host']}/{n}") for n in range(newest, newest - 30, -1))
    return http(rss(*items), ETag=f'"{newest}"')


def at_first_without_entries(asked: Asked, now: datetime) -> bytes:
    if "if-none-match" in asked.headers:
        return http(status="304 Not Modified")
    return http(rss(), ETag='"empty"') if now < NOON + HOUR else with_a_cache_that_sticks(asked, now)


@pytest.mark.parametrize("liar", [without_dates, at_first_without_entries])
def test_13_who_lies_before_we_know_its_rhythm_is_found_out_as_well(tmp_path: Path, liar: Script) -> None:
    reader = watch(tmp_path, liar, span=DAY + 3 * HOUR)

    assert "Entry 1" in reader.entries()
