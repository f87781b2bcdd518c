"""The inside of our network, asked for in every spelling and by every way that a stranger has to name an address: nobody comes."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from articles import schedule
from connectors.channels.webhook import Webhook
from connectors.doors import Unsent
from connectors.fetch import Web, address
from schemas.exchange import Failure, Request, Response
from schemas.feed import DueFeed
from schemas.reasons import Reason
from tests.bad_input.street import redirect, street
from tests.channels.receiver import message
from tests.fetch.site import Asked, Site, http, serving
from tests.fetch.test_guard import words
from tests.town import BODY, rss

# Each reached an inner server through some common client.
SPELLINGS = words(
    r"""127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0x7f.0.0.1 0177.0.0.1 017700000001 0177.1 0 0.0.0.0 127.0.0.1.
    127.127.127.127 [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [0:0:0:0:0:0:0:1] localhost LOCALHOST localhost.
    127。0。0。1 １２７.０.０.１ ①②⑦.0.0.1 user@127.0.0.1 news.example@127.0.0.1 127.0.0.1\@news.example news.example\@127.0.0.1
    127%2e0%2e0%2e1 %31%32%37.0.0.1"""
)
LOOPBACKS = ("127.127.127.127", "::1")


def inside(monkeypatch: pytest.MonkeyPatch, story: Callable[[Site, list[str]], Awaitable[None]]) -> list[Asked]:
    """Who came to a server on loopback, at a port that every host may have, while the story was told with all addresses of it."""

    async def told() -> list[Asked]:
        async with serving(lambda _: http(b"secret"), also=LOOPBACKS) as inner:
            monkeypatch.setattr(address, "PORTS", (inner.port,))
            await story(inner, [f"http://{spelling}:{inner.port}/inner" for spelling in SPELLINGS])
            return inner.asked

    return asyncio.run(told())


def test_a_client_without_a_guard_comes_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the tests below can fail."""

    async def plain(_: Site, urls: list[str]) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
            for url in urls:
                with suppress(aiohttp.ClientError, ValueError):
                    await session.get(url)

    assert len(inside(monkeypatch, plain)) >= 10


@pytest.mark.parametrize("way", ["feed", "article"])
def test_no_feed_and_no_article_is_inside(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked as the stages ask."""
    responses: list[Response] = []

    async def asked(_: Site, urls: list[str]) -> None:
        async with Web("c", "1", ()) as fetch:
            for url in urls:
                request = schedule.request(DueFeed(feed_id="a", url=url)) if way == "feed" else Request(url=url)
                responses.append(await fetch(request))

    assert inside(monkeypatch, asked) == []
    assert len(responses) == len(SPELLINGS)
    assert {response.failure for response in responses} <= {Failure.REFUSED_ADDRESS, Failure.DNS_FAILED}


def test_no_redirect_leads_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """From a host that may be private to one that may not."""
    responses: list[Response] = []

    async def asked(_: Site, urls: list[str]) -> None:
        answers: Iterator[bytes] = iter([redirect(url) for url in urls])
        async with serving(lambda _: next(answers)) as outer, Web("c", "1", (outer.place,)) as fetch:
            for _url in urls:
                responses.append(await fetch(Request(url=outer.url())))

    assert inside(monkeypatch, asked) == []
    assert {response.failure for response in responses} <= {Failure.REFUSED_ADDRESS, Failure.DNS_FAILED}


def test_no_webhook_is_sent_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The channel says why."""

    async def sent(_: Site, urls: list[str]) -> None:
        async with Web("c", "1", ()) as fetch:
            for url in urls:
                with pytest.raises(Unsent, match=r"refused_address|dns_failed"):
                    await Webhook(url=url, secret="key", fetch=fetch).send(message())

    assert inside(monkeypatch, sent) == []


def test_nothing_that_a_feed_or_its_page_names_is_asked_inside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The whole path: links of entries are refused; canonical links, images and frames of a page are never asked at all."""
    reasons: list[str] = []

    async def read(_: Site, urls: list[str]) -> None:
        async with street(tmp_path, {"paper": paper(urls)}) as town:
            await town.cycle()
            [site] = town.sites.values()
            reasons.extend(note.reason for note in town.notes(site.url("/page")))

    assert inside(monkeypatch, read) == []
    assert Reason.FULL_TEXT in reasons


def paper(urls: list[str]) -> Callable[[Asked], bytes]:
    """Its feed names each address by itself, and one page, which shows them all in its head and its body."""

    def answer(asked: Asked) -> bytes:
        if asked.path == "/feed.xml":
            links = [*urls, f"http://{asked.headers['host']}/page"]
            return http(rss(*((f"News number {n}", link, "Something happened") for n, link in enumerate(links))))
        return http(showing(urls), Content_Type="text/html; charset=utf-8") if asked.path == "/page" else http(status="404 Not Found")

    return answer


def showing(urls: list[str]) -> bytes:
    head = "".join(map(_head, urls))
    shown = "".join(
        f'<img src="{url}" srcset="{url} 2x"><iframe src="{url}"></iframe><video poster="{url}" src="{url}"></video>' for url in urls
    )
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in BODY.split("\n"))
    return f"<html><head><title>News</title>{head}</head><body><article><h1>News</h1>{paragraphs}{shown}</article></body></html>".encode()


def _head(url: str) -> str:
    links = ("canonical", "icon", "amphtml", "stylesheet", "next", "preload", "alternate", "author")
    named = ("og:url", "og:image", "og:video", "twitter:image", "article:author")
    return (
        "".join(f'<link rel="{link}" href="{url}">' for link in links)
        + "".join(f'<meta property="{name}" content="{url}">' for name in named)
        + f'<base href="{url}"><meta http-equiv="refresh" content="0;url={url}">'
        + f'<script type="application/ld+json">{{"@type": "NewsArticle", "url": "{url}", "image": "{url}"}}</script>'
    )
