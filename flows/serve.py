"""python -m flows.serve: registers the deployments, runs them when they are due, and lets the reaper look every minute."""

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import psutil
from prefect import get_client
from prefect.client.schemas.filters import FlowFilter, FlowFilterName
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.responses import DeploymentResponse
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.schedules import Schedule
from prefect.types.entrypoint import EntrypointType

from connectors import environment
from connectors.clock import now
from connectors.pidfile import remember
from flows import server
from flows.reaper import GRACE, reap
from flows.run import version
from flows.specs import Spec, specs
from schemas.errors import TocsinError, Unreachable
from schemas.settings import Settings

MARK = "serving.json"  # under run/: this process has registered everything

_ANSWER = 120.0  # seconds until the API must answer
_AT_ONCE = 4  # runs: without a limit, the backlog of a night starts an interpreter each
_LOOK = 2.0  # seconds between looks for runs that are due
_AHEAD = 3.0  # seconds before its time that a run takes its slot and starts its interpreter
_SOON = timedelta(seconds=6)  # the first run: the scheduler looks for new deployments every 5 s
_REAP = 60.0  # seconds
_END = 3.0  # seconds for the runs at work to end by themselves
_log = logging.getLogger("prefect.tocsin")


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What an operator has switched off. Registering a deployment would switch it on again."""

    deployment: bool
    schedule: bool


class Served(Runner):
    """Prefect's own, but SIGTERM only sets an event: its way out leaves runs that hold their slots (measured)."""

    stopped: asyncio.Event

    def handle_sigterm(self, *_: object) -> None:
        asyncio.get_running_loop().call_soon_threadsafe(self.stopped.set)


async def serve(settings: Settings, home: Path) -> None:
    """Until SIGTERM. Raises Unreachable where the API does not answer."""
    wanted, stopped = specs(settings), asyncio.Event()
    flows, sole = sorted({spec.flow for spec in wanted}), server.is_own(settings)
    await _answer(settings)
    async with get_client() as client:
        _log.info("%s", await reap(client, home, flows, now(), sole=sole, grace=timedelta() if sole else GRACE))
        held = held_back(await client.read_deployments(flow_filter=FlowFilter(name=FlowFilterName(any_=flows))), wanted)
    runner = Served(limit=_AT_ONCE, query_seconds=_LOOK, prefetch_seconds=_AHEAD, pause_on_shutdown=False)
    runner.stopped = stopped
    for spec in wanted:
        await runner.aadd_deployment(await deployment(spec, held.get(spec.full_name), now()))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)  # until here there is nothing to end well
    remember(home / "run" / MARK, os.getpid())
    running, reaping = asyncio.create_task(runner.start()), asyncio.create_task(_reap_on(home, flows, sole))
    await asyncio.wait([running, asyncio.create_task(stopped.wait())], return_when=asyncio.FIRST_COMPLETED)
    reaping.cancel()
    (home / "run" / MARK).unlink(missing_ok=True)
    if running.done():
        running.result()
    await _end(running)
    async with get_client() as client:
        await reap(client, home, flows, now(), sole=sole, grace=timedelta() if sole else GRACE)


async def deployment(spec: Spec, held: Held | None, at: datetime) -> RunnerDeployment:
    """held: as it is on the server; None where it is new."""
    module, _, name = spec.entrypoint.rpartition(".")
    schedules = []
    if spec.every or spec.cron:
        active = held is None or held.schedule
        schedules = [Schedule(interval=spec.every, cron=spec.cron, anchor_date=at + _SOON, active=active, slug="main")]
    made = await getattr(import_module(module), name).ato_deployment(
        spec.name,
        schedules=schedules,
        parameters=spec.parameters,
        description=spec.description,
        tags=list(spec.tags),
        version=version(),
        paused=held.deployment if held else spec.paused,
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW, grace_period_seconds=int(GRACE.total_seconds())
        ),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    assert isinstance(made, RunnerDeployment)
    return made


def held_back(known: Sequence[DeploymentResponse], wanted: Sequence[Spec]) -> Mapping[str, Held]:
    """By the deployment's full name, for those that are registered already."""
    by_name = {spec.name: spec.full_name for spec in wanted}
    return {
        by_name[d.name]: Held(deployment=bool(d.paused), schedule=all(s.active for s in d.schedules)) for d in known if d.name in by_name
    }


async def _answer(settings: Settings) -> None:
    until, problem = time.monotonic() + _ANSWER, ""
    while time.monotonic() < until:
        async with get_client() as client:
            failed = await client.api_healthcheck()
        if failed is None:
            return
        problem = str(failed)
        await asyncio.sleep(0.2)
    raise Unreachable(f"Prefect at {server.api(settings)}", problem or "no answer", "Is its server running? See: tocsin up")


async def _reap_on(home: Path, flows: Sequence[str], sole: bool) -> None:
    while True:
        await asyncio.sleep(_REAP)
        try:
            async with get_client() as client:
                done = await reap(client, home, flows, now(), sole=sole)
        except (httpx.HTTPError, RuntimeError) as error:
            _log.warning("the reaper did not reach the server: %s", error)
        else:
            if done.crashed or done.dropped or done.freed:
                _log.warning("%s", done)


async def _end(running: asyncio.Task[Any]) -> None:
    """The runs are told, not their worker processes: those are theirs to end."""
    runs, until = psutil.Process().children(), time.monotonic() + _END
    for run in runs:
        run.terminate()
    while runs and time.monotonic() < until:
        await asyncio.sleep(0.1)
        runs = [run for run in runs if run.is_running()]
    for run in runs:
        run.kill()
    running.cancel()
    await asyncio.wait([running], timeout=0.5)


def main() -> int:
    try:
        settings, home = environment.load(os.environ)
        asyncio.run(serve(settings, home))
    except TocsinError as error:
        sys.stderr.write(f"tocsin: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
