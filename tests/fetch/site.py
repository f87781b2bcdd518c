"""A server on loopback that answers byte for byte what a test tells it, and keeps what it was asked."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Answer = Callable[["Asked"], bytes | Iterable[bytes]]


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Site:
    """pause: seconds between the pieces of an answer."""

    answer: Answer
    pause: float = 0
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    visitors: set["asyncio.Task[Any] | None"] = field(default_factory=set)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.place}{path}"

    async def visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.visitors.add(asyncio.current_task())
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await _request(reader)
        self.asked.append(asked)
        answer = self.answer(asked)
        for piece in [answer] if isinstance(answer, bytes) else answer:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(self.pause)


@asynccontextmanager
async def serving(
    answer: Answer,
    pause: float = 0,
    tls: ssl.SSLContext | None = None,
    at: tuple[str, int] = ("127.0.0.1", 0),
    also: Sequence[str] = (),
) -> AsyncIterator[Site]:
    """also: more addresses of this machine on which it listens, at the same port, where they exist."""
    site = Site(answer, pause)
    servers = [await asyncio.start_server(site.visit, *at, ssl=tls)]
    site.port = servers[0].sockets[0].getsockname()[1]
    for address in also:
        with suppress(OSError):
            servers.append(await asyncio.start_server(site.visit, address, site.port, ssl=tls))
    try:
        yield site
    finally:
        for server in servers:
            server.close()
        visitors = [visitor for visitor in site.visitors if visitor]
        for visitor in visitors:
            visitor.cancel()
        await asyncio.gather(*visitors, return_exceptions=True)


def http(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; a header's underscores are hyphens."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _request(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    method, path, _ = head[0].split(" ", 2)
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    return Asked(method, path, headers, await reader.readexactly(int(headers.get("content-length", 0))))
