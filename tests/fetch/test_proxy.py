"""A proxy and certificates of the operator's own: used where set, never taken from anywhere else, and the guard still guards."""

import asyncio
import logging
import ssl
from collections.abc import Mapping
from pathlib import Path

import pytest

from connectors import environment
from connectors.fetch import Web, address, configured, proxy_notice
from connectors.fetch.address import refusal_by_name
from schemas.errors import SettingsError
from schemas.exchange import Failure, Request, Response
from tests.fetch.proxy import Proxy, proxying
from tests.fetch.site import Asked, http, serving
from tests.fetch.test_guard import words
from tests.fetch.test_inside import SPELLINGS
from tests.fetch.test_web import Names, self_signed, web

PASSWORD = "canary-of-the-proxy"


def through(url: str, password: str = "") -> tuple[Response, Proxy, list[Asked]]:
    """Asked through a proxy that finds a site of ours at news.example."""

    async def story() -> tuple[Response, Proxy, list[Asked]]:
        async with (
            serving(lambda _: http(b"news")) as site,
            proxying({"news.example": site.port}, password) as proxy,
            Web("c", "1", (), Names(), proxy=proxy.url) as fetch,
        ):
            return await fetch(Request(url=url)), proxy, site.asked

    return asyncio.run(story())


def test_a_page_is_asked_through_the_proxy_which_alone_looks_names_up() -> None:
    """Our own resolver knows no name at all. The proxy itself may be private."""
    response, proxy, [asked] = through("http://news.example/feed")

    assert response.body == b"news" and response.url == "http://news.example/feed"
    assert proxy.asked == ["GET http://news.example/feed"]
    assert asked.path == "/feed"


def test_the_proxys_password_is_for_the_proxy_alone() -> None:
    """And without it there is a reason."""
    response, proxy, _ = through("http://news.example/feed", PASSWORD)

    assert response.ok
    assert "Proxy-Authorization: Basic" in proxy.told[0] and "\r\nAuthorization" not in proxy.told[0]
    assert PASSWORD not in repr(response)


def encrypted(tmp_path: Path, ca: bool, wanted: str = "", given: str = "") -> tuple[Response, Proxy, list[Asked]]:
    """A page behind TLS, asked through a proxy; wanted, given: its password."""
    certificate = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    async def story() -> tuple[Response, Proxy, list[Asked]]:
        async with serving(lambda _: http(b"news"), tls=context) as site, proxying({site.place: site.port}, wanted) as proxy:
            url, ca_file = proxy.url.replace(wanted, given) if wanted else proxy.url, str(certificate) if ca else ""
            async with Web("c", "1", (site.place,), proxy=url, ca_file=ca_file) as fetch:
                return await fetch(Request(url=f"https://{site.place}/feed")), proxy, site.asked

    return asyncio.run(story())


def test_an_encrypted_page_is_asked_through_a_tunnel(tmp_path: Path) -> None:
    """The proxy sees its host and nothing of the page; the certificate is one of the operator's own."""
    response, proxy, [asked] = encrypted(tmp_path, ca=True)

    assert response.body == b"news" and asked.path == "/feed"
    assert [told.split(" ")[0] for told in proxy.told] == ["CONNECT"] and "/feed" not in proxy.told[0]


def test_certificates_are_checked_behind_a_proxy_too(tmp_path: Path) -> None:
    """Whoever runs the proxy could read along."""
    response, _, asked = encrypted(tmp_path, ca=False)

    assert response.failure is Failure.TLS_FAILED and asked == []


def test_a_proxy_that_makes_no_connection_is_named(tmp_path: Path) -> None:
    """With its answer, and without our password."""
    response, _, asked = encrypted(tmp_path, ca=True, wanted="right-password", given="wrong-password")

    assert (response.failure, response.detail) == (Failure.CONNECT_FAILED, "the proxy answered 407 and made no connection")
    assert asked == []


def test_a_proxy_that_is_not_there_is_named() -> None:
    """And not the page that was wanted."""

    async def story() -> tuple[Response, int]:
        async with proxying() as proxy:
            pass
        async with Web("c", "1", (), proxy=proxy.url) as fetch:
            return await fetch(Request(url="http://news.example/")), proxy.port

    response, port = asyncio.run(story())

    assert (response.failure, response.detail) == (Failure.CONNECT_FAILED, f"the proxy 127.0.0.1:{port} does not take connections")


def test_no_spelling_of_loopback_is_handed_to_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would look it up for us, and sits inside itself."""

    async def story() -> tuple[list[Response], list[str]]:
        async with proxying() as proxy, Web("c", "1", (), proxy=proxy.url) as fetch:
            monkeypatch.setattr(address, "PORTS", (proxy.port,))
            return [await fetch(Request(url=f"http://{spelling}:{proxy.port}/")) for spelling in SPELLINGS], proxy.asked

    responses, asked = asyncio.run(story())

    assert asked == []
    assert {response.failure for response in responses} == {Failure.REFUSED_ADDRESS}


def test_no_redirect_of_a_proxied_page_leads_inside() -> None:
    """Each hop is judged anew."""

    async def story() -> tuple[Response, list[str]]:
        async with (
            serving(lambda _: http(status="302 Found", Location="http://router.lan/")) as site,
            proxying({"news.example": site.port}) as proxy,
            Web("c", "1", (), proxy=proxy.url) as fetch,
        ):
            return await fetch(Request(url="http://news.example/")), proxy.asked

    response, asked = asyncio.run(story())

    assert response.failure is Failure.REFUSED_ADDRESS
    assert response.detail == "router.lan is a name of an inner network. If it is yours: TOCSIN_ALLOW_HOSTS=router.lan:80"
    assert asked == ["GET http://news.example/"]


@pytest.mark.parametrize(
    "host",
    words("localhost sub.localhost intranet router.lan printer.local db.internal box.home.arpa 10.1 1.2.3.4.5 a.0x7f fe80::1%25eth0 a%2eb"),
)
def test_a_host_that_looks_inner_is_refused_by_its_look(host: str) -> None:
    """All that can be judged where somebody else looks names up."""
    assert refusal_by_name(host)


@pytest.mark.parametrize("host", words("news.example news.example. xn--bcher-kva.example 8.8.8.8 134744072 2606:4700::1 a_b.example"))
def test_a_host_that_looks_public_is_not(host: str) -> None:
    """Public literals too, however they are written."""
    assert refusal_by_name(host) is None


def test_a_private_host_of_the_operators_is_asked_through_the_proxy() -> None:
    """It is allowed by name, as without one."""

    async def story() -> Response:
        async with (
            serving(lambda _: http(b"news")) as site,
            proxying({f"wire.lan:{site.port}": site.port}) as proxy,
            Web("c", "1", (f"wire.lan:{site.port}",), proxy=proxy.url) as fetch,
        ):
            return await fetch(Request(url=f"http://wire.lan:{site.port}/"))

    assert asyncio.run(story()).body == b"news"


def test_a_proxy_is_told_of_once_without_its_password(caplog: pytest.LogCaptureFixture) -> None:
    """With what it means for the guard."""
    caplog.set_level(logging.INFO, "connectors.fetch")

    through("http://news.example/feed", PASSWORD)

    [record] = caplog.records
    assert record.message.startswith("Pages are fetched through the proxy 127.0.0.1:") and "we judge names" in record.message
    assert PASSWORD not in record.message + proxy_notice(f"http://user:{PASSWORD}@proxy.example:3128")


def test_proxies_and_passwords_of_the_environment_are_not_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """HTTP_PROXY, ALL_PROXY and .netrc are meant for other programs."""

    async def story() -> tuple[Response, list[Asked], list[str]]:
        async with proxying() as proxy, serving(lambda _: http(b"news")) as site, web(site) as fetch:
            for name in words("HTTP_PROXY http_proxy HTTPS_PROXY https_proxy ALL_PROXY all_proxy"):
                monkeypatch.setenv(name, proxy.url)
            return await fetch(Request(url=site.url())), site.asked, proxy.asked

    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password canary\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    response, [asked], proxied = asyncio.run(story())

    assert response.body == b"news" and proxied == []
    assert "authorization" not in asked.headers


def settled(**variables: str) -> Web:
    settings, _ = environment.load({"TOCSIN_HOME": "/nowhere", **variables})
    return configured(settings, "1")


def test_the_settings_name_the_proxy_and_the_certificates(tmp_path: Path) -> None:
    """Both by variables; what holds a password comes from a file too."""
    (tmp_path / "proxy").write_text("http://user:secret@proxy.example:3128\n")

    assert settled(TOCSIN_HTTP_PROXY_FILE=str(tmp_path / "proxy"), TOCSIN_CA_FILE=str(self_signed(tmp_path)))


@pytest.mark.parametrize(
    "proxy", words("proxy.example:3128 https://a.example:1 socks5://a.example:1 http://a.example http://:80 http://a:b")
)
def test_what_is_no_proxy_is_refused_at_start(proxy: str) -> None:
    """Without repeating it: a password may stand in it."""
    with pytest.raises(SettingsError, match="TOCSIN_HTTP_PROXY") as caught:
        settled(TOCSIN_HTTP_PROXY=proxy)

    assert proxy not in str(caught.value) and "http://user:password@host:port" in str(caught.value)


@pytest.mark.parametrize(("files", "says"), [({}, "cannot read"), ({"ca.pem": "no certificate"}, "holds no certificate")])
def test_certificates_that_cannot_be_read_are_refused_at_start(files: Mapping[str, str], says: str, tmp_path: Path) -> None:
    """With the file's path."""
    for name, text in files.items():
        (tmp_path / name).write_text(text)

    with pytest.raises(SettingsError, match=says) as caught:
        settled(TOCSIN_CA_FILE=str(tmp_path / "ca.pem"))

    assert caught.value.name == "TOCSIN_CA_FILE" and "ca.pem" in str(caught.value)
