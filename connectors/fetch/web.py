"""The one way to the web: one polite request under one deadline and one size limit, every hop judged."""

import asyncio
import ssl
from dataclasses import replace
from types import TracebackType

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from connectors.fetch import reading
from connectors.fetch.address import Allowed
from connectors.fetch.guard import Refused, guarded_socket, vetted, visiting
from schemas.exchange import Failure, Request, Response

_PERMANENT, _TEMPORARY = (301, 308), (302, 303, 307)
_LINE = 32 * 1024  # bytes of one header: real sites send Content-Security-Policies of 20 KiB
_AT_ONCE = 100


class Web:
    """The Fetch door. contact: an address or URL for those who run the servers that we visit."""

    def __init__(self, contact: str, version: str, allow_hosts: tuple[str, ...], resolver: AbstractResolver | None = None) -> None:
        self._user_agent = f"tocsin/{version} (+{contact})"
        self._allowed = Allowed(allow_hosts)
        self._resolver = resolver

    async def __aenter__(self) -> "Web":
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=_AT_ONCE, socket_factory=guarded_socket, use_dns_cache=False, resolver=self._resolver or aiohttp.ThreadedResolver()
            ),
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
        at = [request.url]  # the address that is being asked: the last is the one that failed
        try:
            async with asyncio.timeout(request.deadline):
                return await self._follow(request, at)
        except TimeoutError:
            return _failed(at, Failure.TIMEOUT, f"no whole answer within {request.deadline:g} s")
        except Refused as refused:
            return _failed(at, refused.failure, refused.detail)
        except reading.TooLarge:
            return _failed(at, Failure.TOO_LARGE, f"the body is larger than {request.limit} bytes")
        except reading.BadBody as problem:
            return _failed(at, Failure.BAD_ANSWER, str(problem))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return _failed(at, *_named(error, at[-1]))

    async def _follow(self, request: Request, at: list[str]) -> Response:
        """Hop by hop, each vetted anew."""
        url, moved_to, all_permanent = vetted(request.url, self._allowed), None, True
        for _ in range(request.redirects + 1):
            at.append(str(url))
            response = await self._ask(request, url)
            onward = response.headers.get("location") if response.status in _PERMANENT + _TEMPORARY else None
            if onward is None or not request.redirects:
                return replace(response, moved_to=moved_to)
            to = vetted(_joined(url, onward), self._allowed)
            all_permanent = all_permanent and response.status in _PERMANENT
            moved_to = str(to) if all_permanent else moved_to
            request = _onward(request, response.status, url.origin() == to.origin())
            url = to
        raise Refused(Failure.TOO_MANY_REDIRECTS, f"more than {request.redirects} redirects")

    async def _ask(self, request: Request, url: URL) -> Response:
        conditions = {"Accept": request.accept, "If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
        headers = {name: value for name, value in conditions.items() if value} | dict(request.headers)
        with visiting(url, self._allowed):
            async with self._session.request(
                request.method, url, headers=headers, data=request.body or None, allow_redirects=False
            ) as answer:
                redirected = answer.status in _PERMANENT + _TEMPORARY
                body = b"" if redirected else await reading.body(answer, request.limit)
                return Response(url=str(url), status=answer.status, body=body, headers=_headers(answer))


def _onward(request: Request, status: int, same_origin: bool) -> Request:
    """RFC 9110 15.4: only 307 and 308 keep the method and the body. Headers of the caller's own, secrets maybe, stay with their origin."""
    if status not in (307, 308) and request.method != "GET":
        request = replace(request, method="GET", body=b"", headers={})
    return request if same_origin else replace(request, headers={})


def _joined(url: URL, location: str) -> str:
    if "\\" in location:
        raise Refused(Failure.REFUSED_ADDRESS, "it redirects to an address with a backslash")
    try:
        return str(url.join(URL(location.strip())))
    except ValueError as error:
        raise Refused(Failure.REFUSED_ADDRESS, "it redirects to an address that cannot be read") from error


def _headers(answer: aiohttp.ClientResponse) -> dict[str, str]:
    """Bytes that are no UTF-8 come as surrogates, which no database and no later request would take."""
    return {name.lower(): value.encode(errors="surrogateescape").decode(errors="replace") for name, value in answer.headers.items()}


def _failed(at: list[str], failure: Failure, detail: str) -> Response:
    return Response(url=at[-1], failure=failure, detail=detail)


def _named(error: Exception, url: str) -> tuple[Failure, str]:
    """The failure and its detail. Our own words: aiohttp repeats whole addresses, and a webhook's may hold a secret."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Failure.DNS_FAILED, f"there is no host {error.host}"
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError | ssl.SSLError):
        return Failure.TLS_FAILED, f"no trusted connection: {_cause(error)}"
    if isinstance(error, aiohttp.ClientConnectorError):
        return Failure.CONNECT_FAILED, f"{error.host}:{error.port} does not take connections"
    if isinstance(error, aiohttp.InvalidURL):
        return Failure.REFUSED_ADDRESS, "its host is written as no address is written"
    if isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientOSError):
        return Failure.BAD_ANSWER, "the server hung up"
    return Failure.BAD_ANSWER, f"the answer is no HTTP: {type(error).__name__}"


def _cause(error: BaseException) -> str:
    inner = getattr(error, "certificate_error", None) or error.__cause__ or error
    return str(getattr(inner, "verify_message", "") or getattr(inner, "reason", "") or type(inner).__name__)
