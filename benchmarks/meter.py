"""A house whose every door counts what passes: seconds and processor time, by the stage on whose behalf."""

import asyncio
import threading
import time
import types
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from sqlalchemy import Connection

from connectors import environment
from connectors.broker import Kafka
from connectors.clock import now
from connectors.fetch import Web
from connectors.store import Store, Tx, revision
from connectors.store.engine import Database, database
from connectors.workers import Processes
from connectors.world import assembled
from pipeline.shape import Stage
from pipeline.start import House, prepare
from pipeline.verdict import Item, Patience, Verdict
from schemas.reasons import Reason
from schemas.streams import Stream
from schemas.work import LogRange, Received, Record

T = TypeVar("T")

FOR: ContextVar[str] = ContextVar("FOR", default="house")  # the stage on whose behalf we are; tasks and threads inherit it


@dataclass(kw_only=True)
class Spent:
    calls: int = 0
    cpu: float = 0
    wall: float = 0


@dataclass(kw_only=True)
class Meter:
    """By stage and kind: loop, read, write, broker, worker. busy: when a stage had an item in work, from `work` to the end of `settle`."""

    spent: defaultdict[tuple[str, str], Spent] = field(default_factory=lambda: defaultdict(Spent))
    busy: defaultdict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, stage: str, kind: str, cpu: float, wall: float = 0, calls: int = 1) -> None:
        with self._lock:
            spent = self.spent[stage, kind]
            spent.calls, spent.cpu, spent.wall = spent.calls + calls, spent.cpu + cpu, spent.wall + wall

    @contextmanager
    def timing(self, kind: str) -> Iterator[None]:
        """Of this thread."""
        cpu, wall = time.thread_time(), time.perf_counter()
        try:
            yield
        finally:
            self.add(FOR.get(), kind, time.thread_time() - cpu, time.perf_counter() - wall)

    def share_busy(self, stage: str, wall: float) -> float:
        """Of the whole, how long at least one item was in work."""
        total, until = 0.0, 0.0
        for start, end in sorted(self.busy[stage]):
            total, until = total + max(0.0, end - max(start, until)), max(until, end)
        return total / wall

    def of_kind(self, kind: str) -> float:
        """Seconds of processor time, over all stages."""
        return sum(spent.cpu for (_, of), spent in self.spent.items() if of == kind)


@asynccontextmanager
async def metered(variables: Mapping[str, str], meter: Meter) -> AsyncIterator[House]:
    """As pipeline.start.started, through doors that count."""
    settings, home = environment.load(variables)
    asyncio.get_running_loop().set_task_factory(lambda loop, work, **more: asyncio.Task(_stepped(work, meter), loop=loop, **more))
    FOR.set("relay")  # its task inherits it, wherever it is begun
    store, broker = _Store(_Counted(database(settings.database_url), meter)), _Kafka(settings, meter)
    try:
        async with (
            Web(contact=settings.contact, version="bench", allow_hosts=settings.allow_hosts) as web,
            Processes(settings.workers) as processes,
            assembled(store=store, broker=broker, fetch=web, workers=_Workers(processes, meter), clock=now, host_pace=0) as world,
        ):
            house = House(settings, home, world, variables)
            await prepare(house)
            FOR.set("house")
            yield house
    finally:
        await asyncio.to_thread(broker.close)
        await asyncio.to_thread(store.close)


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """A stage, and when it had something in work."""

    stage: Stage[Any]
    meter: Meter
    began: dict[tuple[str, str], float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.stage.name

    @property
    def stream(self) -> Stream | None:
        return self.stage.stream

    @property
    def attempted(self) -> Reason | None:
        return self.stage.attempted

    @property
    def patience(self) -> Patience:
        return self.stage.patience

    async def work(self, item: Item[Any]) -> Any:
        self.began[item.taken] = time.perf_counter()
        return await self.stage.work(item)

    def settle(self, tx: Tx, item: Item[Any], found: Any, at: Any) -> Verdict:
        verdict = self.stage.settle(tx, item, found, at)
        self.meter.busy[self.name].append((self.began[item.taken], time.perf_counter()))
        return verdict


class _Store(Store):
    """Tells the threads of the database on whose behalf they work."""

    async def transact(self, work: Callable[[Tx], T]) -> T:
        return await super().transact(_named(work, FOR.get()))

    async def read(self, work: Callable[[Tx], T]) -> T:
        return await super().read(_named(work, FOR.get()))


class _Counted:
    def __init__(self, inner: Database, meter: Meter) -> None:
        revision.ensure(inner)
        self._inner, self._meter, self.writers = inner, meter, inner.writers

    def write(self, work: Callable[[Connection], T]) -> T:
        return self._run("write", self._inner.write, work)

    def read(self, work: Callable[[Connection], T]) -> T:
        return self._run("read", self._inner.read, work)

    def close(self) -> None:
        self._inner.close()

    def _run(self, kind: str, run: Callable[[Callable[[Connection], T]], T], work: Callable[[Connection], T]) -> T:
        _HERE.stage = "house"
        cpu, wall = time.thread_time(), time.perf_counter()
        try:
            return run(work)
        finally:
            self._meter.add(_HERE.stage, kind, time.thread_time() - cpu, time.perf_counter() - wall)


class _Kafka(Kafka):
    def __init__(self, settings: Any, meter: Meter) -> None:
        super().__init__(settings)
        self._meter = meter

    def ranges(self, stream: str) -> Mapping[int, LogRange]:
        with self._meter.timing("broker"):
            return super().ranges(stream)

    def read(self, stream: str, partition: int, offset: int, limit: int) -> Sequence[Received]:
        with self._meter.timing("broker"):
            return super().read(stream, partition, offset, limit)

    def publish(self, records: Sequence[Record]) -> int:
        with self._meter.timing("broker"):
            return super().publish(records)

    def commit(self, stage: str, stream: str, positions: Mapping[int, int]) -> None:
        with self._meter.timing("broker"):
            super().commit(stage, stream, positions)


class _Workers:
    def __init__(self, inner: Processes, meter: Meter) -> None:
        self._inner, self._meter = inner, meter

    async def run(self, work: Callable[..., T], *args: object) -> T:
        began = time.perf_counter()
        answer, cpu = await self._inner.run(_spent, work, args)
        self._meter.add(FOR.get(), "worker", cpu, time.perf_counter() - began)
        return cast(T, answer)


_HERE = threading.local()


def _named(work: Callable[[Tx], T], stage: str) -> Callable[[Tx], T]:
    def told(tx: Tx) -> T:
        _HERE.stage = stage
        return work(tx)

    return told


def _spent(work: Callable[..., Any], args: Sequence[object]) -> tuple[Any, float]:
    """In the worker process."""
    began = time.process_time()
    return work(*args), time.process_time() - began


@types.coroutine
def _stepped(work: Coroutine[Any, Any, T], meter: Meter) -> Generator[Any, Any, T]:
    """Each step of a task is counted, from one await to the next."""
    step: Callable[[Any], Any] = work.send
    given: Any = None
    while True:
        began = time.thread_time()
        try:
            waits_for = step(given)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        finally:
            meter.add(FOR.get(), "loop", time.thread_time() - began)
        try:
            given, step = (yield waits_for), work.send
        except BaseException as error:  # noqa: BLE001  what is thrown into us is thrown on
            given, step = error, work.throw


def as_metered(stages: Mapping[str, Stage[Any]], meter: Meter) -> dict[str, Stage[Any]]:
    return {name: Watched(stage=stage, meter=meter) for name, stage in stages.items()}
