"""The reaper: after a kill or a power cut no run of ours stays at work for ever, no slot stays taken, no missed runs are worked off.

A slot that a dead run holds makes CANCEL_NEW cancel every later run. Only a *forced* Crashed frees it at once (measured).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.states import Cancelled, Crashed

from flows.cycles import Cycle, cycles

AT_WORK = (StateType.RUNNING, StateType.PENDING, StateType.CANCELLING)
GRACE = timedelta(seconds=60)  # from taking a slot to the mark of a process that works: an interpreter starts in 3 s
LATE = timedelta(seconds=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reaped:
    crashed: int = 0
    dropped: int = 0
    freed: int = 0

    def __str__(self) -> str:
        return f"{self.crashed} dead runs ended, {self.dropped} missed runs dropped, {self.freed} slots freed"


def dead(runs: Iterable[FlowRun], marks: Mapping[str, Cycle], now: datetime, sole: bool, grace: timedelta) -> list[FlowRun]:
    """Of the runs that are said to be at work, those that nobody works on.

    marks  by run: what the processes of this home have written down
    sole   nobody else runs our deployments on that server. Else a run at work without a mark may be another machine's
    """
    return [run for run in runs if _is_dead(run, marks.get(str(run.id)), now, sole, grace)]


def _is_dead(run: FlowRun, mark: Cycle | None, now: datetime, sole: bool, grace: timedelta) -> bool:
    if mark:
        return mark.process is None
    if run.work_pool_name or run.state is None or (run.state.type is StateType.RUNNING and not sole):
        return False
    return now - run.state.timestamp >= grace


def missed(runs: Iterable[FlowRun], now: datetime) -> list[FlowRun]:
    """Runs whose time has passed, but for the newest of each deployment: the next cycle does what they would have done."""
    late = [run for run in runs if run.expected_start_time and run.expected_start_time < now - LATE]
    newest: dict[UUID | None, FlowRun] = {}
    for run in sorted(late, key=lambda r: r.expected_start_time or now):
        newest[run.deployment_id] = run
    return [run for run in late if newest[run.deployment_id] is not run]


async def reap(client: PrefectClient, home: Path, flows: Sequence[str], now: datetime, *, sole: bool, grace: timedelta = GRACE) -> Reaped:
    """Of our deployments alone. May be called at any time, and by several."""
    ours = await client.read_deployments(flow_filter=FlowFilter(name=FlowFilterName(any_=list(flows))))
    if not ours:
        return Reaped()
    marks = {cycle.run_id: cycle for cycle in cycles(home)}
    runs = await _runs(client, ours, AT_WORK)
    gone = dead(runs, marks, now, sole, grace)
    for run in gone:
        await client.set_flow_run_state(run.id, Crashed(message="Its process is gone; ended by the reaper."), force=True)
    for cycle in marks.values():
        if cycle.process is None:
            cycle.file.unlink(missing_ok=True)
    late = missed(await _runs(client, ours, (StateType.SCHEDULED,), before=now - LATE), now)
    for run in late:
        await client.set_flow_run_state(run.id, Cancelled(message="Missed: nothing ran at its time."), force=True)
    freed = [await _freed(client, deployment.id) for deployment in ours] if sole else []
    return Reaped(crashed=len(gone), dropped=len(late), freed=sum(freed))


async def _runs(
    client: PrefectClient, ours: Sequence[DeploymentResponse], types: Sequence[StateType], before: datetime | None = None
) -> list[FlowRun]:
    return await client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[d.id for d in ours])),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(types))),
            next_scheduled_start_time=FlowRunFilterNextScheduledStartTime(before_=before) if before else None,  # type: ignore[arg-type]
        ),
    )


async def _freed(client: PrefectClient, deployment_id: UUID) -> int:
    """Slots that are taken though no run is at work. The runs are read last: one that began meanwhile is seen."""
    deployment = await client.read_deployment(deployment_id)
    limit = deployment.global_concurrency_limit
    if limit is None or not limit.active_slots or await _runs(client, [deployment], AT_WORK):
        return 0
    await client.update_global_concurrency_limit(limit.name, GlobalConcurrencyLimitUpdate(active_slots=0))
    return limit.active_slots
