"""Many feeds over TLS, each at an address of its own, in a process of its own: nine in ten never change, the tenth always brings news."""

import argparse
import asyncio
import gzip
import resource
import ssl
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial
from ipaddress import IPv4Address
from pathlib import Path

from benchmarks.certificates import issued
from benchmarks.ground import Ground, awaited, program
from connectors.clock import now

TENTH = 10  # the first of so many feeds has news at each visit

_FIRST = IPv4Address("127.1.0.1")
_DELAY = 0.05  # seconds until an answer, as a distant server takes
_ITEMS, _NEW = 20, 2
_ETAG = '"unchanged"'
_START = 60.0  # seconds
_DAY, _BETWEEN = timedelta(days=1), timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True, slots=True)
class Feeds:
    """urls: by feed_id. ca_file: vouches for all of them."""

    urls: Mapping[str, str]
    ca_file: Path

    @property
    def quiet(self) -> list[str]:
        """Those that answer 304."""
        return [feed_id for number, feed_id in enumerate(self.urls) if number % TENTH]


@contextmanager
def feed_server(ground: Ground, count: int) -> Iterator[Feeds]:
    """Until the block ends."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a connection to each address may stay open, on either side
    home, port = ground.home("feeds"), ground.port()
    command = [sys.executable, "-m", "benchmarks.feed_server", str(count), str(port), str(home.folder)]
    with program(command, home, "server") as process:
        awaited(process, (home.folder / "ready").exists, _START, home.folder / "server.err")
        urls = {f"feed-{number}": f"https://{_FIRST + number}:{port}/feed.xml" for number in range(count)}
        yield Feeds(urls=urls, ca_file=home.folder / "ca.pem")


class _Answering(asyncio.Protocol):
    """The feed of one address; as little HTTP as a reader of feeds speaks."""

    def __init__(self, address: str, number: int, visits: list[int], began: datetime) -> None:
        self._address, self._number, self._visits, self._began = address, number, visits, began
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        if self._heard.endswith(b"\r\n\r\n"):
            asked, self._heard = self._heard.lower(), b""
            asyncio.get_running_loop().call_later(_DELAY, self._answer, asked)

    def _answer(self, asked: bytes) -> None:
        if self._number % TENTH and b"\r\nif-none-match:" in asked:
            self._write(b"304 Not Modified", _ETAG, b"")
        else:
            edition = self._visits[self._number] = self._visits[self._number] + 1
            etag = _ETAG if self._number % TENTH else f'"{edition}"'
            body = _body(self._address, edition, self._began)
            self._write(b"200 OK", etag, body, b"Content-Type: application/rss+xml\r\nContent-Encoding: gzip\r\n")
        if b"\r\nconnection: close" in asked:
            self._transport.close()

    def _write(self, status: bytes, etag: str, body: bytes, more: bytes = b"") -> None:
        length = b"" if status.startswith(b"304") else b"Content-Length: %d\r\n" % len(body)
        self._transport.write(b"HTTP/1.1 %b\r\nETag: %b\r\n%b%b\r\n%b" % (status, etag.encode(), more, length, body))


@lru_cache(maxsize=4096)
def _body(address: str, edition: int, began: datetime) -> bytes:
    """The newest first; each edition drops as many as it brings."""
    newest = edition * _NEW + _ITEMS
    items = "".join(_item(address, number, began - _DAY + number * _BETWEEN) for number in range(newest, newest - _ITEMS, -1))
    return gzip.compress(f'<rss version="2.0"><channel><title>{address}</title>{items}</channel></rss>'.encode())


def _item(address: str, number: int, written: datetime) -> str:
    return (
        f"<item><title>Harbour notice {number}: the eastern quay is closed to all ships of more than forty metres</title>"
        f"<link>https://{address}/notices/{number}</link><guid>https://{address}/notices/{number}</guid>"
        f"<pubDate>{written:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        f"<description>Notice {number} of the harbour master. Pilots are asked to wait at the outer buoy until the signal is given, "
        f"and to keep the fairway free. Small boats may pass at low speed.</description></item>"
    )


async def _serve(count: int, port: int, folder: Path) -> None:
    loop, visits, began = asyncio.get_running_loop(), [0] * count, now()
    addresses = [str(_FIRST + n) for n in range(count)]
    for number, (address, pem) in enumerate(issued(addresses, folder, began)):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        await loop.create_server(partial(_Answering, address, number, visits, began), address, port, ssl=context, backlog=16)
    (folder / "ready").touch()
    await asyncio.to_thread(sys.stdin.read)  # until whoever started us is gone


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.feed_server")
    parser.add_argument("count", type=int)
    parser.add_argument("port", type=int)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    asyncio.run(_serve(chosen.count, chosen.port, chosen.folder))


if __name__ == "__main__":
    main()
