"""The Broker door, by kafka-python."""

import threading
import time
from collections.abc import Mapping, Sequence

from connectors.broker.lookups import Lookups
from connectors.broker.publishing import Publisher
from connectors.broker.reading import Reader
from connectors.doors import OutOfRange
from schemas.errors import BrokerDown
from schemas.settings import Settings
from schemas.streams import Log, Stream
from schemas.work import LogRange, Received, Record

_FAREWELL = 5.0  # seconds


class Kafka:
    """Connects where it is needed first. patience: seconds until a publish gives up on what Kafka has not acknowledged."""

    def __init__(self, settings: Settings, patience: float = 30) -> None:
        self._settings = settings
        self._lookups, self._publisher = Lookups(settings), Publisher(settings, patience)
        self._readers: dict[tuple[str, int], Reader] = {}
        self._lock = threading.Lock()

    def log_ids(self) -> Mapping[str, str]:
        return self._lookups.log_ids()

    def describe(self) -> Mapping[str, Log]:
        return self._lookups.describe()

    def create(self, streams: Sequence[Stream], speed: float) -> None:
        self._lookups.create(streams, speed)

    def configure(self, stream: str, settings: Mapping[str, str]) -> None:
        self._lookups.configure(stream, settings)

    def ranges(self, stream: str) -> Mapping[int, LogRange]:
        return self._lookups.ranges(stream)

    def read(self, stream: str, partition: int, offset: int, limit: int) -> Sequence[Received]:
        if not (kept := self._lookups.ranges(stream).get(partition)):
            raise BrokerDown(self._settings.bootstrap_servers, f"{stream} has no partition {partition}")
        if not kept.start <= offset <= kept.end:
            raise OutOfRange(kept)
        if offset == kept.end:
            return ()
        return self._reader(stream, partition).read(offset, limit, kept.end)

    def publish(self, records: Sequence[Record]) -> int:
        return self._publisher.publish(records) if records else 0

    def commit(self, stage: str, stream: str, positions: Mapping[int, int]) -> None:
        self._lookups.commit(stage, stream, positions)

    def committed(self, stage: str, stream: str) -> Mapping[int, int]:
        return self._lookups.committed(stage, stream)

    def close(self) -> None:
        """Ends every client within 5 s, also where Kafka is frozen or gone."""
        until = time.monotonic() + _FAREWELL
        with self._lock:
            closes = [self._publisher.close, self._lookups.close, *(reader.close for reader in self._readers.values())]
        for close in closes:
            close(max(0.1, until - time.monotonic()))

    def _reader(self, stream: str, partition: int) -> Reader:
        with self._lock:
            if (stream, partition) not in self._readers:
                self._readers[stream, partition] = Reader(self._settings, stream, partition)
            return self._readers[stream, partition]
