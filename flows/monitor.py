"""monitor: one flow run is one cycle of the path, a task a stage, the stages side by side."""

import asyncio
from typing import Annotated, Any, Literal, get_args

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from prefect.utilities.annotations import quote
from pydantic import Field

from connectors.world import World
from flows import artifacts, events
from flows.outcome import Outcome, message, outcome
from flows.run import opened, run_name, told_to_stop
from pipeline.drive import Shift, due
from pipeline.path import path
from pipeline.shape import Report
from pipeline.start import House
from schemas.alert import Alert
from schemas.errors import BrokerDown
from schemas.feed import FeedState
from schemas.reasons import Reason

StageName = Literal["poll", "extract", "track", "ring", "deliver"]
ALL: list[StageName] = list(get_args(StageName))
Stages = Annotated[list[StageName], Field(description="The stages to work, of the five.", min_length=1)]
Seconds = Annotated[float, Field(ge=1, le=100, description="After so long nothing more is begun.")]

_SHOWN_ALERTS = 20
_LAST_SECONDS = 1.5  # for what is in work when a run is told to stop


@task(task_run_name="{name}", cache_policy=NO_CACHE)
async def work(name: str, shift: Any) -> Report:
    """One stage, until those before it have ended and it is caught up, or the time is spent."""
    report: Report = await shift.run(name)
    return report


@flow(name="monitor", flow_run_name=run_name)
async def monitor(stages: Stages = ALL, seconds: Seconds = 25) -> State[Any]:
    """One cycle of the path. Ends as Quiet, Published, Partial (somebody refused something) or Failed (a fault of ours, or no Kafka)."""
    async with opened() as house:
        if house.broker_down is None and not await _due(house.world, stages):
            return Completed(name=Outcome.QUIET, message="nothing is due")
        with told_to_stop() as stopped:
            before = await house.world.store.read(lambda tx: tx.feeds.all())
            report = await _cycle(house, stages, seconds, stopped)
            await _show(house.world, report, before)
    return _end(report, cut=stopped.is_set())


async def _due(world: World, stages: list[StageName]) -> bool:
    try:
        return await due(world, stages)
    except BrokerDown:
        return True  # poll never waits for Kafka; the stages that need it say so


async def _cycle(house: House, stages: list[StageName], seconds: float, stopped: asyncio.Event) -> Report:
    """All stages have ended before what one of them raised goes on. A stage that was cut short reports nothing."""
    shift = Shift(path(house, stages), house.world, seconds=seconds, stopped=stopped, down=house.broker_down)
    runs = [asyncio.create_task(work(name, quote(shift))) for name in ALL if name in stages]
    cutting = asyncio.create_task(_cut_short(runs, stopped))
    done = await asyncio.gather(*runs, return_exceptions=True)
    cutting.cancel()
    total = Report()
    for found in done:
        if isinstance(found, Report):
            total += found
        elif not isinstance(found, asyncio.CancelledError):
            raise found
    if house.refused:
        total.trouble(Reason.CONFIG_REFUSED, f"{house.refused} (the last good configuration was used)")
    return total


async def _cut_short(runs: list[asyncio.Task[Report]], stopped: asyncio.Event) -> None:
    """Cancelled, a stage hands back what it has in work; killed, it would count as a death of those items."""
    await stopped.wait()
    await asyncio.sleep(_LAST_SECONDS)
    for run in runs:
        run.cancel()


async def _show(world: World, report: Report, before: list[FeedState]) -> None:
    feeds, recent = await world.store.read(_facts)
    await artifacts.put_table("feed-health", artifacts.feed_rows(feeds), "Every feed, those that fail first.")
    await artifacts.put_markdown("alerts", artifacts.alert_text(recent), f"The last {_SHOWN_ALERTS} alerts.")
    events.tell(report.alerts, before, feeds)


def _facts(tx: Any) -> tuple[list[FeedState], list[Alert]]:
    return tx.feeds.all(), tx.alerts.recent(_SHOWN_ALERTS)


def _end(report: Report, cut: bool) -> State[Any]:
    name, said = outcome(report), message(report)
    if name is Outcome.FAILED:
        return Failed(message=said)
    return Completed(name=Outcome.PARTIAL, message=f"{said}; told to stop, the rest waits") if cut else Completed(name=name, message=said)
