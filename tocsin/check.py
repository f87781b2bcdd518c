"""The operator's files as a run reads them, and each channel opened as a run opens it; nothing is sent."""

from collections.abc import Callable
from pathlib import Path

from connectors import channels, files
from connectors.fetch import Web
from pipeline.compiled import Compiled
from pipeline.config import ROUTES, Config, config
from schemas import positions
from schemas.errors import ConfigError, SettingsError
from schemas.settings import Settings


def checked(settings: Settings, home: Path, secret: Callable[[str], str | None]) -> tuple[Config, list[ConfigError]]:
    """The configuration, and an error for each channel that cannot be opened, such as one whose variable is not set. Raises ConfigError."""
    texts = files.read_config(Path(settings.config))
    found = config(texts, channels.OPTIONS, Compiled(home, settings.languages).load)
    fetch = Web(contact=settings.contact, version="", allow_hosts=settings.allow_hosts)
    written = positions.parse(texts[ROUTES], ROUTES).fields(("channels", "routes"))["channels"].entries()
    closed = []
    for key, _ in written:
        try:
            channels.open_channel(found.routes.channels[key.text()], fetch, secret, home)
        except SettingsError as error:
            closed.append(key.wrong(f"channel {key.text()} cannot be opened: {error.name} {error.problem}", error.fix))
    return found, closed
