"""The doors to the world. A door without a twin in memory.py is not a door; the store has none: SQLite is real everywhere."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from schemas.alert import Message
from schemas.exchange import Request, Response
from schemas.streams import Log, Stream
from schemas.work import LogRange, Received, Record

T = TypeVar("T")
Clock = Callable[[], datetime]


class Fetch(Protocol):
    async def __call__(self, request: Request) -> Response:
        """Never raises for what the network does: a failure is a response without a status."""


class Workers(Protocol):
    async def run(self, work: Callable[..., T], *args: object) -> T:
        """`work` in a process of its own, under a deadline and a memory limit. Raises WorkerFailed."""


class Broker(Protocol):
    """Synchronous, and called from threads. Every verb raises BrokerDown where Kafka does not answer."""

    def log_ids(self) -> Mapping[str, str]:
        """Kafka's own id of each stream's topic, for those that exist: another id is another log."""

    def describe(self) -> Mapping[str, Log]:
        """Of each stream of ours that exists."""

    def create(self, streams: Sequence[Stream], speed: float) -> None:
        """Those that exist stay as they are. Raises StreamsDiffer where Kafka refuses one."""

    def configure(self, stream: str, settings: Mapping[str, str]) -> None: ...

    def ranges(self, stream: str) -> Mapping[int, LogRange]:
        """Of each partition."""

    def read(self, stream: str, partition: int, offset: int, limit: int) -> Sequence[Received]:
        """At most `limit`, from the offset on; raises OutOfRange where the log does not hold that offset."""

    def publish(self, records: Sequence[Record]) -> int:
        """How many, from the first on, the broker has acknowledged."""

    def commit(self, stage: str, stream: str, positions: Mapping[int, int]) -> None:
        """Best effort, so that Kafka's tools show our lag."""

    def committed(self, stage: str, stream: str) -> Mapping[int, int]: ...

    def close(self) -> None: ...


class Channel(Protocol):
    async def send(self, message: Message) -> None:
        """Raises Unsent."""


class WorkerFailed(Exception):
    """problem: died, deadline, memory or the exception's text."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


class OutOfRange(Exception):
    def __init__(self, kept: LogRange) -> None:
        self.kept = kept
        super().__init__(f"the log keeps [{kept.start}, {kept.end})")


class Unsent(Exception):
    def __init__(self, problem: str, permanent: bool) -> None:
        self.problem, self.permanent = problem, permanent
        super().__init__(problem)
