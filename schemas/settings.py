"""The environment as one frozen value. A misspelt or wrong variable fails at start, by its name; secrets also come by NAME_FILE."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit

from schemas.errors import SettingsError


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Each field is one variable, TOCSIN_<NAME>, unless `env` says otherwise."""

    home: str = ""
    config: str = "config"
    database_url: str = field(default="", metadata={"secret": True})
    contact: str = "https://github.com/tocsin-news/tocsin"
    languages: tuple[str, ...] = ("de", "en", "fr", "es", "it", "pl", "cs", "ru", "uk")
    allow_hosts: tuple[str, ...] = ()
    http_proxy: str = field(default="", metadata={"secret": True})  # its user name and password, where it wants them, stand in it
    ca_file: str = ""
    host_pace: float = 1.0
    speed: float = 1.0
    workers: int = 2
    cycle_seconds: float = 30
    log: str = "auto"
    kafka_port: int = 19092
    prefect_port: int = 14200
    web_port: int = 8080
    kafka_replication: int = 0  # 0: 1 on our own node, 3 elsewhere
    kafka_bootstrap_servers: str = field(default="", metadata={"env": "KAFKA_BOOTSTRAP_SERVERS"})
    kafka_security_protocol: str = field(default="PLAINTEXT", metadata={"env": "KAFKA_SECURITY_PROTOCOL"})
    kafka_sasl_mechanism: str = field(default="", metadata={"env": "KAFKA_SASL_MECHANISM"})
    kafka_sasl_username: str = field(default="", metadata={"env": "KAFKA_SASL_USERNAME"})
    kafka_sasl_password: str = field(default="", metadata={"env": "KAFKA_SASL_PASSWORD", "secret": True})
    kafka_ssl_cafile: str = field(default="", metadata={"env": "KAFKA_SSL_CAFILE"})
    kafka_ssl_certfile: str = field(default="", metadata={"env": "KAFKA_SSL_CERTFILE"})
    kafka_ssl_keyfile: str = field(default="", metadata={"env": "KAFKA_SSL_KEYFILE"})
    prefect_api_url: str = field(default="", metadata={"env": "PREFECT_API_URL"})

    @property
    def bootstrap_servers(self) -> str:
        return self.kafka_bootstrap_servers or f"127.0.0.1:{self.kafka_port}"

    @property
    def own_kafka(self) -> bool:
        """True where no Kafka was given: ours is started."""
        return not self.kafka_bootstrap_servers

    @property
    def replication(self) -> int:
        return self.kafka_replication or (1 if self.own_kafka else 3)


@dataclass(frozen=True, kw_only=True, slots=True)
class Variable:
    name: str
    field: str
    kind: Any
    default: Any
    secret: bool


def variables() -> tuple[Variable, ...]:
    """Every variable that we read."""
    return tuple(
        Variable(
            name=f.metadata.get("env", f"TOCSIN_{f.name.upper()}"),
            field=f.name,
            kind=f.type,
            default=f.default,
            secret=bool(f.metadata.get("secret")),
        )
        for f in fields(Settings)
    )


def settings(environment: Mapping[str, str], read: Callable[[str], str]) -> Settings:
    """`read` gives the text of a NAME_FILE. Raises SettingsError."""
    known = {v.name: v for v in variables()}
    _refuse_strangers(environment, known)
    found = {v.field: _value(v, text) for v in known.values() if (text := _text(v, environment, read)) is not None}
    chosen = Settings(**found)
    if chosen.speed <= 0:
        raise SettingsError("TOCSIN_SPEED", f"{chosen.speed} is not above 0", "1 is real time, 60 an hour a minute")
    if chosen.http_proxy and not _is_proxy(chosen.http_proxy):
        raise SettingsError(
            "TOCSIN_HTTP_PROXY", "this is no address of a proxy", "Write http://host:port or http://user:password@host:port"
        )
    return chosen


def _refuse_strangers(environment: Mapping[str, str], known: Mapping[str, Variable]) -> None:
    allowed = known.keys() | {f"{name}_FILE" for name in known}
    for name in environment:
        if name.startswith("TOCSIN_") and not name.startswith("TOCSIN_TEST_") and name not in allowed:
            near = difflib.get_close_matches(name, allowed, 1)
            raise SettingsError(name, "there is no such setting", f"Did you mean {near[0]}?" if near else "See: tocsin config show")


def _text(variable: Variable, environment: Mapping[str, str], read: Callable[[str], str]) -> str | None:
    path, text = environment.get(f"{variable.name}_FILE"), environment.get(variable.name)
    if not path:
        return text or None
    if text:
        raise SettingsError(variable.name, f"is set, and {variable.name}_FILE too", "Set one of the two")
    try:
        return read(path).strip()
    except OSError as error:
        raise SettingsError(f"{variable.name}_FILE", f"cannot read {path}: {error.strerror}", "Check the path and its mode") from error


def _value(variable: Variable, text: str) -> Any:
    try:
        if isinstance(variable.default, tuple):
            return tuple(part.strip() for part in text.split(",") if part.strip())
        return type(variable.default)(text)
    except ValueError as error:
        raise SettingsError(variable.name, f"{text!r} is not {_named(variable.default)}", "Correct or unset it") from error


def _is_proxy(text: str) -> bool:
    try:
        parts = urlsplit(text)
        whole = parts.scheme == "http" and parts.hostname and parts.port
    except ValueError:  # a bad port, half an IPv6 address
        return False
    return bool(whole and parts.path in ("", "/") and not parts.query and not parts.fragment and text.isprintable() and " " not in text)


def _named(default: Any) -> str:
    return {int: "a whole number", float: "a number"}.get(type(default), "text")
