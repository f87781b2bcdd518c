"""The politeness ledger counts what we asked of a host, and reads how long it wants to be left alone."""

from datetime import UTC, datetime, timedelta

import pytest

from articles import ledger
from schemas.exchange import Failure, Response
from schemas.host import HostState, Robots

NOON = datetime(2021, 10, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def response(status: int = 200, failure: Failure | None = None, wire_bytes: int = 0, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(url="https://paper.test/1", status=status, failure=failure, wire_bytes=wire_bytes, headers=named)


def after(*answers: Response, before: HostState | None = None) -> HostState:
    for answer in answers:
        before = ledger.after(before, "paper.test", answer, NOON)
    assert before
    return before


def test_a_first_answer_opens_the_page_of_its_host() -> None:
    assert after(response(wire_bytes=120)) == HostState(host="paper.test", first_dt=NOON, last_dt=NOON, requests=1, bytes=120)


def test_bytes_are_those_of_the_wire_and_304_and_429_have_their_own_counts() -> None:
    state = after(response(wire_bytes=900), response(304, wire_bytes=90), response(429, wire_bytes=10))

    assert (state.requests, state.bytes, state.not_modified, state.rate_limited, state.failed) == (3, 1000, 1, 1, 0)


@pytest.mark.parametrize(("status", "failed"), [(200, 0), (304, 0), (404, 0), (410, 0), (429, 0), (403, 1), (500, 1), (503, 1), (418, 1)])
def test_an_answer_that_is_of_no_use_is_a_failure_and_one_that_nothing_is_there_is_not(status: int, failed: int) -> None:
    assert after(response(status)).failed == failed


def test_no_answer_is_a_failure() -> None:
    assert after(response(0, failure=Failure.TIMEOUT)).failed == 1


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("asked", ["3600", "Fri, 22 Oct 2021 13:00:00 GMT"])
def test_a_busy_host_rests_as_long_as_it_asks(status: int, asked: str) -> None:
    answer = response(status, retry_after=asked)

    assert ledger.rest(answer, NOON) == HOUR
    assert after(answer).free_dt == NOON + HOUR


def test_a_host_rests_a_day_at_most() -> None:
    assert ledger.rest(response(429, retry_after="99999999"), NOON) == timedelta(days=1)


@pytest.mark.parametrize("answer", [response(429), response(200, retry_after="60"), response(429, retry_after="soon")], ids=str)
def test_a_host_that_does_not_ask_for_it_does_not_rest(answer: Response) -> None:
    assert ledger.rest(answer, NOON) == timedelta(0)


def test_a_shorter_word_does_not_end_a_longer_rest() -> None:
    state = after(response(429, retry_after="7200"), response(503, retry_after="60"), response(200))

    assert state.free_dt == NOON + 2 * HOUR


def test_the_pace_is_what_its_robots_txt_asks_for() -> None:
    slow = HostState(host="paper.test", first_dt=NOON, last_dt=NOON, robots=Robots(fetched_dt=NOON, delay_s=20))

    assert ledger.pace(slow) == timedelta(seconds=20)
    assert ledger.pace(None) == ledger.pace(after(response())) == timedelta(0)
