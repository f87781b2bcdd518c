"""The guard at the socket: the address that was judged is the one that is connected to, so no name can change its mind between."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientConnectorError
from yarl import URL

from connectors.fetch.address import Allowed, refusal
from schemas.exchange import Failure


class Refused(Exception):
    """This address is not asked at all."""

    def __init__(self, failure: Failure, detail: str) -> None:
        self.failure, self.detail = failure, detail
        super().__init__(detail)


@dataclass
class _Visit:
    """To one host. refused: what its name led to and was not connected to."""

    private: bool = False
    refused: list[str] = field(default_factory=list)


_visit: ContextVar[_Visit] = ContextVar("visit")  # seen by the tasks in which aiohttp tries a name's addresses, too


def vetted(url: str, allowed: Allowed) -> URL:
    """The address as it will be asked, parsed once. Raises Refused for what no fetch may ask."""
    if "\\" in url or any(c.isspace() or not c.isprintable() for c in url.strip()):
        raise Refused(Failure.REFUSED_ADDRESS, "the address holds a backslash or white space, which two programs read in two ways")
    try:
        parsed = URL(url.strip())
        host, port = parsed.host, parsed.port
    except ValueError as error:
        raise Refused(Failure.REFUSED_ADDRESS, f"the address cannot be read: {error}") from error
    if parsed.scheme not in ("http", "https"):
        raise Refused(Failure.REFUSED_SCHEME, f"{parsed.scheme or 'an address without a scheme'} is not http or https")
    if not host or not port:
        raise Refused(Failure.REFUSED_ADDRESS, "the address names no host")
    if parsed.raw_user is not None or parsed.raw_password is not None:
        raise Refused(Failure.REFUSED_ADDRESS, "the address holds a user name or password: send them in a header")
    if not allowed.port(host, port):
        raise Refused(Failure.REFUSED_ADDRESS, f"port {port} is not a web port. If it is yours: TOCSIN_ALLOW_HOSTS={_place(host, port)}")
    return parsed


@contextmanager
def visiting(url: URL, allowed: Allowed) -> Iterator[None]:
    """While this host is visited, sockets may be private where it is allowed by name. Raises Refused where no address was left."""
    host, port = url.host or "", url.port or 0
    visit = _Visit(private=allowed.private(host, port))
    token = _visit.set(visit)
    try:
        yield
    except ClientConnectorError as error:
        if visit.refused:
            fix = f"If it is yours: TOCSIN_ALLOW_HOSTS={_place(host, port)}"
            raise Refused(Failure.REFUSED_ADDRESS, f"{host} is {' and '.join(visit.refused)}. {fix}") from error
        raise
    finally:
        _visit.reset(token)


def guarded_socket(info: tuple[Any, ...]) -> socket.socket:
    """aiohttp's socket_factory: it sees each real address, of literals too, which a resolver never does."""
    family, kind, protocol, _, peer = info
    visit = _visit.get(_Visit())
    if not visit.private and (name := refusal(peer[0])):
        visit.refused.append(f"{peer[0]} ({name})")
        raise OSError("refused by the guard")  # the next address of the name gets its turn
    return socket.socket(family, kind, protocol)


def _place(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
