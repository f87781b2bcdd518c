"""feeds.yaml, as the commands on feeds read and write it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.errors import ConfigError
from tocsin.cli.context import load

if TYPE_CHECKING:
    from schemas.feed import Feed

NONE = "no feeds yet: tocsin feeds add URL, and a folder to begin with: tocsin init"


def configured() -> "tuple[Feed, ...]":
    """Raises ConfigError."""
    from articles import subscriptions
    from connectors import files

    folder = Path(load()[0].config)
    return subscriptions.feeds(files.read_config(folder).get("feeds.yaml", "feeds: {}"), "feeds.yaml")


def opened() -> tuple[str, Callable[[str], None]]:
    """Its text, and the way to write another. Raises ConfigError."""
    from connectors import files

    path = Path(load()[0].config) / "feeds.yaml"
    if not path.exists():
        raise ConfigError("feeds.yaml", 1, 1, "there is no such file", "Write a configuration to begin with: tocsin init")
    return files.read_text(path), lambda text: files.write_atomic(path, text.encode())
