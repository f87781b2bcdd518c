"""Records in: one consumer a partition, put where our own offset says."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaTimeoutError

from connectors.broker import options, wire
from connectors.broker.clients import Held
from schemas.settings import Settings
from schemas.work import Received

_PATIENCE = 10.0  # seconds for records of which Kafka says that they are there
_LOOK = 20  # ms


class Reader:
    """Of one partition: a shared consumer would hand one lane the other's records, and is not safe to use from two threads."""

    def __init__(self, settings: Settings, stream: str, partition: int) -> None:
        self._told, self._at = options.consumer(settings), TopicPartition(stream, partition)
        self._held = Held[KafkaConsumer](settings.bootstrap_servers, self._build)
        self._next = -1

    def read(self, offset: int, limit: int, end: int) -> Sequence[Received]:
        """At least one record where there is one in [offset, end), at most `limit`. Raises BrokerDown."""
        until = time.monotonic() + _PATIENCE
        with self._held.use() as consumer:
            if offset != self._next:
                consumer.seek(self._at, offset)
            while not (found := consumer.poll(timeout_ms=_LOOK, max_records=limit).get(self._at, ())):
                if consumer.position(self._at, timeout_ms=_LOOK) >= end:
                    return ()  # what lies there is another's transaction mark
                if time.monotonic() > until:
                    raise KafkaTimeoutError(f"it gave no records of {self._at.topic}/{self._at.partition} from {offset}")
            self._next = found[-1].offset + 1
            return [wire.received(record) for record in found]

    def close(self, seconds: float) -> None:
        self._held.close(seconds)

    def _build(self, network: Callable[..., Any]) -> KafkaConsumer:
        consumer = KafkaConsumer(**self._told, kafka_client=network)
        consumer.assign([self._at])
        self._next = -1
        return consumer
