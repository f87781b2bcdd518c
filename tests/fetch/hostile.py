"""Servers that answer as nobody should: too much, too slowly, without end, or nothing that is HTTP."""

import asyncio
import gzip
import itertools
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

from schemas.exchange import Failure

_BOMB = gzip.compress(bytes(64 * 2**20)) * 16  # a gigabyte of zeros in one megabyte
_OK = b"HTTP/1.1 200 OK\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"


@dataclass(frozen=True, kw_only=True)
class Hostile:
    """first, then again and again, with a pause between; stays: and then nothing. ends: the failure that its visitors see."""

    ends: Failure
    first: bytes = b""
    again: bytes = b""
    pause: float = 0
    stays: bool = False
    scheme: str = "http"

    async def visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.CancelledError):
            if self.scheme == "http":
                await reader.read(1)
            for piece in self._pieces():
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(self.pause)
            if self.stays:
                await asyncio.sleep(60)
        writer.close()

    def _pieces(self) -> Iterable[bytes]:
        return itertools.chain([self.first], itertools.repeat(self.again) if self.again else ())


def _encoded(coding: str, body: bytes) -> bytes:
    return b"%sContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s" % (_OK, coding.encode(), len(body), body)


HOSTILE: Mapping[str, Hostile] = {
    "a gzip bomb": Hostile(first=_encoded("gzip", _BOMB), ends=Failure.TOO_LARGE),
    "gzip in gzip": Hostile(first=_encoded("gzip, gzip", gzip.compress(_BOMB)), ends=Failure.BAD_ANSWER),
    "brotli": Hostile(first=_encoded("br", bytes(1617)), ends=Failure.BAD_ANSWER),
    "zstandard": Hostile(first=_encoded("zstd", bytes(1617)), ends=Failure.BAD_ANSWER),
    "an endless body": Hostile(first=_OK + b"\r\n", again=bytes(65536), ends=Failure.TOO_LARGE),
    "an endless gzip body": Hostile(first=_OK + b"Content-Encoding: gzip\r\n\r\n", again=_BOMB[: len(_BOMB) // 16], ends=Failure.TOO_LARGE),
    "a drip of body": Hostile(first=_OK + b"Content-Length: 100000\r\n\r\n", again=b"a", pause=1, ends=Failure.TIMEOUT),
    "a drip of header": Hostile(first=_OK + b"X-A: ", again=b"a", pause=1, ends=Failure.TIMEOUT),
    "early hints without end": Hostile(again=b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 100, ends=Failure.TIMEOUT),
    "chunks of one byte without end": Hostile(first=_CHUNKED, again=b"1\r\na\r\n" * 1000, pause=0.01, ends=Failure.TIMEOUT),
    "a flood of headers": Hostile(first=_OK, again=b"X-A: a\r\n" * 100, ends=Failure.BAD_ANSWER),
    "one header without end": Hostile(first=_OK + b"X-A: ", again=b"a" * 65536, ends=Failure.BAD_ANSWER),
    "a chunk's extension without end": Hostile(first=_CHUNKED + b"1;a=", again=b"a" * 65536, ends=Failure.TIMEOUT),
    "trailers without end": Hostile(first=_CHUNKED + b"1\r\na\r\n0\r\n", again=b"X-A: a\r\n" * 100, ends=Failure.BAD_ANSWER),
    "a redirect to itself": Hostile(
        first=b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", ends=Failure.TOO_MANY_REDIRECTS
    ),
    "a short body": Hostile(first=_OK + b"Content-Length: 100000\r\n\r\nabc", ends=Failure.BAD_ANSWER),
    "no answer": Hostile(stays=True, ends=Failure.TIMEOUT),
    "a status line without end": Hostile(first=b"HTTP/1.1 200 ", again=b"a" * 65536, ends=Failure.BAD_ANSWER),
    "a chunk's size that is none": Hostile(first=_CHUNKED + b"-5\r\na\r\n", ends=Failure.BAD_ANSWER),
    "a chunk of all memory": Hostile(first=_CHUNKED + b"FFFFFFFFFF\r\n", again=bytes(65536), ends=Failure.TOO_LARGE),
    "a TLS handshake without end": Hostile(stays=True, scheme="https", ends=Failure.TIMEOUT),
    "garbage": Hostile(first=bytes(range(256)) * 1000, ends=Failure.BAD_ANSWER),
    "a line that is cut": Hostile(first=b"HTTP/1.1 20", ends=Failure.BAD_ANSWER),
}


@asynccontextmanager
async def street() -> AsyncIterator[Mapping[str, str]]:
    """The address of each, all open."""
    async with AsyncExitStack() as stack:
        places = {}
        for name, hostile in HOSTILE.items():
            server = await asyncio.start_server(hostile.visit, "127.0.0.1", 0)
            stack.callback(server.close)
            places[name] = f"{hostile.scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        before = asyncio.all_tasks()
        yield places
        visits = asyncio.all_tasks() - before
        for visit in visits:
            visit.cancel()
        await asyncio.gather(*visits, return_exceptions=True)
