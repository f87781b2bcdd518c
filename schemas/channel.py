"""A channel as the operator wrote it: a kind, and options in which a secret is the name of an environment variable."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Secret:
    """`{env: NAME}`: its value is read where it is used, and nowhere else."""

    env: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelSpec:
    name: str
    kind: str
    options: Mapping[str, str | Secret]


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What a kind of channel must be told, and what it may be told."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
