"""The operator's files as a run reads them, and each channel opened as a run opens it; nothing is sent."""

from collections.abc import Callable, Iterator
from pathlib import Path

from connectors import channels, files
from connectors.fetch import configured
from connectors.fetch.credential import credential
from connectors.fetch.guard import Refused
from pipeline.compiled import Compiled
from pipeline.config import FEEDS, ROUTES, Config, config
from schemas import positions
from schemas.errors import ConfigError, SettingsError
from schemas.settings import Settings


def _locked(found: Config, text: str, secret: Callable[[str], str | None]) -> Iterator[ConfigError]:
    """The feeds whose variable holds nothing that can be sent."""
    written = {key.text(): key for key, _ in positions.parse(text, FEEDS).fields(("feeds",), ("sources",))["feeds"].entries()}
    for feed in found.feeds:
        try:
            if feed.auth:
                credential(feed.auth, secret)
        except Refused as refused:
            yield written[feed.feed_id].wrong(f"feed {feed.feed_id} cannot be asked: {refused.detail}", "Set it, or its _FILE")


def checked(settings: Settings, home: Path, secret: Callable[[str], str | None]) -> tuple[Config, list[ConfigError]]:
    """The configuration, and an error for each channel and feed that cannot be opened: its variable is not set, say. Raises ConfigError."""
    texts = files.read_config(Path(settings.config))
    found = config(texts, channels.OPTIONS, Compiled(home, settings.languages).load)
    fetch = configured(settings, "")
    written = positions.parse(texts[ROUTES], ROUTES).fields(("channels", "routes"))["channels"].entries()
    closed = [*_locked(found, texts[FEEDS], secret)]
    for key, _ in written:
        try:
            channels.open_channel(found.routes.channels[key.text()], fetch, secret, home)
        except SettingsError as error:
            closed.append(key.wrong(f"channel {key.text()} cannot be opened: {error.name} {error.problem}", error.fix))
    return found, closed
