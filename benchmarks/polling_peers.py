"""Other ways to ask the same feeds: bare aiohttp, and feedparser by its own HTTP in threads."""

import asyncio
import os
import ssl
import urllib.request  # noqa: TID251  a peer that we are measured against
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import feedparser

from schemas.exchange import Request

THREADS = 64
_AT_ONCE = 100  # as our own session
_ETAG = '"any"'


async def bare(requests: Sequence[Request], trusted: ssl.SSLContext) -> list[int]:
    """The statuses."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=_AT_ONCE, ssl=trusted)) as session:
        return await asyncio.gather(*(_asked(session, request) for request in requests))


async def parsed(urls: Sequence[str]) -> list[int]:
    """As it is: it reads the list of authorities anew for every visit."""
    return await _in_threads(urls, [])


async def parsed_trusting(urls: Sequence[str], trusted: ssl.SSLContext) -> list[int]:
    """As fast as it can be made: the list is read once."""
    return await _in_threads(urls, [urllib.request.HTTPSHandler(context=trusted)])  # noqa: TID251


@contextmanager
def trusting(ca_file: Path, folder: Path) -> Iterator[None]:
    """Python's own HTTPS trusts this authority too, beside those of the system, as an operator would have it."""
    system = ssl.create_default_context().get_ca_certs(binary_form=True)
    both, before = folder / "authorities.pem", os.environ.get("SSL_CERT_FILE")
    both.write_text("".join(map(ssl.DER_cert_to_PEM_cert, system)) + ca_file.read_text(encoding="ascii"), encoding="ascii")
    os.environ["SSL_CERT_FILE"] = str(both)
    try:
        yield
    finally:
        del os.environ["SSL_CERT_FILE"]
        if before is not None:
            os.environ["SSL_CERT_FILE"] = before


async def _asked(session: aiohttp.ClientSession, request: Request) -> int:
    headers = {"Accept": request.accept, "If-None-Match": request.etag or ""}
    async with session.get(request.url, headers=headers) as answer:
        await answer.read()
        return answer.status


async def _in_threads(urls: Sequence[str], handlers: Sequence[object]) -> list[int]:
    def status(url: str) -> int:
        found = feedparser.parse(url, etag=_ETAG, handlers=list(handlers))  # noqa: TID251  a peer that we are measured against
        return int(found.get("status", 0))

    with ThreadPoolExecutor(THREADS) as threads:
        return await asyncio.gather(*(asyncio.get_running_loop().run_in_executor(threads, status, url) for url in urls))
