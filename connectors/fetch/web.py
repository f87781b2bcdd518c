"""The one way to the web: one polite request under one deadline and one size limit, every hop judged."""

import asyncio
import logging
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, replace
from types import TracebackType
from weakref import WeakValueDictionary

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from connectors.fetch import hops, reading, trust
from connectors.fetch.credential import Credential, Secrets, credential, no_secrets
from connectors.fetch.failures import named
from connectors.fetch.guard import Guard, Refused, Visit, guarded_socket
from schemas.exchange import Failure, Request, Response
from schemas.settings import Settings

log = logging.getLogger(__name__)

_UNREAD = (*hops.REDIRECTS, 304)  # no body, or none that anybody wants
_LINE = 32 * 1024  # bytes of one header: real sites send Content-Security-Policies of 20 KiB
_AT_ONCE = 100


@dataclass(slots=True)
class _Trip:
    """at: the address that is being asked, so that a failure can name it. moved_to, wire_bytes: as in Response, so far."""

    at: str
    moved_to: str | None = None
    wire_bytes: int = 0


class Web:
    """The Fetch door. contact: an address or URL for those who run the servers that we visit. secrets: what feeds are asked with."""

    def __init__(
        self,
        contact: str,
        version: str,
        allow_hosts: tuple[str, ...],
        resolver: AbstractResolver | None = None,
        *,
        proxy: str = "",
        ca_file: str = "",
        secrets: Secrets = no_secrets,
    ) -> None:
        """Raises SettingsError where ca_file cannot be used."""
        self._user_agent = f"tocsin/{version} (+{contact})"
        self._guard = Guard(allow_hosts, proxied=bool(proxy))
        self._resolver = resolver
        self._proxy = URL(proxy) if proxy else None
        self._trusted = trust.context(ca_file) if ca_file else True
        self._secrets = secrets
        self._readers = WeakValueDictionary[str, asyncio.Lock]()

    async def __aenter__(self) -> "Web":
        if self._proxy:
            log.info(proxy_notice(str(self._proxy)))
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=_AT_ONCE,
                ssl=self._trusted,
                socket_factory=guarded_socket,
                use_dns_cache=False,
                resolver=self._resolver or aiohttp.ThreadedResolver(),
            ),
            proxy=self._proxy,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            auto_decompress=False,
            trust_env=False,
            max_line_size=_LINE,
            max_field_size=_LINE,
            headers={"User-Agent": self._user_agent, "Accept-Encoding": "gzip"},
        )
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self._session.close()

    async def __call__(self, request: Request) -> Response:
        """Never raises for what the network does."""
        trip = _Trip(at=request.url)
        try:
            async with asyncio.timeout(request.deadline):
                return await self._follow(request, trip)
        except TimeoutError:
            return _failed(trip, Failure.TIMEOUT, f"no whole answer within {request.deadline:g} s")
        except Refused as refused:
            return _failed(trip, refused.failure, refused.detail)
        except reading.TooLarge:
            return _failed(trip, Failure.TOO_LARGE, f"the body is larger than {request.limit} bytes")
        except reading.BadBody as problem:
            return _failed(trip, Failure.BAD_ANSWER, str(problem))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return _failed(trip, *named(error))

    async def _follow(self, request: Request, trip: _Trip) -> Response:
        """Hop by hop, each vetted anew. What opened the first address stays with its origin, and so does the memory of a move."""
        url, all_permanent = self._guard.vetted(request.url), True
        opened = credential(request.auth, self._secrets) if request.auth else None
        for _ in range(request.redirects + 1):
            trip.at = str(url)
            response = await self._ask(request, url, opened, trip)
            location = response.headers.get("location") if response.status in hops.REDIRECTS else None
            if location is None or not request.redirects:
                return response
            to = self._guard.vetted(hops.joined(url, location))
            same_origin = url.origin() == to.origin()
            all_permanent = all_permanent and response.status in hops.PERMANENT and (same_origin or opened is None)
            trip.moved_to = str(to) if all_permanent else trip.moved_to
            request, url = hops.onward(request, response.status, same_origin), to
        raise Refused(Failure.TOO_MANY_REDIRECTS, f"more than {request.redirects} redirects")

    def _turn(self, request: Request, url: URL) -> AbstractAsyncContextManager[object]:
        """One reader at a host at a time, wherever redirects have led it; what is sent to a host waits for nobody."""
        return self._readers.setdefault(url.authority, asyncio.Lock()) if request.method == "GET" else nullcontext()

    async def _ask(self, request: Request, url: URL, opened: Credential | None, trip: _Trip) -> Response:
        headers, asked = hops.headers_of(request), url
        if opened and request.auth:
            headers, asked = headers | opened.headers, opened.onto(url)
        call = self._session.request(request.method, asked, headers=headers, data=request.body or None, allow_redirects=False)
        async with self._turn(request, url):
            with Visit(self._guard, url):
                async with call as answer:
                    body = await _read(answer, request.limit, trip)
        response = Response(
            url=trip.at,
            status=answer.status,
            body=body,
            headers=hops.kept(answer.raw_headers),
            moved_to=trip.moved_to,
            wire_bytes=trip.wire_bytes,
        )
        return _closed(response, opened) if opened else response


async def _read(answer: aiohttp.ClientResponse, limit: int, trip: _Trip) -> bytes:
    try:
        return b"" if answer.status in _UNREAD else await reading.body(answer, limit)
    finally:
        head = sum(len(name) + len(value) + 4 for name, value in answer.raw_headers)
        trip.wire_bytes += head + answer.content.total_bytes


def configured(settings: Settings, version: str, secrets: Secrets = no_secrets) -> Web:
    """As the operator wants it. Raises SettingsError."""
    return Web(
        contact=settings.contact,
        version=version,
        allow_hosts=settings.allow_hosts,
        proxy=settings.http_proxy,
        ca_file=settings.ca_file,
        secrets=secrets,
    )


def proxy_notice(proxy: str) -> str:
    """What an operator has to know of a proxy."""
    url = URL(proxy)
    return f"Pages are fetched through the proxy {url.host}:{url.port}, which looks names up: we judge names and literal addresses alone"


def _closed(response: Response, opened: Credential) -> Response:
    """The answer without what opened it."""
    headers = {name: opened.out_of(value) for name, value in response.headers.items()}
    return replace(response, body=opened.out_of_body(response.body), headers=headers)


def _failed(trip: _Trip, failure: Failure, detail: str) -> Response:
    return Response(url=trip.at, failure=failure, detail=detail, wire_bytes=trip.wire_bytes)
