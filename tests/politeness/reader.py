"""A reader that polls over real HTTP into a real database, by a clock that the test moves, and starts anew again and again."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from connectors.fetch import Web
from connectors.memory_broker import MemoryBroker
from connectors.memory_site import InlineWorkers
from connectors.store import Tx, open_store
from connectors.world import World, assembled
from pipeline.intake import FromJobs
from pipeline.path import path
from pipeline.shape import Stage, turn
from pipeline.start import House, prepare
from schemas import codec
from schemas.article import Entry
from schemas.feed import FeedState
from schemas.reasons import Reason
from schemas.settings import Settings
from tests.databases import asked
from tests.politeness.publisher import Call, Publisher, Script
from tests.town import NOON, ManualClock

T = TypeVar("T")

ROUTES = "channels:\n  mail: {kind: file, path: mail.jsonl}\nroutes:\n  - {topics: all, channels: [mail]}\n"
_LATER = datetime(2100, 1, 1, tzinfo=UTC)


class CountingWorkers(InlineWorkers):
    """The memory twin of the workers' door. runs: how often each work was asked for."""

    def __init__(self) -> None:
        self.runs = Counter[str]()

    async def run(self, work: Callable[..., T], *args: object) -> T:
        self.runs[work.__name__] += 1
        return await super().run(work, *args)


@dataclass(kw_only=True)
class Reader:
    """restart: a fresh process after so many rounds. workers: those of all its processes."""

    home: Path
    clock: ManualClock
    publishers: list[Publisher]
    stages: tuple[str, ...] = ("poll",)
    restart: int = 20
    pace: float = 0
    broker: MemoryBroker = field(default_factory=MemoryBroker)
    workers: CountingWorkers = field(default_factory=CountingWorkers)
    reasons: Counter[Reason] = field(default_factory=Counter)
    chance: Callable[[], float] = field(default_factory=lambda: random.Random(7).random)

    @property
    def calls(self) -> list[Call]:
        """At the first publisher, in order."""
        return self.publishers[0].calls

    async def lives(self, span: timedelta) -> None:
        """From one due job to the next, until that much time has passed."""
        end = self.clock.now + span
        while (moment := await self._round(end)) and moment <= end:
            pass
        self.clock.now = end

    @asynccontextmanager
    async def house(self) -> AsyncIterator[House]:
        """As a freshly started process sees it."""
        store, allowed = open_store(self.database_url), tuple(publisher.place for publisher in self.publishers)
        try:
            async with (
                Web(contact="https://tocsin.example/contact", version="1.2.3", allow_hosts=allowed) as web,
                assembled(
                    store=store,
                    broker=self.broker,
                    fetch=web,
                    workers=self.workers,
                    clock=self.clock,
                    chance=self.chance,
                    host_pace=self.pace,
                ) as world,
            ):
                house = House(Settings(config=str(self.home / "config")), self.home, world, {})
                await prepare(house)
                yield house
        finally:
            store.close()

    async def _round(self, end: datetime) -> datetime | None:
        """A process and its next few rounds; when another round is due, None where none is."""
        async with self.house() as house:
            for _ in range(self.restart):
                moment = await house.world.store.read(self._due)
                if moment is None or moment > end:
                    break
                self.clock.now = max(self.clock.now, moment)
                for stage in path(house, self.stages).values():
                    await self._clear(stage, house.world)
            while not await house.world.relay.empty():
                await asyncio.sleep(0.001)
            return await house.world.store.read(self._due)

    async def _clear(self, stage: Stage[Any], world: World) -> None:
        intake = FromJobs(stage=stage.name, world=world)
        while lanes := (await intake.ready()).lanes:
            for lane in sorted(lanes):
                if batch := await intake.take(lane):
                    report = await turn(stage, batch, world)
                    assert not report.troubles
                    self.reasons.update(report.reasons)

    def _due(self, tx: Tx) -> datetime | None:
        """When the next job of its stages may be taken."""
        waiting = [job for name in self.stages for lane in tx.jobs.due_lanes(name, _LATER) for job in tx.jobs.due(name, lane, _LATER, 1)]
        resting = {job.lane: lane.free_dt for job in waiting if (lane := tx.lanes.get(job.lane))}
        return min((max(job.due_dt, resting.get(job.lane, job.due_dt)) for job in waiting), default=None)

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.home}/state/tocsin.db"

    def state(self, feed: str = "paper") -> FeedState:
        found = self.read(lambda tx: tx.feeds.get(feed))
        assert found
        return found

    def entries(self) -> set[str]:
        """Titles of all that wait for their page."""
        return self.read(_titles)

    def read(self, question: Callable[[Tx], T]) -> T:
        return asked(self.database_url, question)


def _titles(tx: Tx) -> set[str]:
    waiting = [job for lane in tx.jobs.due_lanes("extract", _LATER) for job in tx.jobs.due("extract", lane, _LATER, 10_000)]
    return {codec.load(Entry, job.value).title for job in waiting}


@asynccontextmanager
async def opened(
    home: Path,
    *scripts: Script,
    paths: tuple[str, ...] = ("/feed",),
    options: str = "",
    clock: ManualClock | None = None,
    slow: float = 0,
    **reader: Any,
) -> AsyncIterator[Reader]:
    """A publisher a script, each at an address of its own with a feed at each of the paths: `paper`, then `paper2` and so on."""
    clock = clock or ManualClock(NOON)
    publishers = [Publisher(script=script, clock=clock, address=f"127.0.0.{n}", slow=slow) for n, script in enumerate(scripts, 1)]
    try:
        for publisher in publishers:
            await publisher.start()
        urls = [publisher.url(path) for publisher in publishers for path in paths]
        rows = (f"  paper{n if n > 1 else ''}: {{url: '{url}'{options}}}\n" for n, url in enumerate(urls, 1))
        config = home / "config"
        config.mkdir(parents=True)
        (config / "feeds.yaml").write_text(f"feeds:\n{''.join(rows)}")
        (config / "routes.yaml").write_text(ROUTES)
        yield Reader(home=home, clock=clock, publishers=publishers, **reader)
    finally:
        for publisher in publishers:
            publisher.stop()


def watch(home: Path, *scripts: Script, span: timedelta, **options: Any) -> Reader:
    """What a reader has done after that time."""

    async def played() -> Reader:
        async with opened(home, *scripts, **options) as reader:
            await reader.lives(span)
        return reader

    return asyncio.run(played())
