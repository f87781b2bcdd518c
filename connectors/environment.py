"""The process environment to settings with every default in place, the home, and secrets. Light: the command line starts with it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import platformdirs

from schemas.errors import SettingsError
from schemas.settings import Settings, settings


def load(environment: Mapping[str, str]) -> tuple[Settings, Path]:
    """Raises SettingsError."""
    chosen = settings(environment, _text)
    home = Path(chosen.home or platformdirs.user_data_dir("tocsin")).expanduser().absolute()
    database_url = chosen.database_url or f"sqlite:///{home}/state/tocsin.db"
    return replace(chosen, home=str(home), database_url=database_url), home


def secret(environment: Mapping[str, str], name: str) -> str | None:
    """The value of NAME, or the text of the file that NAME_FILE names. Raises SettingsError where that cannot be read."""
    if path := environment.get(f"{name}_FILE"):
        try:
            return _text(path).strip()
        except OSError as error:
            raise SettingsError(f"{name}_FILE", f"cannot read {path}: {error.strerror}", "Check the path and its mode") from error
    return environment.get(name)


def _text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")
