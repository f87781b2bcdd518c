"""A feed's new address: believed when its server has said it for a day."""

from datetime import UTC, datetime, timedelta

from articles import moves
from schemas.exchange import Response
from schemas.feed import FeedState, Move

NOW = datetime(2021, 10, 22, 16, 0, tzinfo=UTC)
OLD, NEW, OTHER = "https://old.example/feed", "https://new.example/feed", "https://other.example/feed"
STATE = FeedState(feed_id="example", url=OLD)
DAY = timedelta(days=1)


def after(state: FeedState, to: str | None, hours: float, read: bool = True) -> FeedState:
    return moves.after(state, Response(url=to or OLD, status=200, moved_to=to), read, NOW + timedelta(hours=hours), DAY)


def told(*times: tuple[str | None, float]) -> FeedState:
    state = STATE
    for to, hours in times:
        state = after(state, to, hours)
    return state


def test_three_times_the_same_address_over_a_day_is_a_move() -> None:
    assert told((NEW, 0), (NEW, 12), (NEW, 24)).address == NEW


def test_three_times_within_a_day_is_none_yet() -> None:
    state = told((NEW, 0), (NEW, 1), (NEW, 2))

    assert state.address is None and state.move == Move(to=NEW, times=3, since_dt=NOW)


def test_twice_over_a_day_is_none_yet() -> None:
    assert told((NEW, 0), (NEW, 25)).address is None


def test_another_address_or_none_at_all_begins_anew() -> None:
    assert told((NEW, 0), (OTHER, 12), (NEW, 24), (NEW, 25)).address is None
    assert told((NEW, 0), (NEW, 12), (None, 24), (NEW, 25)).address is None


def test_what_cannot_be_read_there_neither_confirms_nor_denies() -> None:
    """A domain that was sold redirects everything to its new owner's page."""
    state = after(told((NEW, 0), (NEW, 12)), NEW, 24, read=False)

    assert state.address is None and state.move == Move(to=NEW, times=2, since_dt=NOW)


def test_a_feed_may_move_back() -> None:
    moved = told((NEW, 0), (NEW, 12), (NEW, 24))
    for hours in (30, 42, 54):
        moved = after(moved, OLD, hours)

    assert moved.address is None


def test_where_the_new_address_fails_three_times_the_configured_one_is_asked_again() -> None:
    moved = FeedState(feed_id="example", url=OLD, address=NEW, failures=3)

    assert after(moved, None, 0, read=False).asked == OLD
    assert after(FeedState(feed_id="example", url=OLD, address=NEW, failures=2), None, 0, read=False).asked == NEW
