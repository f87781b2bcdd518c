"""A broker behind its door, and the hand that works on it from behind: the memory twin's, or Kafka's own tools."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from kafka import KafkaAdminClient, TopicPartition

from connectors.broker import Kafka
from connectors.doors import Broker
from connectors.memory_broker import MemoryBroker
from connectors.node import Node
from schemas.streams import STREAMS, Stream
from schemas.work import Received, Record
from tests.kafka.node import settings_of

# of today: Kafka drops records that are older than their stream is kept, 30 s after its start and then every 5 minutes
LATELY = datetime.fromtimestamp(int(time.time()) - 7200, UTC) + timedelta(microseconds=123456)


class Ground(Protocol):
    broker: Broker

    def recreate(self, stream: Stream) -> None: ...

    def truncate(self, stream: str, partition: int, start: int) -> None: ...


class MemoryGround:
    def __init__(self) -> None:
        self.twin = MemoryBroker(streams=())
        self.broker: Broker = self.twin

    def recreate(self, stream: Stream) -> None:
        self.twin.recreate(stream)

    def truncate(self, stream: str, partition: int, start: int) -> None:
        self.twin.truncate(stream, partition, start)


class RealGround:
    def __init__(self, node: Node, admin: Any) -> None:
        self.broker: Broker = Kafka(settings_of(node), patience=5)
        self._admin = admin

    def recreate(self, stream: Stream) -> None:
        remove(self._admin, [stream.name])
        self._admin.create_topics({stream.name: {"num_partitions": stream.partitions, "replication_factor": 1}}, wait_for_metadata=True)

    def truncate(self, stream: str, partition: int, start: int) -> None:
        self._admin.delete_records({TopicPartition(stream, partition): start})


@contextmanager
def real_ground(node: Node) -> Iterator[RealGround]:
    """With none of our streams in it."""
    admin = KafkaAdminClient(bootstrap_servers=node.servers)
    remove(admin, [stream.name for stream in STREAMS])
    ground = RealGround(node, admin)
    yield ground
    ground.broker.close()
    admin.close()


def remove(admin: Any, names: Sequence[str]) -> None:
    there = [topic["name"] for topic in admin.describe_topics(names) if not topic["error_code"]]
    if there:
        admin.delete_topics(there)
    while any(not topic["error_code"] for topic in admin.describe_topics(names)):
        pass


def record(stream: Stream, key: str, n: int, size: int = 0) -> Record:
    return Record(
        stream=stream.name,
        key=key,
        id=f"{key}-{n}",
        dt=LATELY + timedelta(seconds=n),
        value=f"Запись {n} для {key}".encode() + b"." * size,
        headers=(("ce_id", f"{key}-{n}"), ("ce_subject", "Österreich")),
    )


def everything(broker: Broker, stream: Stream) -> list[Received]:
    """All that is kept, a partition after the other, by small reads."""
    found: list[Received] = []
    for partition, kept in broker.ranges(stream.name).items():
        offset = kept.start
        while offset < kept.end:
            batch = broker.read(stream.name, partition, offset, 7)
            found += batch
            offset = batch[-1].offset + 1
    return found
