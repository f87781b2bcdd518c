"""Behaviours 4, 5, 6 and 11: never sooner than polite, never sooner than asked, and one visitor a host."""

import asyncio
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.drive import Shift
from pipeline.path import path
from tests.fetch.site import Asked, http
from tests.politeness.paper import Paper, http_date, item, rss
from tests.politeness.publisher import Call, Script, pauses
from tests.politeness.reader import Reader, opened, watch
from tests.town import BODY, NOON, ManualClock, page

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BUSY, HOURLY = Paper(every=MINUTE), Paper(every=HOUR)
_SY = '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">daily</sy:updatePeriod>'
_OFTEN = '<sy:updateFrequency xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">6</sy:updateFrequency>'


def with_max_age_on_whole_answers(asked: Asked, now: datetime) -> bytes:
    """A 304 leaves it as it was (RFC 9111 4.3.4)."""
    unchanged = Paper(every=20 * HOUR)(asked, now)
    fresh = Paper(every=20 * HOUR, headers={"Cache-Control": "max-age=18000"})(asked, now)
    return unchanged if unchanged.startswith(b"HTTP/1.1 304") else fresh


def with_expires(asked: Asked, now: datetime) -> bytes:
    """An hour and a half after the server's own clock, which is a day behind."""
    headers = {"Date": http_date(now - DAY), "Expires": http_date(now - DAY + 90 * MINUTE)}
    return Paper(every=MINUTE, headers=headers)(asked, now)


def test_4_a_busy_feed_is_asked_every_five_minutes_and_never_sooner(tmp_path: Path) -> None:
    calls = watch(tmp_path, BUSY, span=3 * HOUR).calls

    assert min(pauses(calls)) >= 5
    assert max(pauses(calls[5:])) < 6


def test_4_a_feed_without_validators_is_asked_once_an_hour_at_most(tmp_path: Path) -> None:
    calls = watch(tmp_path, Paper(every=MINUTE, validators=False), span=12 * HOUR, restart=2).calls

    assert min(pauses(calls)) >= 60
    assert max(pauses(calls)) < 70


def test_4_fifty_feeds_that_were_added_together_are_soon_asked_apart(tmp_path: Path) -> None:
    calls = watch(tmp_path, Paper(every=3 * HOUR), paths=tuple(f"/{n}" for n in range(50)), span=2 * HOUR).calls

    second = [[call.dt for call in calls if call.path == f"/{n}"][1] for n in range(50)]
    assert max(second) - min(second) >= 8 * MINUTE
    assert max(Counter(dt.replace(second=0) for dt in second).values()) <= 12


ASKED: dict[str, tuple[Script, float]] = {
    "max-age": (Paper(every=MINUTE, headers={"Cache-Control": "public, max-age=3600"}), 60),
    "max-age without validators": (Paper(every=MINUTE, validators=False, headers={"Cache-Control": "max-age=7200"}), 120),
    "max-age, and then 304": (with_max_age_on_whole_answers, 300),
    "Expires": (with_expires, 90),
    "max-age before Expires": (Paper(every=MINUTE, headers={"Cache-Control": "max-age=5400", "Expires": http_date(NOON + 2 * DAY)}), 90),
    "ttl": (Paper(every=MINUTE, head="<ttl>90</ttl>"), 90),
    "sy:updatePeriod": (Paper(every=MINUTE, head=_SY + _OFTEN), 240),
    "quiet": (Paper(every=20 * HOUR, headers={"Cache-Control": "max-age=18000"}), 300),
}


@pytest.mark.parametrize(("script", "minutes"), ASKED.values(), ids=ASKED)
def test_5_a_feed_is_not_asked_before_it_wants_to_be(tmp_path: Path, script: Script, minutes: float) -> None:
    """59 minutes are too early where it said an hour. A gap between two polls is no excuse, and neither is a 304."""
    calls = watch(tmp_path, script, span=timedelta(minutes=6.5 * minutes)).calls

    assert len(calls) >= 6
    assert min(pauses(calls)) >= minutes


def test_5_a_feed_that_skips_hours_is_left_alone_in_them(tmp_path: Path) -> None:
    night = "<skipHours>" + "".join(f"<hour>{hour}</hour>" for hour in (22, 23, 24, 1, 2, 3)) + "</skipHours>"

    calls = watch(tmp_path, Paper(every=HOUR, head=night), span=2 * DAY).calls

    assert {call.dt.hour for call in calls} == set(range(24)) - {22, 23, 0, 1, 2, 3}


def busy_at_one(status: str, retry_after: str) -> Script:
    """Its /feed answers so from one o'clock to two; /sport is well."""

    def answer(asked: Asked, now: datetime) -> bytes:
        busy = asked.path == "/feed" and NOON + HOUR <= now < NOON + 2 * HOUR
        return http(status=status, Retry_After=retry_after) if busy else HOURLY(asked, now)

    return answer


BUSIES = {
    f"{status[:3]} {written}": busy_at_one(status, retry_after)
    for status in ("429 Too Many Requests", "503 Service Unavailable")
    for written, retry_after in (("in seconds", "7200"), ("as a date", http_date(NOON + 3 * HOUR + 30 * MINUTE)))
}


@pytest.fixture(scope="module")
def rested(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Call]]:
    """The calls at each host of the busy, and at one that is well."""
    scripts = BUSIES | {"well": HOURLY}
    reader = watch(tmp_path_factory.mktemp("reader"), *scripts.values(), paths=("/feed", "/sport"), span=4 * HOUR, restart=10)
    return {name: publisher.calls for name, publisher in zip(scripts, reader.publishers, strict=True)}


@pytest.mark.parametrize("busy", BUSIES)
def test_6_retry_after_is_kept_and_the_whole_host_rests(rested: dict[str, list[Call]], busy: str) -> None:
    """For two hours, over restarts."""
    calls = rested[busy]
    refused = next(n for n, call in enumerate(calls) if call.status in (429, 503))

    least = 2 * HOUR if "seconds" in busy else NOON + 3 * HOUR + 30 * MINUTE - calls[refused].dt
    assert [call.status for call in calls].count(int(busy[:3])) == 1
    assert least <= calls[refused + 1].dt - calls[refused].dt < least + 5 * MINUTE
    assert {call.path for call in calls[refused + 1 :]} == {"/feed", "/sport"}


def test_6_other_hosts_are_asked_as_ever(rested: dict[str, list[Call]]) -> None:
    assert max(pauses(rested["well"])) < 60


def test_6_nobody_waits_for_more_than_a_day(tmp_path: Path) -> None:
    calls = watch(tmp_path, busy_at_one("503 Service Unavailable", "864000"), span=26 * HOUR).calls

    refused = next(n for n, call in enumerate(calls) if call.status in (429, 503))
    assert DAY <= calls[refused + 1].dt - calls[refused].dt < DAY + 5 * MINUTE


class RunningClock(ManualClock):
    """It goes by itself."""

    def __init__(self) -> None:
        super().__init__(NOON)
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        return self.now + timedelta(seconds=time.monotonic() - self._began)


def test_11_feeds_and_pages_of_one_host_are_visited_one_after_another_at_its_pace(tmp_path: Path) -> None:
    """By two processes at the same time."""
    pace = 0.1

    def answer(asked: Asked, now: datetime) -> bytes:
        if asked.path.startswith("/feed"):
            base = f"http://{asked.headers['host']}/{asked.path[-1]}"
            return http(rss(*(item(f"Entry {n}", f"{base}/{n}", NOON) for n in range(3))))
        return http(page("A page", BODY)) if asked.path != "/robots.txt" else http(status="404 Not Found")

    async def works(reader: Reader) -> None:
        async with reader.house() as house:
            await Shift(path(house, ("poll", "extract")), house.world, seconds=30).all()

    async def played() -> Reader:
        async with opened(tmp_path, answer, paths=("/feed/a", "/feed/b"), clock=RunningClock(), slow=0.02, pace=pace) as reader:
            await asyncio.gather(works(reader), works(reader))
            return reader

    reader = asyncio.run(played())

    assert {call.path for call in reader.calls} == {"/feed/a", "/feed/b", "/robots.txt", *(f"/{f}/{n}" for f in "ab" for n in range(3))}
    assert reader.publishers[0].most == 1
    assert min(pauses(reader.calls)) * 60 >= pace


def test_11_a_host_that_others_send_us_to_has_one_visitor_at_a_time_too(tmp_path: Path) -> None:
    places: list[str] = []

    def elsewhere(asked: Asked, now: datetime) -> bytes:
        return http(status="302 Found", Location=places[0])

    async def played() -> Reader:
        async with opened(tmp_path, BUSY, elsewhere, elsewhere, clock=RunningClock(), slow=0.1) as reader:
            places.append(reader.publishers[0].url("/from-elsewhere"))
            async with reader.house() as house:
                await Shift(path(house, ("poll",)), house.world, seconds=30).all()
            return reader

    reader = asyncio.run(played())

    assert len(reader.calls) == 3
    assert reader.publishers[0].most == 1
