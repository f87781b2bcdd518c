"""Commands that work: up, run, work, pause, resume."""

import asyncio
import os
import signal
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.errors import BrokerDown, ConfigError
from schemas.reasons import Reason
from schemas.work import STAGES
from tocsin.cli.context import NO, Json, house, load, say, show, store

if TYPE_CHECKING:
    from connectors.store import Tx
    from pipeline.shape import Report
    from pipeline.start import House

_PATIENCE = 600.0  # seconds for one cycle by hand
_ENDS = {Reason.BROKER_DOWN: BrokerDown.exit_code, Reason.CONFIG_REFUSED: ConfigError.exit_code}  # what the exit code tells first
_Stage = Annotated[str, typer.Argument(help=f"One of: {', '.join(STAGES)}. Without it, all.")]


def up() -> None:
    """Start everything on this machine: Kafka (if none is given), the Prefect server (if none is given), the flows."""
    from tocsin.up import up as supervise

    settings, home = load()
    raise typer.Exit(asyncio.run(supervise(settings, home, os.environ, ready=say)))


def run(once: Annotated[bool, typer.Option("--once", help="One cycle, then end.")] = False, as_json: Json = False) -> None:
    """One cycle of the whole path, without a Prefect server."""
    if not once:
        raise typer.BadParameter("say --once; to run day and night: tocsin up")
    report = asyncio.run(_cycle())
    if as_json:
        show([_row(report)], True)
    else:
        say(str(report))
    for trouble in dict.fromkeys(report.troubles):
        say(f"trouble: {trouble}")
    raise typer.Exit(next((code for reason, code in _ENDS.items() if reason in report.reasons), NO if report.troubles else 0))


async def _cycle() -> "Report":
    from pipeline.drive import Shift
    from pipeline.path import path

    async with house() as opened:
        if opened.broker_down and not await opened.world.store.read(lambda tx: tx.lanes.starting("track/")):
            say("nothing is polled yet: the database is new, and only Kafka can tell whether one was lost")
        report = await Shift(path(opened), opened.world, seconds=_PATIENCE, down=opened.broker_down).all()
        if opened.refused:
            report.trouble(Reason.CONFIG_REFUSED, f"{opened.refused} (the last good configuration was used)")
        return report


def work(stages: Annotated[list[str], typer.Argument(help=f"Any of: {', '.join(STAGES)}.")], as_json: Json = False) -> None:
    """Follow one or more stages until told to stop (Ctrl-C, SIGTERM). Any number may run, on any number of machines."""
    if unknown := [name for name in stages if name not in STAGES]:
        raise typer.BadParameter(f"there is no stage {unknown[0]}; there are: {', '.join(STAGES)}")
    asyncio.run(_work(stages, as_json))


async def _work(stages: list[str], as_json: bool) -> None:
    from tocsin import log

    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    topics = None
    while not stopped.is_set():
        async with house(topics) as opened:
            topics = opened.topics
            log.configure(opened.settings.log)
            say(f"following {', '.join(stages)}; Ctrl-C stops")
            await _follow(opened, stages, stopped, as_json)


async def _follow(opened: "House", stages: list[str], stopped: asyncio.Event, as_json: bool) -> None:
    """Until stopped, or until the operator's files have changed. Raises what ended the watch or the work."""
    from pipeline.drive import Shift
    from pipeline.path import path
    from pipeline.start import watch

    renewed = asyncio.Event()
    shift = Shift(path(opened, stages), opened.world, seconds=None, stopped=renewed, hear=partial(_hear, as_json=as_json))
    try:
        async with asyncio.TaskGroup() as group:
            watching = group.create_task(watch(opened, stopped, renewed))
            await _first(stopped, renewed, group.create_task(shift.all()))
            renewed.set()
            watching.cancel()
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from errors


async def _first(stopped: asyncio.Event, renewed: asyncio.Event, working: asyncio.Task["Report"]) -> None:
    """Until one of these is so."""
    waits = [asyncio.create_task(event.wait()) for event in (stopped, renewed)]
    await asyncio.wait([*waits, working], return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()


def _hear(report: "Report", as_json: bool) -> None:
    """A line a batch: what became of its items."""
    from tocsin import log

    if as_json:
        show([_row(report)], True)
    else:
        log.line("batch", **{str(reason): count for reason, count in report.reasons.items()})
    for trouble in dict.fromkeys(report.troubles):
        log.line("trouble", what=trouble)


def _row(report: "Report") -> dict[str, object]:
    return {"reasons": report.reasons, "troubles": report.troubles}


def pause(stage: _Stage = "", as_json: Json = False) -> None:
    """Begin nothing more at a stage, until it is resumed; what waits there is kept. It outlives restarts."""
    _set(stage, "yes", as_json)


def resume(stage: _Stage = "", as_json: Json = False) -> None:
    """Go on where a stage was paused."""
    _set(stage, None, as_json)


def _set(stage: str, value: str | None, as_json: bool) -> None:
    if stage and stage not in STAGES:
        raise typer.BadParameter(f"there is no stage {stage}; there are: {', '.join(STAGES)}")
    names = [stage] if stage else [*STAGES]
    opened = store()
    opened.write_now(lambda tx: _note(tx, names, value))
    opened.close()
    if as_json:
        show([{"stage": name, "paused": value is not None} for name in names], True)
    say(f"{stage or 'all stages'} {'paused' if value else 'resumed'}")


def _note(tx: "Tx", names: list[str], value: str | None) -> None:
    for name in names:
        tx.facts.set(f"paused/{name}", value)
