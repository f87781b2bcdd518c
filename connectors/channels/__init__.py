"""The ways to notify. A new one is one module here and one line in KINDS."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from connectors.channels import apprise_service, lines, webhook
from connectors.channels.kind import Kind, Opening
from connectors.doors import Channel, Fetch
from schemas.channel import ChannelSpec, Secret
from schemas.errors import SettingsError

KINDS: Mapping[str, Kind] = {"apprise": apprise_service.KIND, "file": lines.KIND, "webhook": webhook.KIND}
OPTIONS: Mapping[str, tuple[str, ...]] = {name: kind.required + kind.optional for name, kind in KINDS.items()}


def open_channels(specs: Iterable[ChannelSpec], *, fetch: Fetch, secret: Callable[[str], str | None], home: Path) -> Mapping[str, Channel]:
    """By name. secret: the text of an environment variable, or of the file that NAME_FILE names. Raises SettingsError."""
    return {spec.name: _opened(spec, fetch, secret, home) for spec in specs}


def _opened(spec: ChannelSpec, fetch: Fetch, secret: Callable[[str], str | None], home: Path) -> Channel:
    kind = KINDS[spec.kind]
    options = {name: _text(spec, name, value, secret) for name, value in spec.options.items()}
    if missing := [name for name in kind.required if not options.get(name)]:
        raise SettingsError(f"channel {spec.name}", f"a {spec.kind} needs {' and '.join(missing)}", "Add it in routes.yaml")
    return kind.open(Opening(name=spec.name, options=options, fetch=fetch, home=home))


def _text(spec: ChannelSpec, option: str, value: str | Secret, secret: Callable[[str], str | None]) -> str:
    if isinstance(value, str):
        return value
    found = secret(value.env)
    if not found:
        problem = f"is not set, and channel {spec.name} takes its {option} from it"
        raise SettingsError(value.env, problem, f"Set {value.env}, or {value.env}_FILE to the path of a file that holds it")
    return found
