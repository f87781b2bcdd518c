"""Kafka killed, frozen, gone: what was acknowledged stays, nothing waits for ever, and it goes on by itself."""

import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from connectors.broker import Kafka
from connectors.node import Node
from schemas.errors import BrokerDown
from schemas.settings import Settings
from schemas.streams import ARTICLES, QUARANTINE, STREAMS
from tests.kafka.ground import everything, record
from tests.kafka.node import free_port, make_node, settings_of

pytestmark = pytest.mark.kafka


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    node = make_node(tmp_path_factory.mktemp("victim"))
    yield node
    node.stop()


@pytest.fixture
def broker(victim: Node) -> Iterator[Kafka]:
    victim.start()
    kafka = Kafka(settings_of(victim), patience=2)
    kafka.create(STREAMS, 1)
    yield kafka
    kafka.close()


def process(node: Node) -> psutil.Process:
    assert node.pid
    return psutil.Process(node.pid)


def test_what_was_acknowledged_outlives_a_kill(victim: Node, broker: Kafka) -> None:
    sent = [record(ARTICLES, f"killed-{n}", n) for n in range(200)]
    assert broker.publish(sent) == 200

    killed = process(victim)
    killed.kill()
    killed.wait()
    victim.start()

    assert {r.key for r in sent} <= {r.key for r in everything(broker, ARTICLES)}
    assert broker.publish([record(ARTICLES, "after", 1)]) == 1


def test_while_it_is_frozen_nothing_is_acknowledged_and_after_it_all_arrive(victim: Node, broker: Kafka) -> None:
    assert broker.publish([record(QUARANTINE, "before", 0)]) == 1
    more = [record(QUARANTINE, "during", n) for n in range(20)]
    process(victim).send_signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        with pytest.raises(BrokerDown):
            broker.publish(more)
        assert time.monotonic() - began < 6
    finally:
        process(victim).send_signal(signal.SIGCONT)

    assert broker.publish(more) == 20
    assert {r.value for r in more} <= {r.value for r in everything(broker, QUARANTINE)}


def test_a_frozen_kafka_does_not_hold_up_our_end(victim: Node, broker: Kafka) -> None:
    broker.publish([record(QUARANTINE, "held", n) for n in range(5)])
    everything(broker, QUARANTINE)
    everything(broker, ARTICLES)
    process(victim).send_signal(signal.SIGSTOP)
    try:
        stuck = threading.Thread(target=publish_in_vain, args=(broker,))
        stuck.start()
        began = time.monotonic()
        broker.close()
        stuck.join()
        assert time.monotonic() - began < 5
    finally:
        process(victim).send_signal(signal.SIGCONT)

    assert threads_of_kafka() == []


def publish_in_vain(broker: Kafka) -> None:
    with pytest.raises(BrokerDown):
        broker.publish([record(QUARANTINE, "stuck", 1)])


def test_every_question_to_a_frozen_kafka_ends(victim: Node, broker: Kafka) -> None:
    broker.ranges(QUARANTINE.name)
    process(victim).send_signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        questions = [
            threading.Thread(target=ask_in_vain, args=(broker, settings_of(victim))),
            threading.Thread(target=broker.commit, args=("track", QUARANTINE.name, {0: 1})),
        ]
        for question in questions:
            question.start()
        for question in questions:
            question.join()
        assert time.monotonic() - began < 12
    finally:
        process(victim).send_signal(signal.SIGCONT)

    assert broker.ranges(QUARANTINE.name)


def test_where_nothing_listens_each_call_says_so_in_time_and_leaves_nothing_behind() -> None:
    settings = Settings(kafka_port=free_port())
    kafka = Kafka(settings)
    began = time.monotonic()

    asked = [threading.Thread(target=ask_in_vain, args=(kafka, settings)) for _ in range(4)]
    for thread in asked:
        thread.start()
    for thread in asked:
        thread.join()

    assert time.monotonic() - began < 10
    kafka.close()
    assert threads_of_kafka() == []


def ask_in_vain(kafka: Kafka, settings: Settings) -> None:
    with pytest.raises(BrokerDown, match=settings.bootstrap_servers):
        kafka.ranges(ARTICLES.name)


def test_a_kafka_that_comes_late_is_met(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    kafka = Kafka(settings_of(node))
    starting = threading.Thread(target=node.start)
    starting.start()
    try:
        assert kafka.log_ids() == {}
    finally:
        starting.join()
        kafka.close()
        node.stop()


def threads_of_kafka() -> list[str]:
    return [thread.name for thread in threading.enumerate() if "kafka-io" in thread.name or "network-thread" in thread.name]
