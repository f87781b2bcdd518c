"""A feed that answers and is not well: told by its own past, and never on an ordinary night or week-end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.silence import Complaint, complaint
from schemas.feed import FeedMemory, FeedPages, FeedState, PageSeen
from schemas.reasons import Reason

FRIDAY = datetime(2021, 10, 22, 18, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STATE = FeedState(feed_id="zeitung", url="https://zeitung.example/rss", reason=Reason.NOTHING_NEW)
GERMAN, WALL, EMPTY = PageSeen(words=400, language="de"), PageSeen(words=60, wall=True), PageSeen(words=0)


def every(gap: timedelta, until: datetime = FRIDAY, count: int = 100) -> tuple[datetime, ...]:
    return tuple(until - n * gap for n in reversed(range(count)))


def office_hours(until: datetime, count: int = 100) -> tuple[datetime, ...]:
    """An entry an hour from 8 to 18, Monday to Friday."""

    def back() -> Iterator[datetime]:
        dt = until
        while True:
            if dt.weekday() < 5 and 8 <= dt.hour <= 18:
                yield dt
            dt -= HOUR

    return tuple(reversed([dt for dt, _ in zip(back(), range(count), strict=False)]))


def told(arrivals: tuple[datetime, ...], now: datetime, state: FeedState = STATE, *pages: PageSeen, speed: float = 1) -> Complaint | None:
    memory = FeedMemory(feed_id="zeitung", arrivals=arrivals)
    return complaint(state, memory, FeedPages(feed_id="zeitung", pages=pages), now, speed)


def reason(*pages: PageSeen) -> Reason | None:
    found = told((), FRIDAY, STATE, *pages)
    return found.reason if found else None


def test_a_feed_that_is_quiet_for_far_longer_than_usual_is_silent() -> None:
    found = told(every(2 * HOUR, until=FRIDAY - DAY), FRIDAY - DAY + 8 * HOUR)

    assert found == Complaint(reason=Reason.SILENT, words="no new entry for 8 h; on weekdays one usually comes within 2 h")


@pytest.mark.parametrize("quiet", [HOUR, 6 * HOUR])
def test_six_hours_of_quiet_are_never_silence(quiet: timedelta) -> None:
    assert told(every(40 * MINUTE, until=FRIDAY - DAY), FRIDAY - DAY + quiet) is None


def test_a_memory_without_a_night_allows_for_one() -> None:
    """A hundred entries, five minutes apart: what a night is like there nobody knows yet."""
    morning = FRIDAY - DAY
    assert told(every(5 * MINUTE, until=morning), morning + 11 * HOUR) is None
    assert told(every(5 * MINUTE, until=morning), morning + 13 * HOUR) is not None


def test_with_fewer_than_twenty_entries_nobody_knows_what_is_usual() -> None:
    assert told(every(HOUR, count=19), FRIDAY + 30 * DAY) is None


def test_entries_that_come_in_heaps_are_one_arrival() -> None:
    """Twenty at once each morning: the gaps between them are none."""
    heaps = tuple(dt for dt in every(DAY, count=14) for _ in range(20))[-100:]

    assert told(heaps, FRIDAY + 2 * DAY) is None


@pytest.mark.parametrize("hours", range(0, 62, 3))
def test_a_week_end_is_not_silence_for_a_feed_of_working_days(hours: int) -> None:
    assert told(office_hours(FRIDAY), FRIDAY + hours * HOUR) is None


def test_a_feed_of_working_days_that_stops_on_friday_is_silent_before_tuesday_is_over() -> None:
    found = told(office_hours(FRIDAY), FRIDAY + 4 * DAY)

    assert found is not None and found.words == "no new entry for 4 d; on weekdays one usually comes within 14 h"


def test_an_ordinary_night_is_not_silence() -> None:
    days = office_hours(FRIDAY)

    assert all(told(tuple(d for d in days if d <= dt), dt + 14 * HOUR - MINUTE) is None for dt in days[30:])


def test_a_feed_that_is_quieter_on_week_ends_is_held_against_its_week_ends() -> None:
    saturday = FRIDAY + DAY
    busy, calm = every(10 * MINUTE, until=FRIDAY, count=60), every(3 * HOUR, until=saturday - 6 * DAY - 18 * HOUR, count=14)

    assert told((*calm, *busy, FRIDAY + 7 * HOUR), FRIDAY + 15 * HOUR) is None


def test_a_memory_of_a_week_end_alone_will_do_for_monday_and_not_the_other_way() -> None:
    sunday, friday = FRIDAY + 2 * DAY + 5 * HOUR, FRIDAY + 5 * HOUR

    assert told(every(10 * MINUTE, until=sunday), sunday + 14 * HOUR) is not None
    assert told(every(10 * MINUTE, until=friday), friday + 14 * HOUR) is None


def test_the_clock_of_the_house_shortens_what_is_constant() -> None:
    past = FRIDAY - DAY

    assert told(every(MINUTE, until=past), past + 8 * MINUTE, speed=60) is not None
    assert told(every(MINUTE, until=past), past + 8 * MINUTE, speed=1) is None


@pytest.mark.parametrize("known", [Reason.TIMEOUT, Reason.NOT_A_FEED, Reason.NETWORK_DOWN])
def test_a_feed_that_fails_is_not_silent_too(known: Reason) -> None:
    assert told(every(HOUR), FRIDAY + 9 * DAY, replace(STATE, reason=known)) is None


def test_new_entries_with_old_dates_are_news_whose_dates_stand_still() -> None:
    now = FRIDAY - DAY
    state = replace(STATE, newest_dt=now - 3 * DAY, news_dt=now)

    found = told(every(HOUR, until=now - 3 * DAY), now, state)

    assert found == Complaint(reason=Reason.FROZEN_DATES, words="new entries come, but none is dated after 18 Oct 18:00Z, 3 d ago")


def test_dates_without_a_time_do_not_stand_still() -> None:
    evening = FRIDAY.replace(hour=23)
    state = replace(STATE, newest_dt=FRIDAY.replace(hour=0), news_dt=evening)

    assert told(every(HOUR, until=evening), evening, state) is None


def test_bodies_of_a_quarter_have_collapsed() -> None:
    assert reason(*[GERMAN] * 10, *[replace(GERMAN, words=90)] * 10) is Reason.BODIES_COLLAPSED
    assert reason(*[GERMAN] * 10, *[replace(GERMAN, words=110)] * 10) is None


def test_ten_bodies_are_too_few_to_be_held_against_others() -> None:
    assert reason(*[GERMAN] * 9, *[replace(GERMAN, words=20)] * 10) is None


def test_another_language_in_all_of_the_latest_is_a_change() -> None:
    english = replace(GERMAN, language="en")

    assert reason(*[GERMAN] * 10, *[english] * 10) is Reason.LANGUAGE_CHANGED
    assert reason(*[GERMAN] * 10, *[english] * 9, GERMAN) is None
    assert reason(*[GERMAN] * 8, *[english] * 12) is None


@pytest.mark.parametrize("closed", [WALL, EMPTY])
def test_half_of_the_pages_behind_a_wall_is_a_wall(closed: PageSeen) -> None:
    assert reason(*[GERMAN] * 10, *[GERMAN, closed] * 5) is Reason.WALLED
    assert reason(*[GERMAN] * 10, *[closed] * 4, *[GERMAN] * 6) is None


def test_every_complaint_is_a_sentence_with_figures() -> None:
    said = [told((), FRIDAY, STATE, *[GERMAN] * 10, *latest) for latest in ([PageSeen(words=50)] * 10, [WALL] * 10)]

    assert [found.words for found in said if found] == [
        "the latest 10 articles have 50 words in the middle; those before had 400",
        "10 of the latest 10 pages gave no text, or stood behind a wall",
    ]


@given(minutes=st.integers(1, 10_000), start=st.integers(0, 10_000), share=st.floats(0, 1))
def test_a_feed_that_keeps_its_rhythm_is_never_silent(minutes: int, start: int, share: float) -> None:
    """Whatever its gap, and on whatever days its entries fall."""
    until, gap = FRIDAY + start * MINUTE, minutes * MINUTE

    assert told(every(gap, until), until + share * gap) is None


@given(quiet=st.integers(0, 10_000), more=st.integers(0, 10_000))
def test_who_is_silent_stays_silent_until_something_comes(quiet: int, more: int) -> None:
    arrivals = office_hours(FRIDAY)
    first, later = (told(arrivals, FRIDAY + minutes * MINUTE) for minutes in (quiet, quiet + more))

    assert first is None or later is not None
