"""The address guard: nothing private is reached by any spelling, name or redirect, unless that host is allowed."""

import asyncio
import itertools
import socket

import pytest
from aiohttp.abc import ResolveResult

from connectors.fetch import Web, address, guard
from connectors.fetch.address import Allowed, refusal
from schemas.exchange import Failure, Request, Response
from tests.fetch.site import Asked, Site, http, serving
from tests.fetch.test_web import Names, web


def words(text: str) -> list[str]:
    return text.split()


INNER = words(
    """0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254 172.16.0.1
    172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1
    239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1::1
    3fff::1 4000::1 5f00::1 fc00::1 fd00::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 nonsense"""
)
PUBLIC_HERE = "127.0.0.2"  # stands for a public address on this machine
PUBLIC = words("1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.0.1.1 2606:4700::1 2a00:1450::1")


@pytest.mark.parametrize("inner", INNER)
def test_an_inner_address_is_refused_by_name(inner: str) -> None:
    """Those that ipaddress.is_global takes for public too."""
    assert refusal(inner)


@pytest.mark.parametrize("public", PUBLIC)
def test_a_public_address_is_not(public: str) -> None:
    """The neighbours of the refused ranges."""
    assert refusal(public) is None


def ask_inner(url: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Response, list[Asked]]:
    """PORT in the address is that of a server on loopback that nobody allowed."""

    async def story() -> tuple[Response, list[Asked]]:
        async with serving(lambda _: http(b"secret")) as site:
            monkeypatch.setattr(address, "PORTS", (site.port,))
            async with Web("c", "1", ()) as fetch:
                return await fetch(Request(url=url.replace("PORT", str(site.port)), deadline=5)), site.asked

    return asyncio.run(story())


def test_the_refusal_names_the_address_and_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an operator with a feed at home needs."""
    response, _ = ask_inner("http://127.0.0.1:PORT/feed", monkeypatch)

    assert response.detail.startswith("127.0.0.1 is 127.0.0.1 (loopback). If it is yours: TOCSIN_ALLOW_HOSTS=127.0.0.1:")


@pytest.mark.parametrize(
    "scheme", ["file", "ftp", "gopher", "dict", "data", "javascript", "ws", "unix", "jar", "ldap", "blob", "view-source"]
)
def test_only_http_and_https_are_asked(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve others are refused by name."""
    response, _ = ask_inner(f"{scheme}://127.0.0.1:PORT/etc/passwd", monkeypatch)

    assert response.failure is Failure.REFUSED_SCHEME


@pytest.mark.parametrize(
    "url",
    ["", "news.example", "http://", "http:///feed", "http://news.example:99999/", "http://[::1/", "http://a b.example/", "//a.example/"],
)
def test_what_is_no_address_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a failure, never an exception."""
    response, _ = ask_inner(url, monkeypatch)

    assert response.failure in (Failure.REFUSED_ADDRESS, Failure.REFUSED_SCHEME)


def test_a_port_that_is_no_web_port_is_refused() -> None:
    """SSH, mail, databases speak first or worse."""

    async def story() -> Response:
        async with Web("c", "1", ()) as fetch:
            return await fetch(Request(url="http://news.example:22/"))

    response = asyncio.run(story())

    assert response.failure is Failure.REFUSED_ADDRESS and "TOCSIN_ALLOW_HOSTS=news.example:22" in response.detail


@pytest.mark.parametrize(
    ("hosts", "host", "port", "private"),
    [
        (("127.0.0.1",), "127.0.0.1", 80, True),
        (("127.0.0.1:9000",), "127.0.0.1", 9000, True),
        (("127.0.0.1:9000",), "127.0.0.1", 80, False),
        (("Feeds.Example",), "feeds.example", 443, True),
        (("feeds.example.",), "feeds.example", 443, True),
        (("[::1]:8080",), "::1", 8080, True),
        (("::1",), "0:0:0:0:0:0:0:1", 80, True),
        (("feeds.example",), "other.example", 80, False),
        ((), "127.0.0.1", 80, False),
    ],
)
def test_hosts_are_allowed_one_by_one(hosts: tuple[str, ...], host: str, port: int, private: bool) -> None:
    """By name or literal, with a port or for the web ports."""
    assert Allowed(hosts).private(host, port) is private


class TwoMinds(Names):
    """A name that leads to a public address and to an inner one by turns."""

    def __init__(self, public: str) -> None:
        super().__init__("rebind.example")
        self._addresses = itertools.cycle((public, "127.0.0.1"))

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        [found] = await super().resolve(host, port, family)
        return [{**found, "host": next(self._addresses)}]


def test_a_name_that_changes_its_mind_reaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """1,000 tries: the judged address is the one that is connected to, so there is no time between to rebind the name in."""

    async def story() -> tuple[list[Response], list[Asked]]:
        async with serving(lambda _: http(b"secret")) as inner, serving(lambda _: http(b"news"), at=(PUBLIC_HERE, inner.port)):
            monkeypatch.setattr(address, "PORTS", (inner.port,))
            async with Web("c", "1", (), TwoMinds(PUBLIC_HERE)) as fetch:
                return [await fetch(Request(url=f"http://rebind.example:{inner.port}/")) for _ in range(1_000)], inner.asked

    monkeypatch.setattr(guard, "refusal", lambda found: None if found == PUBLIC_HERE else refusal(found))
    responses, asked = asyncio.run(story())

    assert asked == []
    assert [response.body for response in responses[::2]] == [b"news"] * 500
    assert {response.failure for response in responses[1::2]} == {Failure.REFUSED_ADDRESS}


def follow(*hops: tuple[str, str], start: str = "/0", **request: object) -> tuple[Response, Site]:
    """A site whose path /N answers with the Nth (status, location); the paths after them with news."""

    def answer(asked: Asked) -> bytes:
        number = int(asked.path.strip("/") or 99)
        if number >= len(hops):
            return http(b"news")
        status, location = hops[number]
        return http(status=status, Location=location.replace("PLACE", sites[0].place))

    async def story() -> Response:
        async with serving(answer) as site, web(site) as fetch:
            sites.append(site)
            return await fetch(Request(url=site.url(start), **request))  # type: ignore[arg-type]

    sites: list[Site] = []
    return asyncio.run(story()), sites[0]


MOVED, FOUND, SEE, KEEP, GONE_TO = "301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"


@pytest.mark.parametrize(
    ("hops", "path"),
    [
        ([(MOVED, "/1")], "/1"),
        ([(MOVED, "/1"), (GONE_TO, "http://PLACE/2")], "/2"),
        ([(MOVED, "/1"), (FOUND, "/2")], "/1"),
        ([(FOUND, "/1"), (MOVED, "/2")], None),
        ([(KEEP, "/1")], None),
        ([], None),
    ],
)
def test_a_permanent_move_is_told_up_to_the_first_temporary_one(hops: list[tuple[str, str]], path: str | None) -> None:
    """Only what 301 and 308 alone led to may be remembered."""
    response, site = follow(*hops)

    assert response.body == b"news" and response.url == site.url(f"/{len(hops)}")
    assert response.moved_to == (site.url(path) if path else None)


@pytest.mark.parametrize(
    ("location", "failure"),
    [
        ("file:///etc/passwd", Failure.REFUSED_SCHEME),
        ("gopher://PLACE/", Failure.REFUSED_SCHEME),
        ("http://127.0.0.1/", Failure.REFUSED_ADDRESS),
        ("http://[::1]/", Failure.REFUSED_ADDRESS),
        ("http://2130706433/", Failure.REFUSED_ADDRESS),
        ("//169.254.169.254/latest", Failure.REFUSED_ADDRESS),
        ("http://user:secret@PLACE/", Failure.REFUSED_ADDRESS),
        ("http://127.0.0.1:22/", Failure.REFUSED_ADDRESS),
        ("/\\evil", Failure.REFUSED_ADDRESS),
    ],
)
def test_every_hop_is_judged_anew(location: str, failure: Failure) -> None:
    """An allowed host cannot send us where it is not allowed."""
    response, site = follow((FOUND, location))

    assert response.failure is failure and len(site.asked) == 1
    assert "secret" not in response.detail


def test_a_loop_of_redirects_ends() -> None:
    """After the number that was asked for."""
    response, site = follow((FOUND, "/0"), redirects=3)

    assert response.failure is Failure.TOO_MANY_REDIRECTS and len(site.asked) == 4


def test_without_redirects_the_answer_is_given_as_it_is() -> None:
    """A webhook that moves is its operator's business."""
    response, site = follow((KEEP, "/1"), redirects=0, method="POST", body=b"{}")

    assert response.status == 307 and response.failure is None and len(site.asked) == 1


@pytest.mark.parametrize(
    ("status", "method", "body"), [(KEEP, "POST", b"{}"), (GONE_TO, "POST", b"{}"), (SEE, "GET", b""), (FOUND, "GET", b"")]
)
def test_only_307_and_308_repeat_a_post(status: str, method: str, body: bytes) -> None:
    """RFC 9110 15.4."""
    _, site = follow((status, "/1"), method="POST", body=b"{}")

    assert (site.asked[1].method, site.asked[1].body) == (method, body)


def test_headers_of_the_caller_stay_with_their_origin() -> None:
    """They may hold a secret; another port is another origin."""

    async def story() -> list[Asked]:
        async with serving(lambda _: http()) as other, serving(lambda _: http(status=KEEP, Location=other.url())) as site:
            async with Web("c", "1", (site.place, other.place)) as fetch:
                await fetch(Request(url=site.url(), headers={"Authorization": "Bearer secret"}))
            return site.asked + other.asked

    first, second = asyncio.run(story())

    assert first.headers["authorization"] == "Bearer secret" and "authorization" not in second.headers
