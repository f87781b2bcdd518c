"""What a kind of channel is: the options that it knows, and how it is opened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from connectors.doors import Channel, Fetch
from schemas.channel import Options


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """What a channel is made of. options: in clear, so this value is never shown."""

    name: str
    options: Mapping[str, str]
    fetch: Fetch
    home: Path

    def __repr__(self) -> str:
        return f"Opening({self.name!r})"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """open raises SettingsError where an option cannot be used."""

    options: Options
    open: Callable[[Opening], Channel]
