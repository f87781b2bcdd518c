"""A lane has one holder at a time, and remembers who died over what."""

from datetime import UTC, datetime, timedelta

import pytest

from connectors.store import Store
from schemas.errors import LostLane

NOON = datetime(2021, 10, 22, 12, tzinfo=UTC)
LATER = NOON + timedelta(seconds=11)
LEASE = timedelta(seconds=10)
ITEMS = (("extract", "a"), ("extract", "b"))


def lease(store: Store, holder: str, now: datetime = NOON) -> bool:
    return store.write_now(lambda tx: tx.lanes.lease("host/a", holder, ITEMS, now, now + LEASE))


def test_a_lane_has_one_holder(store: Store) -> None:
    assert lease(store, "one")
    assert not lease(store, "two")


def test_a_silent_holder_loses_its_lane(store: Store) -> None:
    lease(store, "one")

    assert lease(store, "two", LATER)
    with pytest.raises(LostLane):
        store.write_now(lambda tx: tx.lanes.move("host/a", "one", None, LATER))


def test_a_renewed_lease_is_kept(store: Store) -> None:
    lease(store, "one")
    store.write_now(lambda tx: tx.lanes.renew(["one"], LATER + LEASE))

    assert not lease(store, "two", LATER)


def test_a_lane_that_was_moved_on_is_free(store: Store) -> None:
    lease(store, "one")
    store.write_now(lambda tx: tx.lanes.move("host/a", "one", 7, NOON))

    assert lease(store, "two")
    lane = store.read_now(lambda tx: tx.lanes.get("host/a"))
    assert lane is not None
    assert lane.position == 7


def test_a_lane_that_rests_is_nobodys_until_then(store: Store) -> None:
    lease(store, "one")
    store.write_now(lambda tx: tx.lanes.move("host/a", "one", None, LATER))

    assert not lease(store, "two", NOON)
    assert lease(store, "two", LATER)


def test_deaths_are_counted_by_item(store: Store) -> None:
    lease(store, "one")
    lease(store, "two", LATER)

    assert store.read_now(lambda tx: tx.lanes.deaths("extract", ["a", "b", "c"])) == {"a": 1, "b": 1}


def test_a_batch_that_was_settled_counts_no_death(store: Store) -> None:
    lease(store, "one")
    store.write_now(lambda tx: tx.lanes.move("host/a", "one", None, NOON))
    lease(store, "two", LATER)

    assert store.read_now(lambda tx: tx.lanes.deaths("extract", ["a"])) == {}


def test_what_survives_is_forgiven(store: Store) -> None:
    lease(store, "one")
    lease(store, "two", LATER)
    store.write_now(lambda tx: tx.lanes.survived([("extract", "a")]))

    assert store.read_now(lambda tx: tx.lanes.deaths("extract", ["a", "b"])) == {"b": 1}
