"""The ways to notify. A new one is one module here and one line in KINDS."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from connectors.channels import apprise_service, lines, webhook
from connectors.channels.kind import Kind, Opening
from connectors.doors import Channel, Fetch, Unsent
from schemas.alert import Message
from schemas.channel import ChannelSpec, Options, Secret
from schemas.errors import SettingsError

KINDS: Mapping[str, Kind] = {"apprise": apprise_service.KIND, "file": lines.KIND, "webhook": webhook.KIND}
OPTIONS: Mapping[str, Options] = {name: kind.options for name, kind in KINDS.items()}


def open_channels(specs: Iterable[ChannelSpec], *, fetch: Fetch, secret: Callable[[str], str | None], home: Path) -> Mapping[str, Channel]:
    """By name. secret: the text of an environment variable, or of the file that NAME_FILE names.

    One that cannot be opened is there too, and says why at each try: it holds no other, and nothing that is meant for it is lost.
    """
    return {spec.name: _open_or_not(spec, fetch, secret, home) for spec in specs}


@dataclass(frozen=True, kw_only=True, slots=True)
class NotOpen:
    """In place of a channel whose options cannot be used as they are."""

    problem: str

    async def send(self, message: Message) -> None:
        raise Unsent(self.problem, permanent=False)


def _open_or_not(spec: ChannelSpec, fetch: Fetch, secret: Callable[[str], str | None], home: Path) -> Channel:
    try:
        return open_channel(spec, fetch, secret, home)
    except SettingsError as error:
        return NotOpen(problem=str(error))


def open_channel(spec: ChannelSpec, fetch: Fetch, secret: Callable[[str], str | None], home: Path) -> Channel:
    """Raises SettingsError."""
    options = {name: _text(spec, name, value, secret) for name, value in spec.options.items()}
    return KINDS[spec.kind].open(Opening(name=spec.name, options=options, fetch=fetch, home=home))


def _text(spec: ChannelSpec, option: str, value: str | Secret, secret: Callable[[str], str | None]) -> str:
    if isinstance(value, str):
        return value
    found = secret(value.env)
    if not found:
        problem = f"is not set, and channel {spec.name} takes its {option} from it"
        raise SettingsError(value.env, problem, f"Set {value.env}, or {value.env}_FILE to the path of a file that holds it")
    return found
