"""One HTTP exchange. A network failure is a response without a status, not an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto


class Failure(StrEnum):
    """Why there is no answer to use. Each is a named reason that an operator reads."""

    TIMEOUT = auto()
    DNS_FAILED = auto()
    CONNECT_FAILED = auto()
    TLS_FAILED = auto()
    REFUSED_ADDRESS = auto()
    REFUSED_SCHEME = auto()
    TOO_LARGE = auto()
    TOO_MANY_REDIRECTS = auto()
    BAD_ANSWER = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """url: the final one; moved_to: the address that 301 and 308 alone led to, where they came first. headers: names in lower case."""

    url: str
    status: int = 0
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    failure: Failure | None = None
    detail: str = ""
    moved_to: str | None = None

    @property
    def ok(self) -> bool:
        return self.failure is None and 200 <= self.status < 300
