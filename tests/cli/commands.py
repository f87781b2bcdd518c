"""Every command there is, found in the program itself."""

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from tocsin.cli import app


def commands() -> dict[tuple[str, ...], Any]:
    """By the words that a person types."""
    return dict(_below(get_command(app), ()))


def _below(command: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    named = getattr(command, "commands", {})
    if not named:
        yield words, command
    for name, inner in named.items():
        yield from _below(inner, (*words, name))
