"""What every command shares: settings, an open house, one way to print rows, one way to fail."""

import json
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from schemas.errors import ConfigError, TocsinError
from schemas.settings import Settings

if TYPE_CHECKING:
    from connectors.store import Store, Tx
    from pipeline.compiled import Compiled
    from pipeline.start import House
    from schemas.article import Article

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, on stdout.")]

NO, PARTLY = 1, 5  # ran fine, the answer is no; done in part

_NARROW = 24  # characters: a column of a table that is never broken


def load() -> tuple[Settings, Path]:
    from connectors.environment import load

    return load(os.environ)


@asynccontextmanager
async def house(topics: "Compiled | None" = None) -> AsyncIterator["House"]:
    """The whole house, its lanes held against Kafka's logs. topics: of the house before."""
    from pipeline.start import started
    from tocsin import __version__

    async with started(os.environ, __version__, topics) as opened:
        yield opened


def store() -> "Store":
    """The database alone: for commands that look and do not work."""
    from connectors.store import open_store

    return open_store(load()[0].database_url)


def article_named(tx: "Tx", named: str) -> "Article | None":
    """The stored article of this id, or at this address as a feed or a browser shows it."""
    from articles.identity import normalised

    return tx.articles.at([named, normalised(named)]) if "://" in named else tx.articles.get(named)


def say(text: str) -> None:
    """To people: everything that is not data goes to stderr."""
    print("\n".join(map(clean, text.split("\n"))), file=sys.stderr)  # noqa: T201


def put(line: str) -> None:
    """Data, on stdout, at once. Whoever read us may have gone: that is no error."""
    try:
        print(line, flush=True)  # noqa: T201
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is flushed once more at the end
        raise typer.Exit(0) from None


def show(rows: Sequence[Mapping[str, Any]], as_json: bool, empty: str = "nothing", table: Sequence[str] = ()) -> None:
    """Data, on stdout: a table for people, tabs where it is piped, or a JSON object a line. table: the columns that people see."""
    if as_json:
        for row in rows:
            put(_json(row))
    elif not rows:
        say(empty)
    elif sys.stdout.isatty():
        _table([{name: row[name] for name in table or row} for row in rows])
    else:
        for row in rows:
            put("\t".join(clean(_text(value)) for value in row.values()))


def located(error: TocsinError) -> str:
    """In words; a file of the configuration under its whole path, which an editor opens."""
    if not isinstance(error, ConfigError):
        return str(error)
    path = Path(load()[0].config) / error.path
    return str(ConfigError(str(path), error.line, error.column, error.problem, error.fix))


def no(text: str) -> NoReturn:
    """The command ran fine; the answer is no."""
    say(text)
    raise typer.Exit(NO)


def clean(text: str) -> str:
    """One line, and no control or bidi character of hostile text reaches the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _json(row: Mapping[str, Any]) -> str:
    """A terminal may show it, so what json leaves as it is (C1 controls, bidi marks) is escaped too."""
    text = json.dumps(row, ensure_ascii=False, default=_plain)
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def _plain(value: Any) -> Any:
    return _instant(value) if isinstance(value, datetime) else str(value)


def _table(rows: Sequence[Mapping[str, Any]]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False, show_header=any(name.strip() for name in rows[0]))
    for name in rows[0]:
        longest = max(len(_text(row[name], short=True)) for row in rows)
        table.add_column(name.replace("_", " "), overflow="fold", no_wrap=longest <= _NARROW)
    for row in rows:
        table.add_row(*(escape(clean(_text(value, short=True))) for value in row.values()))
    Console().print(table)


def _text(value: Any, short: bool = False) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%d %b %H:%M}Z" if short else _instant(value)
    return "" if value is None else ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _instant(dt: datetime) -> str:
    """RFC 3339, in Z."""
    return dt.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
