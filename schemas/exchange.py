"""One HTTP exchange. A network failure is a response without a status, not an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto

from schemas.feed import Auth


class Failure(StrEnum):
    """Why there is no answer to use. Each is a named reason that an operator reads."""

    TIMEOUT = auto()
    DNS_FAILED = auto()
    CONNECT_FAILED = auto()
    TLS_FAILED = auto()
    REFUSED_ADDRESS = auto()
    REFUSED_SCHEME = auto()
    NO_SECRET = auto()
    TOO_LARGE = auto()
    TOO_MANY_REDIRECTS = auto()
    BAD_ANSWER = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """auth: how this origin is asked, where it is not open to all; what a redirect leads to at another is asked without."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    accept: str = "*/*"
    limit: int = 5 * 2**20  # decoded bytes
    deadline: float = 20  # seconds, over DNS, connect, headers and body
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    redirects: int = 5
    auth: Auth | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """One answer, or why there is none. What a request's `auth` names stands in no field of it.

    url         the final one
    headers     names in lower case
    moved_to    the address that 301 and 308 alone led to, where they came first; with `auth`, never at another origin
    wire_bytes  heads and bodies as they came, before any decoding, those of redirects too
    """

    url: str
    status: int = 0
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    failure: Failure | None = None
    detail: str = ""
    moved_to: str | None = None
    wire_bytes: int = 0

    @property
    def ok(self) -> bool:
        return self.failure is None and 200 <= self.status < 300
