"""topics import: a query of another tool as a topic file, or the reason why it cannot be one."""

import re
from enum import StrEnum, auto
from pathlib import Path
from typing import Annotated

import typer

from schemas.errors import ConfigError
from tocsin.cli.context import Json, put, say, show
from tocsin.cli.topics_loaded import two_letters, typed


class Dialect(StrEnum):
    LUCENE = auto()
    MELTWATER = auto()
    EXTRA = auto()


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="Holds one query; - is standard input.")],
    dialect: Annotated[Dialect, typer.Option("--from", help="Whose query it is.")] = Dialect.LUCENE,
    topic_id: Annotated[str, typer.Option("--id", help="The topic's id; made from the file's name where it is left out.")] = "",
    title: Annotated[str, typer.Option("--title", help="Its title; the id where it is left out.")] = "",
    language: Annotated[
        str, typer.Option("--language", callback=two_letters, help="Where the forms of its words come from; every language without it.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Write a query as a topic file, on standard output; remarks stand on the other. Exit code 3: a topic cannot say it, and why."""
    from connectors import files
    from topics import drafts
    from topics.importing import imported
    from topics.importing.query import Refused

    text = typed() if file == "-" else files.read_text(Path(file).absolute())
    chosen = topic_id or _named(file)
    try:
        made = imported(text, dialect, topic_id=chosen, title=title or chosen, language=language or None)
    except Refused as refused:
        say(f"tocsin: {ConfigError(file, *_place(text, refused.offset), refused.problem, refused.fix)}")
        raise typer.Exit(ConfigError.exit_code) from refused
    try:
        drafts.file(made.yaml, file)
    except ConfigError as error:
        raise typer.BadParameter(f"--id: {error.problem}. {error.fix}") from error
    if as_json:
        show([{"topic": chosen, "yaml": made.yaml, "remarks": made.remarks}], True)
    else:
        for line in made.yaml.splitlines():
            put(line)
    for remark in made.remarks:
        say(remark)


def _named(file: str) -> str:
    name = "" if file == "-" else Path(file).stem.lower()
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-") or "imported"


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column."""
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")
