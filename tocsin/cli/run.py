"""Commands that work: up, run, work, pause, resume."""

import asyncio
import json
import os
import signal
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.work import STAGES
from tocsin.cli.context import Json, house, load, say, store

if TYPE_CHECKING:
    from pipeline.shape import Report

_PATIENCE = 600.0  # seconds for one cycle by hand
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
        print(json.dumps({"reasons": report.reasons, "troubles": report.troubles}))  # noqa: T201
    else:
        say(str(report))
    for trouble in report.troubles:
        say(f"trouble: {trouble}")
    raise typer.Exit(1 if report.troubles else 0)


async def _cycle() -> "Report":
    from pipeline.drive import Shift
    from pipeline.path import path
    from schemas.reasons import Reason

    async with house() as opened:
        report = await Shift(path(opened), opened.world, seconds=_PATIENCE).all()
        if opened.refused:
            report.trouble(Reason.CONFIG_REFUSED, f"{opened.refused} (the last good configuration was used)")
        return report


def work(stages: Annotated[list[str], typer.Argument(help=f"Any of: {', '.join(STAGES)}.")]) -> None:
    """Follow one or more stages until told to stop (Ctrl-C, SIGTERM). Any number may run, on any number of machines."""
    if unknown := [name for name in stages if name not in STAGES]:
        raise typer.BadParameter(f"there is no stage {unknown[0]}; there are: {', '.join(STAGES)}")
    asyncio.run(_work(stages))


async def _work(stages: list[str]) -> None:
    from pipeline.drive import Shift
    from pipeline.path import path
    from tocsin import log

    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with house() as opened:
        log.configure(opened.settings.log)
        say(f"following {', '.join(stages)}; Ctrl-C stops")
        await Shift(path(opened, stages), opened.world, seconds=None, stopped=stopped, hear=_hear).all()


def _hear(report: "Report") -> None:
    """A line a batch: what became of its items."""
    from tocsin import log

    log.line("batch", **{str(reason): count for reason, count in report.reasons.items()})
    for trouble in report.troubles:
        log.line("trouble", what=trouble)


def pause(stage: _Stage = "") -> None:
    """Begin nothing more at a stage, until it is resumed; what waits there is kept. It outlives restarts."""
    _set(stage, "yes")


def resume(stage: _Stage = "") -> None:
    """Go on where a stage was paused."""
    _set(stage, None)


def _set(stage: str, value: str | None) -> None:
    if stage and stage not in STAGES:
        raise typer.BadParameter(f"there is no stage {stage}; there are: {', '.join(STAGES)}")
    opened = store()
    for name in [stage] if stage else STAGES:
        opened.write_now(lambda tx, name=name: tx.facts.set(f"paused/{name}", value))  # type: ignore[misc]
    opened.close()
    say(f"{stage or 'all stages'} {'paused' if value else 'resumed'}")
