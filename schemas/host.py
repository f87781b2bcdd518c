"""What we remember of a host: how much we asked of it, what it answered, and what it allows."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import AwareDatetime, Field

from schemas.article import Count

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Robots:
    """Its robots.txt.

    text     empty where there is none
    delay_s  the pause between two visits that it asks of us; closed: it wants none of us, but to what it names
    problem  why it could not be had, so that nothing is allowed for now (RFC 9309 2.3.1.4)
    """

    text: str = ""
    fetched_dt: AwareDatetime
    delay_s: Seconds = 0
    closed: bool = False
    problem: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HostState:
    """The politeness ledger of one host, feeds and pages together.

    bytes         as they came over the wire
    rate_limited  answers that say 429
    failed        no answer, or none of use: neither what we asked for, nor that it is not there, nor that we ask too often
    free_dt       not to be asked before: its own word (Retry-After)
    """

    host: str
    first_dt: AwareDatetime
    last_dt: AwareDatetime
    requests: Count = 0
    bytes: Count = 0
    not_modified: Count = 0
    rate_limited: Count = 0
    failed: Count = 0
    free_dt: AwareDatetime | None = None
    robots: Robots | None = None
