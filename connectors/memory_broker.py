"""The memory twin of the Broker door: streams as lists, with the accidents that a test wants."""

import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from connectors.doors import OutOfRange
from schemas.errors import BrokerDown
from schemas.streams import STREAMS, Log, Stream
from schemas.work import LogRange, Received, Record


@dataclass(kw_only=True)
class _Stream:
    log_id: str
    settings: dict[str, str]
    starts: list[int]
    partitions: list[list[Received]]


@dataclass(kw_only=True)
class MemoryBroker:
    """Has all streams from the first on, unless others are named. `up=False` answers nothing.

    accident: runs after the records are in, before we answer.
    """

    streams: Sequence[Stream] = STREAMS
    up: bool = True
    accident: Callable[[], None] = lambda: None
    _made: dict[str, _Stream] = field(default_factory=dict)
    _committed: dict[tuple[str, str], dict[int, int]] = field(default_factory=dict)
    _births: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        for stream in self.streams:
            self._make(stream, 1)

    def log_ids(self) -> Mapping[str, str]:
        with self._lock:
            self._answer()
            return {name: made.log_id for name, made in self._made.items()}

    def describe(self) -> Mapping[str, Log]:
        with self._lock:
            self._answer()
            return {
                name: Log(log_id=made.log_id, partitions=len(made.partitions), settings=dict(made.settings))
                for name, made in self._made.items()
            }

    def create(self, streams: Sequence[Stream], speed: float) -> None:
        with self._lock:
            self._answer()
            for stream in streams:
                if stream.name not in self._made:
                    self._make(stream, speed)

    def configure(self, stream: str, settings: Mapping[str, str]) -> None:
        with self._lock:
            self._find(stream).settings.update(settings)

    def ranges(self, stream: str) -> Mapping[int, LogRange]:
        with self._lock:
            found = self._find(stream)
            return {n: LogRange(start=found.starts[n], end=_end(found, n)) for n in range(len(found.partitions))}

    def read(self, stream: str, partition: int, offset: int, limit: int) -> Sequence[Received]:
        with self._lock:
            if not (kept := self.ranges(stream).get(partition)):
                raise BrokerDown("memory", f"{stream} has no partition {partition}")
            if not kept.start <= offset <= kept.end:
                raise OutOfRange(kept)
            return self._made[stream].partitions[partition][offset - kept.start :][:limit]

    def publish(self, records: Sequence[Record]) -> int:
        done = 0
        with self._lock:
            for record in records:
                try:
                    self._append(record)
                except BrokerDown:
                    if not done:
                        raise
                    break
                done += 1
        if records:
            self.accident()
        return done

    def commit(self, stage: str, stream: str, positions: Mapping[int, int]) -> None:
        with self._lock:
            if self.up:
                self._committed.setdefault((stage, stream), {}).update(positions)

    def committed(self, stage: str, stream: str) -> Mapping[int, int]:
        with self._lock:
            return dict(self._committed.get((stage, stream), {})) if self.up else {}

    def close(self) -> None:
        pass

    def recreate(self, stream: Stream) -> None:
        """Another log under the same name, as after a lost disk."""
        with self._lock:
            self._make(stream, 1)

    def truncate(self, stream: str, partition: int, start: int) -> None:
        """What lies before `start` is gone, as when its time is over."""
        with self._lock:
            found = self._made[stream]
            del found.partitions[partition][: start - found.starts[partition]]
            found.starts[partition] = start

    def all(self, stream: str) -> Sequence[Received]:
        """Every record that is kept, a partition after the other."""
        with self._lock:
            return [record for partition in self._made[stream].partitions for record in partition]

    def _answer(self) -> None:
        if not self.up:
            raise BrokerDown("memory", "it does not answer")

    def _find(self, stream: str) -> _Stream:
        self._answer()
        if stream not in self._made:
            raise BrokerDown("memory", f"it has no stream {stream}: tocsin streams apply")
        return self._made[stream]

    def _make(self, stream: Stream, speed: float) -> None:
        self._births += 1
        self._made[stream.name] = _Stream(
            log_id=f"log-{self._births}",
            settings=stream.settings(speed, flushed=True),
            starts=[0] * stream.partitions,
            partitions=[[] for _ in range(stream.partitions)],
        )

    def _append(self, record: Record) -> None:
        found = self._find(record.stream)
        partition = zlib.crc32(record.key.encode()) % len(found.partitions)
        found.partitions[partition].append(
            Received(
                stream=record.stream,
                partition=partition,
                offset=_end(found, partition),
                key=record.key,
                value=record.value,
                headers=record.headers,
                dt=record.dt.replace(microsecond=record.dt.microsecond // 1000 * 1000),
            )
        )


def _end(found: _Stream, partition: int) -> int:
    return found.starts[partition] + len(found.partitions[partition])
