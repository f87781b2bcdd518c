"""What every command shares: settings, an open house, one way to print rows, one way to fail."""

import json
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from schemas.settings import Settings

if TYPE_CHECKING:
    from connectors.store import Store
    from pipeline.start import House

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, on stdout.")]

NO = 1  # ran fine, the answer is no


def load() -> tuple[Settings, Path]:
    from connectors.environment import load

    return load(os.environ)


@asynccontextmanager
async def house() -> AsyncIterator["House"]:
    """The whole house, its lanes held against Kafka's logs."""
    from pipeline.start import started
    from tocsin import __version__

    async with started(os.environ, __version__) as opened:
        yield opened


def store() -> "Store":
    """The database alone: for commands that look and do not work."""
    from connectors.store import open_store

    return open_store(load()[0].database_url)


def say(text: str) -> None:
    """To people: everything that is not data goes to stderr."""
    print(text, file=sys.stderr)  # noqa: T201


def show(rows: Sequence[Mapping[str, Any]], as_json: bool, empty: str = "nothing") -> None:
    """Data, on stdout: a table for people, or a JSON object a line."""
    if as_json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False, default=str))  # noqa: T201
    elif not rows:
        say(empty)
    elif sys.stdout.isatty():
        _table(rows)
    else:
        for row in rows:
            print("\t".join(_cell(value) for value in row.values()))  # noqa: T201


def no(text: str) -> NoReturn:
    """The command ran fine; the answer is no."""
    say(text)
    raise typer.Exit(NO)


def _table(rows: Sequence[Mapping[str, Any]]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in rows[0]:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(escape(_cell(value)) for value in row.values()))
    Console().print(table)


def _cell(value: Any) -> str:
    """One line, and no control character of hostile text reaches the terminal."""
    text = "" if value is None else ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return "".join(c if c.isprintable() else " " for c in text)
