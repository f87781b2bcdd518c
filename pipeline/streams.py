"""Kafka's topics made as the table of streams says: what differs, made so, or refused where keys would move."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from connectors.doors import Broker
from schemas.errors import StreamsDiffer
from schemas.settings import Settings
from schemas.streams import STREAMS, Log, Stream, stream_named


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    stream: str
    what: str  # "stream", "partitions" or the name of a setting
    found: str | None
    wanted: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """missing: apply makes them; settings: apply sets them; refused: partitions that are more or fewer, which nothing of ours changes."""

    missing: tuple[Difference, ...] = ()
    settings: tuple[Difference, ...] = ()
    refused: tuple[Difference, ...] = ()

    @property
    def differences(self) -> tuple[Difference, ...]:
        return self.refused + self.missing + self.settings


def plan(broker: Broker, settings: Settings) -> Plan:
    return compare(broker.describe(), settings)


def apply(broker: Broker, settings: Settings) -> Plan:
    """What it has done: nothing, the second time. Raises StreamsDiffer before it touches anything."""
    planned = plan(broker, settings)
    for refused in planned.refused:
        raise _error(refused)
    broker.create([stream_named(difference.stream) for difference in planned.missing], settings.speed)
    changes: dict[str, dict[str, str]] = {}
    for difference in planned.settings:
        changes.setdefault(difference.stream, {})[difference.what] = difference.wanted
    for stream, changed in changes.items():
        broker.configure(stream, changed)
    return planned


def check(broker: Broker, settings: Settings) -> None:
    """Raises StreamsDiffer for the first difference."""
    for difference in plan(broker, settings).differences:
        raise _error(difference)


def compare(found: Mapping[str, Log], settings: Settings) -> Plan:
    there = [(stream, found[stream.name]) for stream in STREAMS if stream.name in found]
    return Plan(
        missing=tuple(_missing(stream) for stream in STREAMS if stream.name not in found),
        settings=tuple(difference for stream, log in there for difference in _settings(stream, log, settings)),
        refused=tuple(_partitions(stream, log) for stream, log in there if stream.partitions != log.partitions),
    )


def _missing(stream: Stream) -> Difference:
    return Difference(stream=stream.name, what="stream", found=None, wanted=f"{stream.partitions} partitions")


def _partitions(stream: Stream, log: Log) -> Difference:
    return Difference(stream=stream.name, what="partitions", found=str(log.partitions), wanted=str(stream.partitions))


def _settings(stream: Stream, log: Log, settings: Settings) -> Iterator[Difference]:
    wanted = stream.settings(settings.speed, flushed=settings.own_kafka, replication=settings.replication)
    for name, value in wanted.items():
        if log.settings.get(name) != value:
            yield Difference(stream=stream.name, what=name, found=log.settings.get(name), wanted=value)


def _error(difference: Difference) -> StreamsDiffer:
    if difference.what == "stream":
        return StreamsDiffer(difference.stream, "does not exist", "Run: tocsin streams apply")
    problem = f"{difference.what} is {difference.found}, the table of streams says {difference.wanted}"
    if difference.what == "partitions":
        return StreamsDiffer(difference.stream, problem, "Keys would move: delete the topic, or give us another Kafka")
    return StreamsDiffer(difference.stream, problem, "Run: tocsin streams apply")
