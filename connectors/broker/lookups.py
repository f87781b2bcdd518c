"""What Kafka knows of our streams: which there are, how they are set, how far they go, what a stage has committed."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from kafka.admin import ConfigResource
from kafka.errors import (
    CoordinatorLoadInProgressError,
    CoordinatorNotAvailableError,
    NoError,
    NotCoordinatorError,
    TopicAlreadyExistsError,
    for_code,
)
from kafka.structs import OffsetAndMetadata

from connectors.broker import options
from connectors.broker.clients import Held
from schemas.errors import BrokerDown, StreamsDiffer
from schemas.settings import Settings
from schemas.streams import STREAMS, Log, Stream
from schemas.work import LogRange

T = TypeVar("T")

_NAMES = [stream.name for stream in STREAMS]
_PATIENCE = 8_000  # ms

log = logging.getLogger(__name__)


class Lookups:
    def __init__(self, settings: Settings) -> None:
        told, watching = options.client(settings), options.consumer(settings)
        self._settings = settings
        self._admin = Held[KafkaAdminClient](settings.bootstrap_servers, lambda network: KafkaAdminClient(**told, kafka_client=network))
        self._watch = Held[KafkaConsumer](settings.bootstrap_servers, lambda network: KafkaConsumer(**watching, kafka_client=network))
        self._partitions: dict[str, int] = {}

    def log_ids(self) -> Mapping[str, str]:
        return {name: str(topic["topic_id"]) for name, topic in self._topics().items()}

    def describe(self) -> Mapping[str, Log]:
        topics = self._topics()
        asked = [ConfigResource("topic", name) for name in topics]
        settings = self._admin.ask(lambda admin: admin.describe_configs(asked, config_filter="all"))["topic"] if asked else {}
        return {
            name: Log(
                log_id=str(topic["topic_id"]),
                partitions=len(topic["partitions"]),
                settings={key: entry["value"] for key, entry in settings[name].items()},
            )
            for name, topic in topics.items()
        }

    def create(self, streams: Sequence[Stream], speed: float) -> None:
        if not streams:
            return
        own, replication = self._settings.own_kafka, self._settings.replication
        wanted = {
            stream.name: {
                "num_partitions": stream.partitions,
                "replication_factor": replication,
                "configs": stream.settings(speed, flushed=own, replication=replication),
            }
            for stream in streams
        }
        made = self._admin.ask(lambda admin: admin.create_topics(wanted, timeout_ms=_PATIENCE, raise_errors=False))["topics"]
        for topic in made:
            if for_code(topic["error_code"]) not in (TopicAlreadyExistsError, NoError):
                problem = f"Kafka does not make it: {topic['error_message']}"
                raise StreamsDiffer(topic["name"], problem, "TOCSIN_KAFKA_REPLICATION says how many copies it asks for")
        self._admin.ask(lambda admin: admin.wait_for_topics(list(wanted), timeout_ms=_PATIENCE))

    def configure(self, stream: str, settings: Mapping[str, str]) -> None:
        self._admin.ask(lambda admin: admin.alter_configs([ConfigResource("topic", stream, dict(settings))]))

    def ranges(self, stream: str) -> Mapping[int, LogRange]:
        partitions = [TopicPartition(stream, n) for n in range(self._count(stream))]
        try:
            with self._watch.use() as watch:
                starts = watch.beginning_offsets(partitions, timeout_ms=_PATIENCE)
                ends = watch.end_offsets(partitions, timeout_ms=_PATIENCE)
        except BrokerDown:
            self._partitions.clear()
            raise
        return {at.partition: LogRange(start=starts[at], end=ends[at]) for at in partitions}

    def commit(self, stage: str, stream: str, positions: Mapping[int, int]) -> None:
        group, offsets = _group(stage), {TopicPartition(stream, n): OffsetAndMetadata(at, "", None) for n, at in positions.items()}
        try:
            answers = self._admin.ask(lambda admin: _patiently(lambda: admin.alter_group_offsets(group, offsets)))
        except BrokerDown as error:
            log.debug("positions of %s not committed: %s", stage, error)
        else:
            if refused := set(answers.values()) - {NoError}:
                log.debug("positions of %s not committed: %s", stage, refused)

    def committed(self, stage: str, stream: str) -> Mapping[int, int]:
        group = _group(stage)
        try:
            found = self._admin.ask(lambda admin: _patiently(lambda: admin.list_group_offsets(group)))[group]
        except BrokerDown as error:
            log.debug("what %s has committed is not known: %s", stage, error)
            return {}
        return {at.partition: noted.offset for at, noted in found.items() if at.topic == stream and noted.offset >= 0}

    def close(self, seconds: float) -> None:
        self._watch.close(seconds)
        self._admin.close(seconds)

    def _topics(self) -> Mapping[str, Any]:
        """As Kafka tells of those streams of ours that exist."""
        found = self._admin.ask(lambda admin: admin.describe_topics(_NAMES))
        return {topic["name"]: topic for topic in found if not topic["error_code"]}

    def _count(self, stream: str) -> int:
        if stream not in self._partitions:
            if not (topic := self._topics().get(stream)):
                raise BrokerDown(self._settings.bootstrap_servers, f"it has no stream {stream}: tocsin streams apply")
            self._partitions[stream] = len(topic["partitions"])
        return self._partitions[stream]


def _group(stage: str) -> str:
    return f"tocsin-{stage}"


def _patiently(ask: Callable[[], T]) -> T:
    """A new Kafka makes its place for groups when it is asked first, and says so."""
    for _ in range(20):
        with suppress(CoordinatorNotAvailableError, CoordinatorLoadInProgressError, NotCoordinatorError):
            return ask()
        time.sleep(0.1)
    return ask()
