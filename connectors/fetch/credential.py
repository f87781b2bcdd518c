"""What opens a feed that is not open to all: a value from the environment, shown to the feed's own origin and to nobody behind it."""

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from yarl import URL

from connectors.fetch.guard import Refused
from schemas.errors import SettingsError
from schemas.exchange import Failure
from schemas.feed import Auth, AuthKind

Secrets = Callable[[str], str | None]  # the value of a variable, by its name

_HIDDEN = "***"
_SHORTEST = 8  # characters: of a shorter value a text would be full of holes, so that it is taken out of addresses alone


def no_secrets(_: str) -> str | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Credential:
    auth: Auth
    value: str = field(repr=False)

    @property
    def headers(self) -> dict[str, str]:
        if self.auth.kind is AuthKind.BASIC:
            return {"Authorization": f"Basic {self._basic}"}
        return {"Authorization": f"Bearer {self.value}"} if self.auth.kind is AuthKind.BEARER else {}

    def onto(self, url: URL) -> URL:
        return url.extend_query({self.auth.parameter: self.value}) if self.auth.kind is AuthKind.QUERY else url

    def out_of(self, text: str) -> str:
        """The text without the value: a server may repeat it in an address or anywhere else."""
        return self._hidden.sub(_HIDDEN, self._parameter.sub("", text))

    def out_of_body(self, body: bytes) -> bytes:
        """Latin-1 keeps every byte as it is, and what is looked for is ASCII."""
        return self.out_of(body.decode("latin-1")).encode("latin-1")

    @property
    def _basic(self) -> str:
        return b64encode(self.value.encode()).decode()

    @cached_property
    def _parameter(self) -> re.Pattern[str]:
        """As a query parameter, whole and with one of the two & beside it."""
        pair, beside = f"{re.escape(self.auth.parameter)}={_spelt(self.value)}(?![\\w%.~+-])", rf"(?:{_spelt('&')})"
        return re.compile(rf"(?<=\?){pair}{beside}?|{beside}{pair}", re.IGNORECASE)

    @cached_property
    def _hidden(self) -> re.Pattern[str]:
        parts = [self.value, self._basic, self.value.partition(":")[2]] if self.auth.kind is AuthKind.BASIC else [self.value]
        return re.compile("|".join(_spelt(part) for part in parts if len(part) >= _SHORTEST) or "(?!)", re.IGNORECASE)


def credential(auth: Auth, secrets: Secrets) -> Credential:
    """Raises Refused where there is no value that could be sent."""
    fix = f"Set {auth.env}, or {auth.env}_FILE to the path of a file that holds it"
    try:
        value = secrets(auth.env)
    except SettingsError as error:
        raise Refused(Failure.NO_SECRET, str(error)) from error
    if not value:
        raise Refused(Failure.NO_SECRET, f"{auth.env} is not set, and this feed is asked with it. {fix}")
    if not value.isprintable() or not value.isascii():
        raise Refused(Failure.NO_SECRET, f"{auth.env} holds a character that is no printable ASCII, which no request can carry")
    if auth.kind is AuthKind.BASIC and ":" not in value:
        raise Refused(Failure.NO_SECRET, f"{auth.env} holds no user:password. {fix}")
    return Credential(auth=auth, value=value)


def _spelt(text: str) -> str:
    """A pattern of the text, each character of it as it is, or as addresses, XML and JSON write it."""
    return "".join(character if character.isalnum() else f"(?:{'|'.join(_written(character))})" for character in text)


def _written(character: str) -> tuple[str, ...]:
    """The longest first: an & is the beginning of &amp;."""
    number, plain = ord(character), re.escape(character)
    return f"%{number:02x}", f"&#0*{number};", f"&#x0*{number:x};", rf"\\u{number:04x}", rf"\\{plain}", re.escape(escape(character)), plain
