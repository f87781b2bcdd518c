"""streams: Kafka's topics, as our table of streams wants them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from tocsin.cli.context import Json, house, load, no, show

if TYPE_CHECKING:
    from connectors.broker import Kafka
    from pipeline.streams import Plan
    from schemas.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Kafka's topics, as our table of streams wants them.")


@app.command()
def plan(as_json: Json = False) -> None:
    """What apply would do. Changes nothing."""
    from pipeline import streams

    with _kafka() as (kafka, settings):
        _show(streams.plan(kafka, settings), as_json)


@app.command()
def apply(as_json: Json = False) -> None:
    """Make what is missing, set what differs, and note in our database which logs these are. Refuses to shrink or grow a stream."""
    from pipeline import streams

    with _kafka() as (kafka, settings):
        done = streams.apply(kafka, settings)
    asyncio.run(_note())
    _show(done, as_json)


@app.command()
def check(as_json: Json = False) -> None:
    """Whether the streams are as the table says: 0 yes, 1 no."""
    from pipeline import streams

    with _kafka() as (kafka, settings):
        found = streams.plan(kafka, settings)
    _show(found, as_json)
    if found.differences:
        no("the streams differ. See: tocsin streams plan")


async def _note() -> None:
    """The start of a house holds lanes against logs, and writes the rows of those that are new."""
    async with house() as opened:
        if opened.broker_down:
            raise opened.broker_down


def _show(plan: "Plan", as_json: bool) -> None:
    rows = [
        {"action": action, **asdict(difference)}
        for action, differences in (("refuse", plan.refused), ("create", plan.missing), ("set", plan.settings))
        for difference in differences
    ]
    show(rows, as_json, empty="the streams are as the table says")


@contextmanager
def _kafka() -> Iterator[tuple["Kafka", "Settings"]]:
    from connectors.broker import Kafka

    settings, _ = load()
    kafka = Kafka(settings)
    try:
        yield kafka, settings
    finally:
        kafka.close()


@app.callback()
def _noun() -> None:
    """Kafka's topics, as our table of streams wants them."""
