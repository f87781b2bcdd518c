"""The memory twins of Fetch and Workers: a site of addresses that answer, and work done where it is asked for."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast
from urllib.parse import urlsplit

from connectors.doors import WorkerFailed
from schemas.exchange import Failure, Request, Response

T = TypeVar("T")


@dataclass(kw_only=True)
class Site:
    """Addresses that answer, the `slow` ones after that many seconds. Keeps the visits, and the most visitors at once by host.

    A host with any address that answers has no robots.txt, but where that is an address itself.
    """

    pages: dict[str, Response] = field(default_factory=dict)
    slow: dict[str, float] = field(default_factory=dict)
    most: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    visits: list[Request] = field(default_factory=list)
    _inside: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def visit(self, request: Request) -> Response:
        host = urlsplit(request.url).netloc
        self.visits.append(request)
        self._inside[host] += 1
        self.most[host] = max(self.most[host], self._inside[host])
        try:
            async with asyncio.timeout(request.deadline):
                await asyncio.sleep(self.slow.get(request.url, 0))
        except TimeoutError:
            return Response(url=request.url, failure=Failure.TIMEOUT, detail=f"no whole answer within {request.deadline:g} s")
        finally:
            self._inside[host] -= 1
        return self._answer(request)

    def _has_no_robots(self, url: str) -> bool:
        host, path = urlsplit(url).netloc, urlsplit(url).path
        return path == "/robots.txt" and any(urlsplit(known).netloc == host for known in self.pages)

    def _answer(self, request: Request) -> Response:
        page = self.pages.get(request.url)
        if page is None and self._has_no_robots(request.url):
            return Response(url=request.url, status=404)
        if page is None:
            return Response(url=request.url, failure=Failure.CONNECT_FAILED, detail="nobody lives there")
        if len(page.body) > request.limit:
            return Response(url=page.url, failure=Failure.TOO_LARGE, detail=f"the body is larger than {request.limit} bytes")
        asked = (request.etag, request.last_modified)
        known = (page.headers.get("etag"), page.headers.get("last-modified"))
        unchanged = any(a and a == k for a, k in zip(asked, known, strict=True))
        return replace(page, status=304, body=b"") if unchanged else page


class MemoryFetch:
    """The Fetch door before a site of ours."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def __call__(self, request: Request) -> Response:
        return await self._site.visit(request)


class InlineWorkers:
    """The Workers door without processes: no deadline, no memory limit."""

    async def run(self, work: Callable[..., T], *args: object) -> T:
        (found,) = await asyncio.gather(_done(work, args), return_exceptions=True)
        if isinstance(found, Exception):  # as in a worker process, where whatever the work raises is an answer
            raise WorkerFailed(f"{type(found).__name__}: {found}"[:500]) from found
        return cast(T, found)


async def _done(work: Callable[..., T], args: tuple[object, ...]) -> T:
    return work(*args)
