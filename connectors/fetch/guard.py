"""The guard at the socket: the address that was judged is the one that is connected to, so no name can change its mind between."""

import socket
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Any

from aiohttp import ClientConnectorError
from yarl import URL

from connectors.fetch.address import Allowed, refusal, refusal_by_name
from schemas.exchange import Failure


class Refused(Exception):
    """This address is not asked at all."""

    def __init__(self, failure: Failure, detail: str) -> None:
        self.failure, self.detail = failure, detail
        super().__init__(detail)


class Guard:
    """proxied: a proxy looks names up and connects, so a host is judged by its look alone, and all of our sockets lead to the proxy."""

    def __init__(self, allow_hosts: tuple[str, ...], proxied: bool = False) -> None:
        self._allowed, self._proxied = Allowed(allow_hosts), proxied

    def vetted(self, url: str) -> URL:
        """The address as it will be asked, parsed once. Raises Refused for what no fetch may ask."""
        url = url.strip()
        if "\\" in url or " " in url or not url.isprintable():
            raise Refused(Failure.REFUSED_ADDRESS, "the address holds a backslash or white space, which two programs read in two ways")
        try:
            parsed = URL(url)
            host, port = parsed.host, parsed.port
        except ValueError as error:
            raise Refused(Failure.REFUSED_ADDRESS, f"the address cannot be read: {error}") from error
        if parsed.scheme not in ("http", "https"):
            raise Refused(Failure.REFUSED_SCHEME, f"{parsed.scheme or 'an address without a scheme'} is not http or https")
        if not host or not port:
            raise Refused(Failure.REFUSED_ADDRESS, "the address names no host")
        if parsed.raw_user is not None or parsed.raw_password is not None:
            raise Refused(Failure.REFUSED_ADDRESS, "the address holds a user name or password: send them in a header")
        if not self._allowed.port(host, port):
            raise Refused(Failure.REFUSED_ADDRESS, f"port {port} is not a web port. {_way_out(host, port)}")
        if self._proxied and not self._allowed.private(host, port) and (what := refusal_by_name(parsed.raw_host or "")):
            raise Refused(Failure.REFUSED_ADDRESS, f"{host} is {what}. {_way_out(host, port)}")
        return parsed

    def private(self, url: URL) -> bool:
        """May the sockets of this visit lead inside?"""
        return self._proxied or self._allowed.private(url.host or "", url.port or 0)


class Visit:
    """To one host: while it lasts, the guard judges each new socket for that host."""

    __slots__ = ("_guard", "_token", "_url", "refused")

    def __init__(self, guard: Guard, url: URL) -> None:
        self._guard, self._url = guard, url
        self.refused: list[str] = []  # what its name led to and was not connected to

    def __enter__(self) -> None:
        self._token: Token[Visit] = _visit.set(self)

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> None:
        """Raises Refused where no address was left."""
        _visit.reset(self._token)
        if self.refused and isinstance(error, ClientConnectorError):
            host, port = self._url.host or "", self._url.port or 0
            raise Refused(Failure.REFUSED_ADDRESS, f"{host} is {' and '.join(self.refused)}. {_way_out(host, port)}") from error

    def judge(self, address: str) -> None:
        """Raises OSError, so that the next address of the name gets its turn."""
        if (what := refusal(address)) and not self._guard.private(self._url):
            self.refused.append(f"{address} ({what})")
            raise OSError("refused by the guard")


_visit: ContextVar[Visit] = ContextVar("visit")  # seen by the tasks in which aiohttp tries a name's addresses, too


def guarded_socket(info: tuple[Any, ...]) -> socket.socket:
    """aiohttp's socket_factory: it sees each real address, of literals too, which a resolver never does."""
    family, kind, protocol, _, peer = info
    _visit.get().judge(peer[0])
    return socket.socket(family, kind, protocol)


def _way_out(host: str, port: int) -> str:
    return f"If it is yours: TOCSIN_ALLOW_HOSTS={f'[{host}]:{port}' if ':' in host else f'{host}:{port}'}"
