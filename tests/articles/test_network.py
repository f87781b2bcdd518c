"""When hosts cannot be reached, it is told whose fault that is: once when it begins, once when it ends."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from articles.network import Change, after
from schemas import codec
from schemas.network import Network

NOON = datetime(2021, 10, 22, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)

Step = tuple[str, bool]  # a host, and whether it could not be reached


def told(*steps: Step, network: Network | None = None, at: datetime = NOON, apart: timedelta = SECOND) -> tuple[Network, list[Change]]:
    """A poll a step; the feed of a host has its name."""
    network, changes = network or Network(), []
    for number, (host, failed) in enumerate(steps):
        network, change = after(network, f"feed of {host}", host, failed, at + number * apart)
        changes += [change] if change else []
    return network, changes


def all_fail(count: int) -> list[Step]:
    return [(f"host-{n}", True) for n in range(count)]


def test_five_hosts_that_fail_are_our_network() -> None:
    network, changes = told(*all_fail(5))

    assert network.down_since == NOON + 4 * SECOND
    assert changes == [Change(down=True, feeds=tuple(f"feed of host-{n}" for n in range(5)))]


def test_four_hosts_are_too_few_to_say_so() -> None:
    assert told(*all_fail(4))[1] == []


def test_one_of_five_that_answers_leaves_four_fifths_which_is_enough() -> None:
    assert len(told(("well", False), *all_fail(4))[1]) == 1
    assert told(("well", False), ("fine", False), *all_fail(4))[1] == []


def test_forty_feeds_of_one_dead_host_are_one_host() -> None:
    well = [(f"well-{n}", False) for n in range(4)]

    assert told(*well, *[("dead", True)] * 40)[1] == []


def test_what_failed_before_these_five_minutes_does_not_count() -> None:
    assert told(*all_fail(5), apart=timedelta(minutes=2))[1] == []


def test_each_failure_is_named_once_so_that_it_can_be_taken_back() -> None:
    _, (change,) = told(("host-0", True), *all_fail(5))

    assert sorted(change.feeds).count("feed of host-0") == 2 and len(change.feeds) == 6


def test_more_failures_are_no_second_notice() -> None:
    assert len(told(*all_fail(30))[1]) == 1


def test_it_is_back_when_fewer_than_half_of_the_hosts_are_unreached() -> None:
    down, _ = told(*all_fail(6))
    network, changes = told(*((f"host-{n}", False) for n in range(4)), network=down, at=NOON + 10 * SECOND)

    assert network.down_since is None
    assert changes == [Change(down=False, feeds=tuple(f"feed of host-{n}" for n in range(6)))]


def test_a_line_that_lets_one_in_five_through_is_one_notice() -> None:
    steps = [(f"host-{n % 25}", bool(n % 5)) for n in range(500)]

    assert [change.down for change in told(*steps)[1]] == [True]


def test_after_an_hour_of_sleep_the_first_answer_means_back() -> None:
    down, _ = told(*all_fail(8))

    assert [c.down for c in told(("host-0", False), network=down, at=NOON + timedelta(hours=1))[1]] == [False]


def test_after_an_hour_of_sleep_the_first_failure_means_still_down() -> None:
    down, _ = told(*all_fail(8))
    network, changes = told(("host-0", True), network=down, at=NOON + timedelta(hours=1))

    assert (network.down_since, changes) == (down.down_since, [])


def test_where_enough_hosts_answer_one_more_changes_nothing() -> None:
    network, _ = told(*((f"host-{n}", False) for n in range(20)))

    assert after(network, "feed", "another", False, NOON + 30 * SECOND) == (network, None)
    assert after(network, "feed", "another", False, NOON + 30 * SECOND)[0] is network


def test_a_host_that_answers_again_is_noted_all_the_same() -> None:
    network, _ = told(*((f"host-{n}", False) for n in range(20)), ("sick", True))

    assert not after(network, "feed", "sick", False, NOON + 30 * SECOND)[0].polls[-1].failed


@given(steps=st.lists(st.tuples(st.sampled_from("abcdefgh"), st.booleans()), max_size=300))
def test_down_and_back_come_in_turn_and_the_memory_stays_small(steps: list[Step]) -> None:
    network, changes = told(*steps)

    assert [change.down for change in changes] == [n % 2 == 0 for n in range(len(changes))]
    assert bool(network.down_since) is bool(len(changes) % 2)
    assert len(network.polls) <= 200
    assert codec.load(Network, codec.dump(network)) == network


@given(steps=st.lists(st.tuples(st.sampled_from("abcdefgh"), st.just(False)), max_size=50))
def test_hosts_that_answer_are_never_news(steps: list[Step]) -> None:
    assert told(*steps)[1] == []
