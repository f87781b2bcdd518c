"""How often a feed publishes, by its entries."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from articles import rhythm
from schemas.feed import FeedMemory

NOW = datetime(2021, 10, 22, 16, 0, tzinfo=UTC)
DAY = timedelta(days=1)
EMPTY = FeedMemory(feed_id="example")


def at(*days_ago: float) -> list[datetime]:
    return [NOW - n * DAY for n in days_ago]


def test_a_feed_of_which_we_know_nothing_is_taken_for_one_entry_a_day() -> None:
    assert rhythm.rate(EMPTY, NOW, 1) == 1


def test_the_rate_counts_the_days_that_we_know() -> None:
    """(entries + 1) / (days + 1)."""
    known = rhythm.after(EMPTY, at(3, 2, 1, 1, 0), NOW, 1)

    assert rhythm.rate(known, NOW, 1) == 6 / 4


def test_what_is_older_than_two_weeks_does_not_count() -> None:
    assert rhythm.rate(rhythm.after(EMPTY, at(100, 15, 13, 0), NOW, 1), NOW, 1) == 3 / 14


def test_a_feed_that_falls_silent_is_asked_less_and_less() -> None:
    known = rhythm.after(EMPTY, at(*(n / 10 for n in range(100))), NOW, 1)

    rates = [rhythm.rate(known, NOW + n * DAY, 1) for n in range(0, 20, 4)]

    assert rates == sorted(rates, reverse=True) and rates[-1] == 1 / 15


def test_an_entry_of_a_clock_that_is_fast_came_now() -> None:
    assert rhythm.after(EMPTY, at(-0.01), NOW, 1).arrivals == (NOW,)


def test_the_latest_arrivals_are_kept_in_order() -> None:
    known = EMPTY
    for n in range(300, 0, -1):
        known = rhythm.after(known, at(n / 100), NOW, 1)

    assert list(known.arrivals) == at(*(n / 100 for n in range(100, 0, -1)))


def test_at_sixty_times_the_speed_an_hour_is_sixty() -> None:
    slow = rhythm.after(EMPTY, at(2, 1, 0), NOW, 1)
    fast = rhythm.after(EMPTY, [NOW - n * DAY / 60 for n in (2, 1, 0)], NOW, 60)

    assert rhythm.rate(fast, NOW, 60) == rhythm.rate(slow, NOW, 1)


@given(st.lists(st.floats(0, 14), max_size=50), st.floats(0, 10))
def test_more_entries_never_mean_a_longer_pause(days_ago: list[float], one_more: float) -> None:
    fewer = rhythm.after(EMPTY, at(14, *days_ago), NOW, 1)
    more = rhythm.after(fewer, at(one_more), NOW, 1)

    assert rhythm.interval(more, NOW, 1) <= rhythm.interval(fewer, NOW, 1)


def test_how_far_a_feed_goes_back_is_known_by_five_dates() -> None:
    assert rhythm.reach(at(5, 4, 3, 2, 1), NOW) == 5 * DAY
    assert rhythm.reach(at(5, 4, 3, 2), NOW) == timedelta(0)
