"""The table of streams against what Kafka has."""

from dataclasses import replace

import pytest

from connectors.memory_broker import MemoryBroker
from pipeline.streams import Difference, apply, check, compare, plan
from schemas.errors import StreamsDiffer
from schemas.settings import Settings
from schemas.streams import ALERTS, ARTICLES, STREAMS, Log

OURS = Settings()
THEIRS = Settings(kafka_bootstrap_servers="kafka:9092")


def test_what_is_missing_is_planned_and_made_once() -> None:
    broker = MemoryBroker(streams=())

    assert [difference.stream for difference in plan(broker, OURS).missing] == [stream.name for stream in STREAMS]
    with pytest.raises(StreamsDiffer, match="streams apply"):
        check(broker, OURS)

    apply(broker, OURS)
    check(broker, OURS)
    before = broker.log_ids()
    assert apply(broker, OURS).differences == ()
    assert broker.log_ids() == before


def test_a_setting_that_differs_is_set_right_and_the_log_stays() -> None:
    broker = MemoryBroker()
    broker.configure(ALERTS.name, {"retention.ms": "1"})
    before = broker.log_ids()

    (difference,) = apply(broker, OURS).differences

    assert difference == Difference(stream=ALERTS.name, what="retention.ms", found="1", wanted=ALERTS.settings()["retention.ms"])
    assert broker.log_ids() == before
    check(broker, OURS)


@pytest.mark.parametrize("partitions", [3, 24])
def test_more_or_fewer_partitions_are_refused_before_anything_is_done(partitions: int) -> None:
    broker = MemoryBroker(streams=[replace(ARTICLES, partitions=partitions)])

    assert plan(broker, OURS).refused == (Difference(stream=ARTICLES.name, what="partitions", found=str(partitions), wanted="12"),)
    with pytest.raises(StreamsDiffer, match=r"partitions is .*Keys would move"):
        apply(broker, OURS)
    assert list(broker.log_ids()) == [ARTICLES.name]


def test_our_own_node_writes_each_record_to_its_disk_and_a_cluster_to_two_of_three() -> None:
    as_ours = {stream.name: Log(log_id="x", partitions=stream.partitions, settings=stream.settings(flushed=True)) for stream in STREAMS}

    assert compare(as_ours, OURS).differences == ()
    assert {(d.what, d.found, d.wanted) for d in compare(as_ours, THEIRS).differences} == {("min.insync.replicas", None, "2")}


def test_a_faster_world_keeps_records_for_less_time() -> None:
    broker = MemoryBroker(streams=())
    fast = Settings(speed=60)

    apply(broker, fast)

    assert broker.describe()[ALERTS.name].settings["retention.ms"] == str(90 * 24 * 60 * 1000)
    check(broker, fast)
