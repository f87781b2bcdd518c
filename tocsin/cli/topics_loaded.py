"""The topics that a command speaks of: those of the configuration, or of files that it names."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.context import load, say

if TYPE_CHECKING:
    from schemas.topic import Topic

Files = Annotated[
    list[Path] | None,
    typer.Option("--topics", help="A topic file or a folder of them, in place of the configured ones. May be given several times."),
]
TopicId = Annotated[str, typer.Argument(metavar="TOPIC", help="A topic's id.")]


def loaded(paths: Sequence[Path] | None = None) -> "tuple[Topic, ...]":
    """Raises ConfigError. Forms are kept in the home, where there is one."""
    settings, home = load()
    if not paths and home.is_dir():
        from pipeline.compiled import Compiled

        return Compiled(home, settings.languages).load(_configured(settings.config))
    from pipeline.forms import Forms
    from topics.catalog import Catalog
    from topics.inflection import inflections

    texts = _texts(paths) if paths else _configured(settings.config)
    return Catalog(settings.languages, Forms(home) if home.is_dir() else inflections).load(texts)


def one(topic_id: str, paths: Sequence[Path] | None = None) -> "Topic":
    known = {topic.topic_id: topic for topic in loaded(paths)}
    if topic_id not in known:
        raise typer.BadParameter(f"there is no topic {topic_id}; there are: {', '.join(known) or 'none'}")
    return known[topic_id]


def two_letters(language: str) -> str:
    """What an option says, checked."""
    if language and not re.fullmatch("[a-z]{2}", language):
        raise typer.BadParameter(f"{language!r} is no language: write its two small letters, such as de")
    return language


def typed() -> str:
    """All of standard input."""
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace") if sys.stdin else ""


def _configured(folder: str) -> dict[str, str]:
    from connectors import files
    from pipeline.config import topic_texts

    texts = topic_texts(files.read_config(Path(folder)))
    if not texts:
        say(f"{folder} holds no topics/*.yaml")
    return texts


def _texts(paths: Sequence[Path]) -> dict[str, str]:
    """By their whole path: they stand outside of the configuration's folder."""
    from connectors import files

    found: dict[str, str] = {}
    for path in map(Path.absolute, paths):
        inside = sorted(file for file in path.rglob("*.yaml") if not file.name.startswith(".")) if path.is_dir() else [path]
        if not inside:
            say(f"{path} holds no *.yaml")
        found |= {str(file): files.read_text(file) for file in inside}
    return found
