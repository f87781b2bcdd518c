"""The Fetch door before real sockets: polite, bounded, and never raising for what the network does."""

import asyncio
import gzip
import socket
import ssl
import tracemalloc
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from connectors.doors import Fetch
from connectors.fetch import Web
from connectors.memory_site import MemoryFetch
from connectors.memory_site import Site as MemorySite
from schemas.exchange import Failure, Request, Response
from tests.fetch.site import Answer, Asked, Site, http, serving

Build = Callable[[Site], Request]


class Names(AbstractResolver):
    """Every name of ours is on loopback; any other does not exist."""

    def __init__(self, *names: str) -> None:
        self._names = names

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        if host not in self._names:
            raise OSError(None, "no such name")
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None: ...


def web(site: Site, resolver: AbstractResolver | None = None) -> Web:
    return Web("https://tocsin.example", "1.2", (site.place,), resolver)


def ask(answer: Answer, build: Build = lambda site: Request(url=site.url()), pause: float = 0) -> tuple[Response, list[Asked]]:
    """One exchange with a site that gives this answer."""

    async def story() -> tuple[Response, list[Asked]]:
        async with serving(answer, pause) as site, web(site) as fetch:
            return await fetch(build(site)), site.asked

    return asyncio.run(story())


def test_it_says_who_it_is_and_asks_for_gzip_alone() -> None:
    """User-Agent with version and contact; no Referer, no cookie."""
    response, (asked,) = ask(lambda _: http(b"news"), lambda site: Request(url=site.url("/feed"), accept="application/rss+xml"))

    assert response.ok and response.body == b"news"
    assert asked.headers["user-agent"] == "tocsin/1.2 (+https://tocsin.example)"
    assert asked.headers["accept-encoding"] == "gzip"
    assert asked.headers["accept"] == "application/rss+xml"
    assert not {"referer", "cookie", "if-none-match", "if-modified-since"} & asked.headers.keys()


def test_validators_are_sent_as_they_came() -> None:
    """Quotes, W/ and a wrong date included (RFC 9110 13.1)."""
    build: Build = lambda site: Request(url=site.url(), etag='W/"a b"', last_modified="Yesterday, all my troubles")  # noqa: E731

    response, (asked,) = ask(lambda _: http(status="304 Not Modified", ETag='W/"a b"'), build)

    assert asked.headers["if-none-match"] == 'W/"a b"'
    assert asked.headers["if-modified-since"] == "Yesterday, all my troubles"
    assert response.status == 304 and response.headers["etag"] == 'W/"a b"' and response.failure is None


def test_cookies_are_not_kept() -> None:
    """The second visit tells the server nothing of the first."""

    async def story() -> list[Asked]:
        async with serving(lambda _: http(Set_Cookie="id=1")) as site, web(site) as fetch:
            await fetch(Request(url=site.url()))
            await fetch(Request(url=site.url()))
            return site.asked

    assert all("cookie" not in asked.headers for asked in asyncio.run(story()))


def test_a_post_carries_its_body_and_headers() -> None:
    """Webhooks go through the same door."""
    build: Build = lambda site: Request(url=site.url(), method="POST", body=b"{}", headers={"X-Signature": "abc"}, redirects=0)  # noqa: E731

    response, (asked,) = ask(lambda _: http(status="204 No Content"), build)

    assert (asked.method, asked.body, asked.headers["x-signature"]) == ("POST", b"{}", "abc")
    assert response.ok


@pytest.mark.parametrize("members", [1, 2])
def test_gzip_is_decoded(members: int) -> None:
    """Several members too (RFC 1952 2.2)."""
    response, _ = ask(lambda _: http(gzip.compress(b"news") * members, Content_Encoding="gzip"))

    assert response.body == b"news" * members


def test_a_bomb_is_stopped_at_the_limit() -> None:
    """100 MiB of zeros in 100 kB never take more memory than the limit and a few steps."""
    bomb = gzip.compress(bytes(100 * 2**20))
    tracemalloc.start()

    response, _ = ask(lambda _: http(bomb, Content_Encoding="gzip"), lambda site: Request(url=site.url(), limit=2**20))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert response.failure is Failure.TOO_LARGE
    assert peak < 8 * 2**20


def test_a_body_over_the_limit_is_too_large_one_at_it_is_not() -> None:
    """Without coding."""
    over, _ = ask(lambda _: http(bytes(101)), lambda site: Request(url=site.url(), limit=100))
    at, _ = ask(lambda _: http(bytes(100)), lambda site: Request(url=site.url(), limit=100))

    assert over.failure is Failure.TOO_LARGE and "100 bytes" in over.detail
    assert at.ok


@pytest.mark.parametrize("coding", ["br", "gzip, gzip", "zstd", "deflate"])
def test_any_other_coding_is_refused(coding: str) -> None:
    """1,617 bytes of brotli make a gigabyte."""
    response, _ = ask(lambda _: http(b"x", Content_Encoding=coding))

    assert response.failure is Failure.BAD_ANSWER and coding in response.detail


@pytest.mark.parametrize(
    "body", [gzip.compress(b"news" * 100, mtime=0)[:-9], b"no gzip", zlib.compress(b"news")], ids=["cut", "none", "zlib"]
)
def test_a_broken_gzip_body_is_a_bad_answer(body: bytes) -> None:
    """Half a feed is not a feed."""
    response, _ = ask(lambda _: http(body, Content_Encoding="gzip"))

    assert response.failure is Failure.BAD_ANSWER


def endless(first: bytes, again: bytes) -> Answer:
    def answer(_: Asked) -> list[bytes]:
        return [first, *[again] * 1_000]

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        endless(b"", b""),
        endless(b"HTTP/1.1 200 OK\r\nX-A: ", b"a"),
        endless(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"a"),
        endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    ],
    ids=["no answer", "a drip of header", "a drip of body", "tiny chunks", "early hints"],
)
def test_one_deadline_holds_for_everything(answer: Answer) -> None:
    """However the server keeps us waiting."""
    response, _ = ask(answer, lambda site: Request(url=site.url(), deadline=0.2), pause=0.01)

    assert response.failure is Failure.TIMEOUT


def test_the_deadline_holds_for_the_name_too() -> None:
    """A resolver that never answers."""

    class Silent(Names):
        async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
            await asyncio.Event().wait()
            return []

    async def story() -> Response:
        async with Web("c", "1", (), Silent()) as fetch:
            return await fetch(Request(url="http://news.example/", deadline=0.1))

    assert asyncio.run(story()).failure is Failure.TIMEOUT


def test_bytes_are_counted_as_they_came() -> None:
    """Before decoding, of heads and bodies, of a redirect and of what it leads to."""
    page = http(gzip.compress(bytes(100_000)), Content_Encoding="gzip")
    moved = http(status="302 Found", Location="/1")

    plain, _ = ask(lambda _: page)
    led, _ = ask(lambda asked: moved if asked.path == "/" else page)
    refused, _ = ask(lambda _: page, lambda site: Request(url=site.url(), limit=10))

    status_line, blank = len("HTTP/1.1 200 OK\r\n"), 2
    assert len(plain.body) == 100_000 and plain.wire_bytes == len(page) - status_line - blank
    assert led.wire_bytes - plain.wire_bytes == len(moved) - len("HTTP/1.1 302 Found\r\n") - blank
    assert refused.failure is Failure.TOO_LARGE and refused.wire_bytes == plain.wire_bytes


@pytest.mark.parametrize("raw", [b"", b"hello\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b"HTTP/1.1 999999 OK\r\n\r\n"])
def test_broken_http_is_a_bad_answer(raw: bytes) -> None:
    """A server that hangs up, talks something else, or stops half way."""
    response, _ = ask(lambda _: raw)

    assert response.failure is Failure.BAD_ANSWER


def test_a_header_of_twenty_kilobytes_is_read() -> None:
    """Real sites send such security policies."""
    response, _ = ask(lambda _: http(b"news", Content_Security_Policy="a " * 10_000))

    assert response.body == b"news"


def test_a_header_with_bytes_of_no_charset_can_be_stored() -> None:
    """And sent again: no surrogate leaves the door."""
    response, _ = ask(lambda _: http(b"news").replace(b"\r\n\r\n", b'\r\nETag: "\xff"\r\n\r\n', 1))

    assert response.headers["etag"] == '"\ufffd"'


def test_a_closed_port_is_named() -> None:
    """With the host and the port."""

    async def story() -> tuple[Response, int]:
        async with serving(lambda _: b"") as site:
            pass
        async with web(site) as fetch:
            return await fetch(Request(url=site.url())), site.port

    response, port = asyncio.run(story())

    assert response.failure is Failure.CONNECT_FAILED and str(port) in response.detail


def test_a_name_that_does_not_exist_is_named() -> None:
    """The host stands in the detail."""

    async def story() -> Response:
        async with Web("c", "1", (), Names()) as fetch:
            return await fetch(Request(url="http://nowhere.example/"))

    response = asyncio.run(story())

    assert response.failure is Failure.DNS_FAILED and "nowhere.example" in response.detail


def test_a_certificate_that_nobody_trusts_is_refused(tmp_path: Path) -> None:
    """And the request is never sent."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))

    async def story() -> tuple[Response, list[Asked]]:
        async with serving(lambda _: http(b"news"), tls=context) as site, web(site) as fetch:
            return await fetch(Request(url=f"https://{site.place}/")), site.asked

    response, asked = asyncio.run(story())

    assert response.failure is Failure.TLS_FAILED and "self-signed" in response.detail.replace(" ", "-")
    assert asked == []


def self_signed(folder: Path) -> Path:
    """A key and its certificate for 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    begins = datetime(2020, 1, 1, tzinfo=UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    unsigned = x509.CertificateBuilder(name, name, key.public_key(), 1, begins, begins + timedelta(days=36_500)).add_extension(names, False)
    file = folder / "server.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + unsigned.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    return file


def test_a_host_is_allowed_by_its_name_and_no_other_with_it() -> None:
    """Both names lead to the same loopback address."""

    async def story() -> tuple[Response, Response]:
        async with serving(lambda _: http(b"news")) as site:
            places = (f"mine.example:{site.port}",)
            async with Web("c", "1", places, Names("mine.example", "other.example")) as fetch:
                mine = await fetch(Request(url=f"http://mine.example:{site.port}/"))
                return mine, await fetch(Request(url="http://other.example/"))

    mine, other = asyncio.run(story())

    assert mine.ok
    assert other.failure is Failure.REFUSED_ADDRESS
    assert "127.0.0.1 (loopback)" in other.detail and "TOCSIN_ALLOW_HOSTS=other.example:80" in other.detail


def fetch_from_memory(url: str, **request: object) -> Response:
    page = Response(url="http://a.example/", status=200, body=b"news", headers={"etag": '"1"'})
    return asyncio.run(_once(MemoryFetch(MemorySite(pages={page.url: page})), Request(url=url, **request)))  # type: ignore[arg-type]


async def _once(fetch: Fetch, request: Request) -> Response:
    return await fetch(request)


def test_the_memory_twin_answers_as_the_web_does() -> None:
    """A page, an unchanged one, one too large, nobody there."""
    assert fetch_from_memory("http://a.example/").body == b"news"
    assert fetch_from_memory("http://a.example/", etag='"1"').status == 304
    assert fetch_from_memory("http://a.example/", limit=3).failure is Failure.TOO_LARGE
    assert fetch_from_memory("http://b.example/").failure is Failure.CONNECT_FAILED


def test_the_memory_twin_counts_the_most_visitors_of_a_host() -> None:
    """What the rule of one visitor a host is tested with."""

    async def story() -> dict[str, int]:
        site = MemorySite(slow={"http://a.example/1": 0.01, "http://a.example/2": 0.01})
        fetch = MemoryFetch(site)
        await asyncio.gather(fetch(Request(url="http://a.example/1")), fetch(Request(url="http://a.example/2")))
        return dict(site.most)

    assert asyncio.run(story()) == {"a.example": 2}


def test_the_default_resolver_is_the_systems() -> None:
    """localhost is found, and refused."""

    async def story() -> Response:
        async with Web("c", "1", (), ThreadedResolver()) as fetch:
            return await fetch(Request(url="http://localhost/"))

    response = asyncio.run(story())

    assert response.failure is Failure.REFUSED_ADDRESS and "loopback" in response.detail
