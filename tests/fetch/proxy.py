"""An HTTP proxy on loopback that looks names up in its own way, tunnels TLS, and keeps what it was asked for."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass(kw_only=True)
class Proxy:
    """places: the port on loopback where each host:port that it can reach really is. password: of `user`, where it wants one."""

    places: Mapping[str, int]
    password: str = ""
    port: int = 0
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{f'user:{self.password}@' if self.password else ''}127.0.0.1:{self.port}"

    async def visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.told.append(head.decode())
        method, target, _ = head.decode().split(" ", 2)
        self.asked.append(f"{method} {target}")
        if self.password and b64encode(f"user:{self.password}".encode()) not in head:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        place = target if method == "CONNECT" else target.split("/")[2]
        if place not in self.places:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return
        inner, outer = await asyncio.open_connection("127.0.0.1", self.places[place])
        try:
            if method == "CONNECT":
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                outer.write(head.replace(target.encode(), f"/{target.split('/', 3)[3]}".encode(), 1))
            await asyncio.gather(_pump(inner, writer), _pump(reader, outer))
        finally:
            outer.close()
            with suppress(ConnectionError):
                await outer.wait_closed()


@asynccontextmanager
async def proxying(places: Mapping[str, int] | None = None, password: str = "") -> AsyncIterator[Proxy]:
    proxy = Proxy(places=places or {}, password=password)
    visits: set[asyncio.Task[None]] = set()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visits.add(asyncio.create_task(proxy.visit(reader, writer)))

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        for visit in visits:
            visit.cancel()
        await asyncio.gather(*visits, return_exceptions=True)


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while piece := await source.read(65536):
            sink.write(piece)
            await sink.drain()
        sink.close()
