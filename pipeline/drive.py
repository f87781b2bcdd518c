"""Two ways to drive the stages, one loop: *drain* until caught up or out of time (a flow run), *follow* until told to stop (a worker)."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from connectors.doors import OutOfRange
from connectors.world import World
from pipeline.intake import FromJobs, FromStream, Intake
from pipeline.quiet import Quiet
from pipeline.shape import Report, Stage, hand_back, turn
from schemas.errors import BrokerDown, LostLane, StreamsDiffer
from schemas.reasons import Reason
from schemas.streams import READERS

PAUSED = "paused/"  # the fact that an operator has paused a stage
_TICK = 0.25  # seconds between looks for what other processes left us
_REST = 4.0  # times what a look takes, until the next: where a thousand lanes are worked each of them rings, and a look takes 30 ms
_PASSED = 10.0  # seconds for which a follower leaves a lane alone that is outside of its log
_PAUSE = 1.0  # seconds after a broker that did not answer


async def due(world: World, stages: Sequence[str]) -> bool:
    """Is there anything to do now? One read, and the ends of the logs. Raises BrokerDown."""
    now = world.clock()
    paused = await world.store.read(lambda tx: tx.facts.starting(PAUSED))
    awake = [name for name in stages if PAUSED + name not in paused]
    if await world.store.read(lambda tx: tx.jobs.is_due(awake, now) or tx.outbox.depth() > 0):
        return True
    for name in awake:
        if (stream := READERS.get(name)) and (await FromStream(stage=name, stream=stream, world=world).ready()).lanes:
            return True
    return False


class Shift:
    """All stages of one process, side by side, for a time.

    seconds  after so long nothing more is begun; None: until `stopped`
    hear     what is told of each batch at once; a shift without end must have it, for its reports would grow for ever
    down     Kafka did not answer a moment ago: a drain asks it once or not at all, for each question costs seconds
    """

    def __init__(
        self,
        stages: Mapping[str, Stage[Any]],
        world: World,
        *,
        seconds: float | None = 25,
        stopped: asyncio.Event | None = None,
        hear: Callable[[Report], None] | None = None,
        down: BrokerDown | None = None,
    ) -> None:
        self._stages, self._world, self._hear, self._stopped = stages, world, hear, stopped or asyncio.Event()
        self._deadline = None if seconds is None else time.monotonic() + seconds
        self._bells = {name: asyncio.Event() for name in stages}
        self._ended = {name: False for name in stages}
        world.relay.published = self._ring
        self._passed: dict[str, float] = {}  # lanes outside of their logs, and when they were met
        self._down = down
        self._quiet = Quiet()

    async def all(self) -> Report:
        """Raises what one stage raised, after all have ended."""
        total = Report()
        try:
            async with asyncio.TaskGroup() as group:
                runs = [group.create_task(self.run(name)) for name in self._stages]
        except ExceptionGroup as group_of_errors:
            raise group_of_errors.exceptions[0] from group_of_errors
        for run in runs:
            total += run.result()
        return total

    async def run(self, name: str) -> Report:
        """One stage. A drain ends when the stages before it have ended and it is caught up."""
        report = Report()
        try:
            async with asyncio.TaskGroup() as group:
                await self._drive(self._stages[name], report, group)
        except ExceptionGroup as group_of_errors:
            raise group_of_errors.exceptions[0] from group_of_errors
        finally:
            self._ended[name] = True
            self._ring()
        return report

    async def _drive(self, stage: Stage[Any], report: Report, group: asyncio.TaskGroup) -> None:
        """Every lane that has work gets a runner of its own, so that no lane waits for another."""
        runners: dict[str, asyncio.Task[None]] = {}
        intakes, moved = self._intakes(stage), False
        while True:
            self._world.relay.check()
            self._bells[stage.name].clear()
            last = await self._nothing_comes(stage.name)  # asked before the look, so that nothing slips between
            later, began = False, time.monotonic()
            for intake in intakes if self._open() and not await self._paused(stage.name) else ():
                ready, later = await self._look(intake, report, later)
                for lane in ready - runners.keys():
                    runners[lane], moved = group.create_task(self._clear(stage, intake, lane, report)), True
                    runners[lane].add_done_callback(lambda _: self._bells[stage.name].set())
            looked = time.monotonic() - began
            if moved and not runners:
                await asyncio.gather(*(intake.caught_up() for intake in intakes))
                moved = False
            if not runners and (not self._open() or (last and not later)):
                return
            await self._wait(stage.name)
            await asyncio.sleep(min(_REST * looked, _TICK))
            runners = {lane: runner for lane, runner in runners.items() if not runner.done()}

    async def _look(self, intake: Intake, report: Report, later: bool) -> tuple[frozenset[str], bool]:
        self._passed = {lane: met for lane, met in self._passed.items() if self._deadline or time.monotonic() - met < _PASSED}
        if self._down and self._deadline is not None and isinstance(intake, FromStream):
            await self._trouble(report, Reason.BROKER_DOWN, self._down)
            return frozenset(), later
        try:
            ready = await intake.ready()
        except BrokerDown as error:
            self._down = error
            await self._trouble(report, Reason.BROKER_DOWN, error)
            return frozenset(), later
        except StreamsDiffer as error:
            if self._deadline is not None:
                raise
            await self._trouble(report, Reason.STREAM_GAP, error)  # a follower waits: who watches over it holds lanes against logs
            return frozenset(), later
        return ready.lanes - self._passed.keys(), later or ready.later

    async def _clear(self, stage: Stage[Any], intake: Intake, lane: str, report: Report) -> None:
        try:
            while self._open() and await self._turn(stage, intake, lane, report):
                pass
        except LostLane:
            return  # another owner went on: our batch was rolled back, and is theirs
        except BrokerDown as error:
            await self._trouble(report, Reason.BROKER_DOWN, error)
        except OutOfRange as error:
            self._passed[lane] = time.monotonic()  # whoever watches, or the next start, holds it against its log, and says what is missing
            await self._trouble(report, Reason.STREAM_GAP, error)

    async def _turn(self, stage: Stage[Any], intake: Intake, lane: str, report: Report) -> bool:
        """One batch of the lane; False where it has none for us after it."""
        async with self._quiet.beside():
            batch = await intake.take(lane)
            if batch and not batch.suspect:
                self._tell(report, await turn(stage, batch, self._world, self._open))
                self._ring()
                return not batch.last
            if batch:
                await hand_back(batch, self._world)
        if batch is None:
            return False
        async with self._quiet.alone():
            if batch := await intake.take(lane):
                self._tell(report, await turn(stage, batch, self._world, self._open))
                self._ring()
        return batch is not None

    async def _trouble(self, report: Report, reason: Reason, error: Exception) -> None:
        if self._deadline is not None and reason in report.reasons:
            return
        trouble = Report()
        trouble.trouble(reason, str(error))
        self._tell(report, trouble)
        if self._deadline is None:
            await asyncio.sleep(_PAUSE)

    def _tell(self, report: Report, heard: Report) -> None:
        if self._hear:
            self._hear(heard)
        else:
            report += heard

    async def _nothing_comes(self, name: str) -> bool:
        """In a drain: the stages before have ended, and what they published is out, or cannot go out."""
        if self._deadline is None:
            return False
        before = list(self._stages)[: list(self._stages).index(name)]
        if not all(self._ended[stage] for stage in before):
            return False
        return self._world.relay.trouble is not None or await self._world.relay.empty()

    async def _wait(self, name: str) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._bells[name].wait(), _TICK)

    async def _paused(self, name: str) -> bool:
        return await self._world.store.read(lambda tx: tx.facts.get(PAUSED + name)) is not None

    def _intakes(self, stage: Stage[Any]) -> list[Intake]:
        jobs = FromJobs(stage=stage.name, world=self._world, attempted=stage.attempted)
        return [jobs, FromStream(stage=stage.name, stream=stage.stream, world=self._world)] if stage.stream else [jobs]

    def _open(self) -> bool:
        return not self._stopped.is_set() and (self._deadline is None or time.monotonic() < self._deadline)

    def _ring(self) -> None:
        for bell in self._bells.values():
            bell.set()
