"""Behaviour 7: what is gone is left alone, what fails is asked less, and an address moves only after its server has meant it for a day."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.fetch.site import Asked, http
from tests.politeness.paper import Paper
from tests.politeness.publisher import Script, pauses
from tests.politeness.reader import watch
from tests.town import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAPER = Paper(every=2 * HOUR)


def redirecting(status: str, when: Callable[[datetime], bool] = lambda now: True, target: Script = PAPER) -> Script:
    """From /feed to /new, where the paper is."""

    def answer(asked: Asked, now: datetime) -> bytes:
        if asked.path == "/feed" and when(now):
            return http(status=status, Location="/new")
        return target(asked, now) if asked.path == "/new" else PAPER(asked, now)

    return answer


def test_7_a_feed_that_is_gone_is_never_asked_again(tmp_path: Path) -> None:
    """Whatever starts anew."""
    reader = watch(tmp_path, lambda asked, now: http(status="410 Gone"), PAPER, span=DAY, restart=5)

    assert len(reader.calls) == 1
    assert reader.state().due_dt is None


@pytest.mark.parametrize("status", ["404 Not Found", "500 Broken", "503 Busy"])
def test_7_a_feed_that_fails_is_asked_half_as_often_each_time_down_to_once_a_day(tmp_path: Path, status: str) -> None:
    calls = watch(tmp_path, lambda asked, now: http(status=status), span=12 * DAY).calls

    found = pauses(calls)
    assert all(1.6 < later / sooner < 2.5 for sooner, later in pairwise(found[:3]))
    assert max(found) <= 24 * 60 * 1.1
    assert len(calls) > 10


@pytest.mark.parametrize("status", ["301 Moved Permanently", "308 Permanent Redirect"])
def test_7_an_address_that_has_moved_for_a_day_is_asked_no_more(tmp_path: Path, status: str) -> None:
    """After at least three answers that said so, over restarts."""
    reader = watch(tmp_path, redirecting(status), span=44 * HOUR, restart=4)

    old = [call.dt for call in reader.calls if call.path == "/feed"]
    assert len(old) >= 3
    assert DAY <= old[-1] - old[0] <= DAY + 2 * HOUR
    assert reader.state().address == reader.publishers[0].url("/new")
    assert reader.calls[-1].dt > old[-1] + 6 * HOUR


def test_7_two_answers_are_too_few_however_long_they_lie_apart(tmp_path: Path) -> None:
    paper = Paper(every=2 * HOUR, headers={"Cache-Control": "max-age=86400"})

    reader = watch(tmp_path, redirecting("301 Moved Permanently", target=paper), span=5 * DAY)

    assert len([call for call in reader.calls if call.path == "/feed"]) == 3


@pytest.mark.parametrize("status", ["302 Found", "307 Temporary Redirect"])
def test_7_an_address_that_moved_for_now_is_asked_for_ever(tmp_path: Path, status: str) -> None:
    reader = watch(tmp_path, redirecting(status), span=30 * HOUR)

    assert len([call for call in reader.calls if call.path == "/feed"]) == len([call for call in reader.calls if call.path == "/new"])
    assert reader.state().address is None


def test_7_a_mistake_of_half_a_day_moves_nothing(tmp_path: Path) -> None:
    """And a later one begins anew."""
    mistaken = redirecting("301 Moved Permanently", lambda now: not NOON + 12 * HOUR <= now < NOON + 14 * HOUR)

    reader = watch(tmp_path, mistaken, span=34 * HOUR)

    assert reader.state().address is None


def test_7_a_new_address_that_leads_nowhere_gives_way_to_the_old_one(tmp_path: Path) -> None:
    def answer(asked: Asked, now: datetime) -> bytes:
        if now < NOON + 30 * HOUR:
            return redirecting("301 Moved Permanently")(asked, now)
        return http(status="404 Not Found") if asked.path == "/new" else PAPER(asked, now)

    reader = watch(tmp_path, answer, span=2 * DAY)

    assert reader.state().address is None
    assert reader.calls[-1].path == "/feed"
    assert {f"Entry {n}" for n in range(20)} <= reader.entries()
