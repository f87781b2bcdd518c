"""How long a feed is left alone, and what shortens and lengthens it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import pause
from articles.pause import When
from schemas.exchange import Response
from schemas.feed import DueFeed, Feed, FeedMemory, FeedState, Source
from schemas.reasons import Reason

NOW = datetime(2021, 10, 22, 16, 0, tzinfo=UTC)
FEED = Feed(feed_id="example", url="https://news.example/feed", source=Source(source_id="news", name="News"))
STATE = FeedState(feed_id="example", url=FEED.url, reason=Reason.NOTHING_NEW)
SEEN = DueFeed(feed_id="example", url=FEED.url, etag='"1"')
BLIND = DueFeed(feed_id="example", url=FEED.url)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def memory(a_day: int, reach_s: int = 0, pause_s: int = 0) -> FeedMemory:
    """Of a feed that has brought so many entries a day for two weeks."""
    today = int(NOW.timestamp() // 86_400)
    days = tuple((today - n, a_day) for n in range(14))
    return FeedMemory(feed_id="example", since_dt=NOW - 14 * DAY, days=days, reach_s=reach_s, pause_s=pause_s)


def length(
    of: FeedMemory,
    state: FeedState = STATE,
    feed: Feed = FEED,
    following: DueFeed = SEEN,
    chance: float = 0.5,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> timedelta:
    response = Response(url=FEED.url, status=200, headers=headers)
    return pause.pause(feed, state, of, following, response, When(now=NOW, chance=chance)).length


@pytest.mark.parametrize(("a_day", "minutes"), [(0, 569), (1, 147), (4, 75), (25, 30), (100, 15)])
def test_the_pause_goes_with_one_over_the_root_of_the_rate(a_day: int, minutes: int) -> None:
    assert length(memory(a_day)) // MINUTE == minutes


def test_no_feed_is_asked_more_often_than_each_five_minutes() -> None:
    assert 5 * MINUTE <= length(memory(100_000)) <= 5.5 * MINUTE


def test_a_feed_without_validators_is_asked_each_hour_at_most() -> None:
    """Each poll of it costs a whole body."""
    assert HOUR <= length(memory(1_000), following=BLIND) <= 1.1 * HOUR


@given(st.integers(0, 2_000), st.floats(0, 1, exclude_max=True), st.booleans())
def test_jitter_is_a_tenth_and_never_goes_under_the_floor(a_day: int, chance: float, blind: bool) -> None:
    following, least = (BLIND, HOUR) if blind else (SEEN, 5 * MINUTE)
    middle, found = length(memory(a_day), following=following), length(memory(a_day), following=following, chance=chance)

    assert 0.89 * middle <= found <= 1.11 * middle and found >= least


def test_the_operators_word_stands_as_it_is_written() -> None:
    assert length(memory(1_000), feed=replace(FEED, every=2 * MINUTE)) == 2 * MINUTE
    assert length(memory(0), feed=replace(FEED, every=30 * DAY)) == 30 * DAY


def test_the_speed_of_the_news_divides_the_pause() -> None:
    told = Response(url=FEED.url, status=200)
    found = pause.pause(replace(FEED, every=HOUR), STATE, memory(1), SEEN, told, When(now=NOW, speed=60))

    assert found.length == MINUTE


@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        ({"cache-control": "max-age=36000"}, 10 * HOUR),
        ({"expires": "Sat, 23 Oct 2021 00:00:00 GMT"}, 8 * HOUR),
        ({"expires": "Sat, 23 Oct 2021 00:00:00 GMT", "date": "Fri, 22 Oct 2021 20:00:00 GMT"}, 4 * HOUR),
        ({"expires": "Sat, 23 Oct 2021 00:00:00 GMT", "cache-control": "max-age=36000"}, 10 * HOUR),
        ({"retry-after": "30000"}, 30_000 * timedelta(seconds=1)),
    ],
)
def test_what_the_server_asks_for_is_never_undercut(headers: dict[str, str], asked: timedelta) -> None:
    assert length(memory(100), headers=headers) == asked


@pytest.mark.parametrize("expires", ["0", "-1", "Thu, 01 Jan 1970 00:00:00 GMT", "soon"])
def test_an_answer_that_has_expired_already_changes_nothing(expires: str) -> None:
    assert length(memory(100), headers={"expires": expires}) == length(memory(100))


def test_what_the_feed_itself_asks_for_is_never_undercut() -> None:
    assert length(memory(100, pause_s=7_200)) == 2 * HOUR


def test_a_gap_halves_the_pause_and_what_the_server_asks_for_beats_that() -> None:
    gap = replace(STATE, halvings=1)

    assert length(memory(4), gap) == length(memory(4)) / 2
    assert length(memory(4), gap, headers={"cache-control": "max-age=7200"}) == 2 * HOUR


def test_after_a_gap_no_poll_waits_longer_than_half_of_what_the_feed_shows() -> None:
    """30 entries at 200 an hour go back 9 minutes."""
    assert length(memory(4, reach_s=1_200), replace(STATE, halvings=1)) == 10 * MINUTE


def test_where_even_the_floor_loses_entries_it_is_said() -> None:
    answer, gap = Response(url=FEED.url, status=200), replace(STATE, halvings=1)

    assert pause.pause(FEED, gap, memory(4, reach_s=120), SEEN, answer, When(now=NOW)).lossy == (
        "it reaches back 2 min and is asked after 5 min 15 s: entries are lost between. Set its `every`"
    )
    assert not pause.pause(FEED, gap, memory(4, reach_s=1_200), SEEN, answer, When(now=NOW)).lossy


def test_while_our_network_is_down_a_feed_is_tried_again_soon() -> None:
    assert length(memory(1), replace(STATE, reason=Reason.NETWORK_DOWN)) // MINUTE == 5


@pytest.mark.parametrize(
    ("skipped", "due"),
    [((), NOW), ((16,), NOW + HOUR), ((16, 17, 18), NOW + 3 * HOUR), ((15, 17), NOW), (tuple(range(24)), NOW)],
)
def test_a_poll_falls_into_no_hour_that_the_feed_skips(skipped: tuple[int, ...], due: datetime) -> None:
    """A feed that skips all of them means nothing by it."""
    assert pause.outside(NOW, skipped) == due


def test_a_feed_that_was_never_reached_is_tried_again_soon_and_then_less_and_less() -> None:
    """It may be our own network, which was not there yet when we began."""
    new = replace(STATE, reason=Reason.DNS_FAILED, failures=1, slower=1.5)

    assert length(memory(1), new, following=BLIND) == 7.5 * MINUTE
    assert length(memory(1), replace(new, slower=2.0**20), following=BLIND) == DAY
