"""Where a stage's batches come from: jobs that are due, and a stream from our own offset. Both are lanes with a fence."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from articles import ledger
from connectors.store import Tx
from connectors.world import World
from pipeline import hosts, recovery
from pipeline.verdict import Item
from schemas.errors import StreamsDiffer
from schemas.host import HostState
from schemas.reasons import Reason
from schemas.streams import Stream
from schemas.work import Job, LogRange, Received

T = TypeVar("T")

_LIMITS = {"host": 5, "channel": 1}  # items a batch, by the lane's kind
_LIMIT = 50
ALONE = 2  # after so many deaths an item is a batch of its own
_SLOW = timedelta(seconds=5)  # a host that is visited at this pace, or a slower one: an item a batch
CRASHED = 3  # after so many it is quarantined


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """Items of one lane, which is ours as `holder` until it is moved on.

    rest: how long the lane rests after each item. last: it has nothing more for us when these are settled.
    """

    lane: str
    holder: str
    items: tuple[Item[bytes], ...]
    rest: timedelta = timedelta(0)
    last: bool = False

    @property
    def suspect(self) -> bool:
        """Processes have died over it, and it has not been given up yet: it is worked while nothing else is."""
        return ALONE <= self.items[0].deaths < CRASHED


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready:
    """lanes: that have something for us now. later: others have too, which rest, or which somebody else works on."""

    lanes: frozenset[str]
    later: bool = False


class Intake(Protocol):
    async def ready(self) -> Ready: ...

    async def take(self, lane: str) -> Batch | None:
        """Nothing where the lane is empty, or somebody else's just now."""

    async def caught_up(self) -> None:
        """Called when there is nothing more for now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FromJobs:
    """The due jobs of a stage. attempted: the reason that is journalled in the transaction that takes one."""

    stage: str
    world: World
    attempted: Reason | None = None

    async def ready(self) -> Ready:
        now = self.world.clock()
        lanes = await self.world.store.read(lambda tx: tx.jobs.due_lanes(self.stage, now))
        return Ready(lanes=frozenset(lane for lane, free in lanes.items() if free), later=not all(lanes.values()))

    async def take(self, lane: str) -> Batch | None:
        holder = self.world.leases.new()
        with ExitStack() as stack:
            stack.callback(self.world.leases.end, holder)
            items = await self.world.store.transact(partial(self._take, lane, holder, self.world.clock()))
            if not items:
                return None
            stack.pop_all()
        rest = self._rest(lane, items[0].host)
        return Batch(lane=lane, holder=holder, items=tuple(items), rest=rest, last=bool(rest) or len(items) < _limit(lane))

    async def caught_up(self) -> None:
        """Nobody else wants to know."""

    def _rest(self, lane: str, host: HostState | None) -> timedelta:
        return max(self.world.host_pace, ledger.pace(host)) if lane.startswith(hosts.PREFIX) else timedelta(0)

    def _take(self, lane: str, holder: str, now: datetime, tx: Tx) -> Sequence[Item[bytes]]:
        host = tx.hosts.get(lane.removeprefix(hosts.PREFIX)) if lane.startswith(hosts.PREFIX) else None
        jobs = tx.jobs.due(self.stage, lane, now, 1 if ledger.pace(host) >= _SLOW else _limit(lane))
        if not jobs or not tx.lanes.lease(lane, holder, (), now, self.world.leases.until(now)):
            return ()
        deaths = tx.lanes.deaths(self.stage, [j.key for j in jobs])
        items = _apart([_of_job(self.stage, j, deaths, host) for j in jobs], lambda item: item.deaths)
        tx.lanes.take(lane, holder, [i.taken for i in items])
        if self.attempted:
            for item in items:
                tx.journal.add(self.stage, item.key, self.attempted, f"attempt {item.job.attempt + 1}" if item.job else "", (), now)
        return items


@dataclass(frozen=True, kw_only=True, slots=True)
class FromStream:
    """A stream from the offset in our own database: a lane is a partition."""

    stage: str
    stream: Stream
    world: World

    async def ready(self) -> Ready:
        now = self.world.clock()
        ranges = await asyncio.to_thread(self.world.broker.ranges, self.stream.name)
        known = await self.world.store.read(lambda tx: tx.lanes.starting(f"{self.stage}/{self.stream.name}/"))
        lanes = {recovery.lane(self.stage, self.stream.name, partition): kept for partition, kept in ranges.items()}
        if strange := sorted(lanes.keys() - known.keys()):
            raise StreamsDiffer(self.stream.name, f"lane {strange[0]} has no row in the database", "Run: tocsin streams apply")
        behind = {lane for lane, kept in lanes.items() if known[lane].position < kept.end}
        free = frozenset(lane for lane in behind if known[lane].free_dt <= now)
        return Ready(lanes=free, later=free != behind)

    async def take(self, lane: str) -> Batch | None:
        """The lease comes first and names the offsets; the records are read outside. Raises OutOfRange."""
        partition = int(lane.rpartition("/")[2])
        kept = (await asyncio.to_thread(self.world.broker.ranges, self.stream.name))[partition]
        holder, items = self.world.leases.new(), list[Item[bytes]]()
        try:
            leased = await self.world.store.transact(partial(self._lease, lane, holder, partition, kept, self.world.clock()))
            if leased:
                position, limit, deaths = leased
                records = await asyncio.to_thread(self.world.broker.read, self.stream.name, partition, position, limit)
                items = [self._item(r, deaths) for r in records]
        finally:
            if not items:
                await self._hand_back(lane, holder)
        return Batch(lane=lane, holder=holder, items=tuple(items)) if items else None

    async def caught_up(self) -> None:
        """Kafka is told how far we are, so that its tools show our lag; our own offset is the one in the database."""
        prefix = f"{self.stage}/{self.stream.name}/"
        known = await self.world.store.read(lambda tx: tx.lanes.starting(prefix))
        positions = {int(name.removeprefix(prefix)): row.position for name, row in known.items()}
        await asyncio.to_thread(self.world.broker.commit, self.stage, self.stream.name, positions)

    def _lease(
        self, lane: str, holder: str, partition: int, kept: LogRange, now: datetime, tx: Tx
    ) -> tuple[int, int, Mapping[str, int]] | None:
        """Where to read, how many, and who died over them."""
        row = tx.lanes.get(lane)
        if row is None or row.position >= kept.end:
            return None
        names = [self._name(partition, offset) for offset in range(row.position, min(row.position + _LIMIT, kept.end))]
        if not tx.lanes.lease(lane, holder, (), now, self.world.leases.until(now)):
            return None
        deaths = tx.lanes.deaths(self.stage, names)
        names = _apart(names, lambda name: deaths.get(name, 0))
        tx.lanes.take(lane, holder, [(self.stage, name) for name in names])
        return row.position, len(names), deaths

    async def _hand_back(self, lane: str, holder: str) -> None:
        self.world.leases.end(holder)
        now = self.world.clock()
        row = await self.world.store.read(lambda tx: tx.lanes.get(lane))
        if row and row.holder == holder:
            await self.world.store.transact(lambda tx: tx.lanes.move(lane, holder, None, now))

    def _item(self, record: Received, deaths: Mapping[str, int]) -> Item[bytes]:
        name = self._name(record.partition, record.offset)
        return Item(
            key=record.key.replace("\0", ""),  # a foreign one may hold what no database keeps
            value=record.value,
            kind=self.stream.carries.__name__,
            raw=record.value,
            taken=(self.stage, name),
            deaths=deaths.get(name, 0),
            offset=record.offset,
            record_id=dict(record.headers).get("ce_id", ""),
        )

    def _name(self, partition: int, offset: int) -> str:
        return f"{self.stream.name}/{partition}/{offset}"


def _of_job(stage: str, job: Job, deaths: Mapping[str, int], host: HostState | None) -> Item[bytes]:
    return Item(
        key=job.key,
        value=job.value,
        kind=job.kind,
        raw=job.value,
        taken=(stage, job.key),
        deaths=deaths.get(job.key, 0),
        job=job,
        host=host,
    )


def _apart(found: list[T], deaths: Callable[[T], int]) -> list[T]:
    """Up to the first that processes have died over; that one alone."""
    suspect = next((n for n, one in enumerate(found) if deaths(one) >= ALONE), len(found))
    return found[: max(suspect, 1)]


def _limit(lane: str) -> int:
    return _LIMITS.get(lane.partition("/")[0], _LIMIT)
