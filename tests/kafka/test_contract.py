"""What every Broker keeps, the memory twin as the real one."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from connectors.doors import OutOfRange
from schemas.errors import BrokerDown
from schemas.streams import ALERTS, ARTICLES, MATCHES, QUARANTINE, STREAMS
from schemas.work import LogRange
from tests.kafka.ground import Ground, MemoryGround, everything, real_ground, record


@pytest.fixture(params=["memory", pytest.param("kafka", marks=pytest.mark.kafka)])
def ground(request: pytest.FixtureRequest) -> Iterator[Ground]:
    if request.param == "memory":
        yield MemoryGround()
    else:
        with real_ground(request.getfixturevalue("kafka_node")) as real:
            yield real


@pytest.fixture
def made(ground: Ground) -> Ground:
    ground.broker.create(STREAMS, 1)
    return ground


def test_a_stream_that_does_not_exist_is_not_told_of(ground: Ground) -> None:
    assert ground.broker.log_ids() == {}
    assert ground.broker.describe() == {}


def test_streams_are_made_as_their_table_says(made: Ground) -> None:
    found = made.broker.describe()

    assert {name: log.partitions for name, log in found.items()} == {stream.name: stream.partitions for stream in STREAMS}
    for stream in STREAMS:
        assert stream.settings(flushed=True).items() <= found[stream.name].settings.items()


def test_making_a_stream_again_leaves_it_as_it_is(made: Ground) -> None:
    before = made.broker.log_ids()

    made.broker.create(STREAMS, 60)

    assert made.broker.log_ids() == before
    assert made.broker.describe()[ALERTS.name].settings["retention.ms"] == ALERTS.settings()["retention.ms"]


def test_a_setting_is_changed_alone(made: Ground) -> None:
    made.broker.configure(ALERTS.name, {"retention.ms": "3600000"})

    while (settings := made.broker.describe()[ALERTS.name].settings)["retention.ms"] != "3600000":
        pass  # Kafka takes a moment to believe itself
    assert settings["max.message.bytes"] == ALERTS.settings()["max.message.bytes"]


def test_a_record_comes_back_as_it_went(made: Ground) -> None:
    sent = record(QUARANTINE, "extract", 1)

    assert made.broker.publish([sent]) == 1

    (got,) = made.broker.read(QUARANTINE.name, 0, 0, 10)
    assert (got.key, got.value, got.headers, got.offset) == (sent.key, sent.value, sent.headers, 0)
    assert got.dt == sent.dt.replace(microsecond=123000)


def test_records_of_a_key_stay_in_order_in_one_partition(made: Ground) -> None:
    sent = [record(ARTICLES, f"article-{n % 9}", n) for n in range(180)]

    assert made.broker.publish(sent) == 180

    got = everything(made.broker, ARTICLES)
    assert sorted(r.value for r in got) == sorted(r.value for r in sent)
    for key in {r.key for r in sent}:
        of_key = [r for r in got if r.key == key]
        assert len({r.partition for r in of_key}) == 1
        assert [r.value for r in of_key] == [r.value for r in sent if r.key == key]


def test_a_read_gives_no_more_than_asked_from_where_asked(made: Ground) -> None:
    made.broker.publish([record(QUARANTINE, "extract", n) for n in range(10)])

    assert [r.offset for r in made.broker.read(QUARANTINE.name, 0, 4, 3)] == [4, 5, 6]
    assert [r.offset for r in made.broker.read(QUARANTINE.name, 0, 7, 100)] == [7, 8, 9]
    assert [r.offset for r in made.broker.read(QUARANTINE.name, 0, 2, 1)] == [2]


def test_at_the_end_there_is_nothing_and_no_trouble(made: Ground) -> None:
    made.broker.publish([record(QUARANTINE, "extract", 1)])

    assert list(made.broker.read(QUARANTINE.name, 0, 1, 10)) == []
    assert made.broker.ranges(QUARANTINE.name) == {0: LogRange(start=0, end=1)}


@pytest.mark.parametrize("offset", [5, 11])
def test_an_offset_that_the_log_does_not_hold_says_what_it_holds(made: Ground, offset: int) -> None:
    made.broker.publish([record(QUARANTINE, "extract", n) for n in range(10)])
    made.truncate(QUARANTINE.name, 0, 6)

    with pytest.raises(OutOfRange) as caught:
        made.broker.read(QUARANTINE.name, 0, offset, 10)

    assert caught.value.kept == LogRange(start=6, end=10)
    assert [r.offset for r in made.broker.read(QUARANTINE.name, 0, 6, 10)] == [6, 7, 8, 9]


def test_a_stream_made_anew_is_another_log_and_works_on(made: Ground) -> None:
    made.broker.publish([record(QUARANTINE, "extract", n) for n in range(10)])
    made.broker.read(QUARANTINE.name, 0, 0, 10)
    before = made.broker.log_ids()

    made.recreate(QUARANTINE)

    after = made.broker.log_ids()
    assert {name for name in before if before[name] != after[name]} == {QUARANTINE.name}
    assert made.broker.ranges(QUARANTINE.name) == {0: LogRange(start=0, end=0)}
    with pytest.raises(OutOfRange):
        made.broker.read(QUARANTINE.name, 0, 10, 10)
    assert until_it_works(made, 11) == 1
    assert [r.key for r in made.broker.read(QUARANTINE.name, 0, 0, 10)] == ["anew"]


def until_it_works(made: Ground, n: int) -> int:
    """The producer may learn of it by one failure."""
    try:
        return made.broker.publish([record(QUARANTINE, "anew", n)])
    except BrokerDown:
        return made.broker.publish([record(QUARANTINE, "anew", n)])


def test_what_a_stage_has_committed_is_told_by_stage_and_stream(made: Ground) -> None:
    deadline = time.monotonic() + 10
    while made.broker.committed("track", ARTICLES.name) != {0: 3, 5: 8} and time.monotonic() < deadline:
        made.broker.commit("track", ARTICLES.name, {0: 3, 5: 7})  # again: Kafka is late to forget what was of a deleted stream
        made.broker.commit("track", ARTICLES.name, {5: 8})
        made.broker.commit("ring", MATCHES.name, {1: 2})

    assert made.broker.committed("track", ARTICLES.name) == {0: 3, 5: 8}
    assert made.broker.committed("track", MATCHES.name) == {}
    assert made.broker.committed("ring", MATCHES.name) == {1: 2}
    assert made.broker.committed("extract", ARTICLES.name) == {}


def test_a_missing_stream_is_named(ground: Ground) -> None:
    with pytest.raises(BrokerDown, match=r"news\.alert\.v1"):
        ground.broker.ranges(ALERTS.name)
    with pytest.raises(BrokerDown, match=r"news\.alert\.v1"):
        ground.broker.read(ALERTS.name, 0, 0, 1)


def test_publishing_stops_before_the_first_that_was_not_taken(ground: Ground) -> None:
    ground.broker.create([QUARANTINE], 1)

    assert ground.broker.publish([record(QUARANTINE, "a", 1), record(ALERTS, "b", 2), record(QUARANTINE, "c", 3)]) == 1

    assert [r.key for r in everything(ground.broker, QUARANTINE)] == ["a"]


def test_nothing_to_publish_needs_no_broker(ground: Ground) -> None:
    assert ground.broker.publish([]) == 0


def test_a_record_is_kept_by_when_we_saw_it(made: Ground) -> None:
    made.broker.publish([record(QUARANTINE, "a", 0), record(QUARANTINE, "b", -3600)])

    first, second = everything(made.broker, QUARANTINE)
    assert first.dt - second.dt == timedelta(hours=1)
