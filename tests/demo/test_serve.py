"""The site over real HTTP behaves like a paper's server, on its bad days too, and keeps what its webhook is sent."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp

from demo.article import articles
from demo.news_site import Site
from demo.serve import serve
from tests.demo.reading import Clock, entries

ARTICLES = articles()


def visit(work: Callable[[Site, aiohttp.ClientSession], Awaitable[None]]) -> None:
    """With everything out, and a session that follows no redirect by itself and unpacks nothing."""

    async def run() -> None:
        async with town() as (site, session):
            await work(site, session)

    asyncio.run(run())


@asynccontextmanager
async def town() -> AsyncIterator[tuple[Site, aiohttp.ClientSession]]:
    clock = Clock()
    site = Site(ARTICLES, clock)
    clock.now = site.complete_dt
    async with serve(site) as base, aiohttp.ClientSession(base, auto_decompress=False) as session:
        yield site, session


def test_a_feed_that_has_not_changed_is_not_sent_again() -> None:
    async def work(site: Site, session: aiohttp.ClientSession) -> None:
        async with session.get("/elbwarte/feed.xml", headers={"Accept-Encoding": "identity"}) as first:
            assert len(entries(await first.read())) == 6
        tag, date = first.headers["ETag"], first.headers["Last-Modified"]
        for asked, status in (
            ({"If-None-Match": tag}, 304),
            ({"If-Modified-Since": date}, 304),
            ({"If-None-Match": f"W/{tag}"}, 304),
            ({"If-None-Match": '"another"', "If-Modified-Since": date}, 200),
        ):
            async with session.get("/elbwarte/feed.xml", headers=asked) as again:
                assert again.status == status and again.headers["ETag"] == tag

    visit(work)


def test_gzip_is_sent_to_who_asks_for_it() -> None:
    async def work(site: Site, session: aiohttp.ClientSession) -> None:
        for asked, coding in (("gzip, deflate", "gzip"), ("identity", None)):
            async with session.get("/mist/feed.xml", headers={"Accept-Encoding": asked}) as answer:
                assert answer.headers.get("Content-Encoding") == coding

    visit(work)


def test_links_lead_back_to_the_address_that_was_asked() -> None:
    async def work(site: Site, session: aiohttp.ClientSession) -> None:
        async with session.get("/przystan/feed.xml", headers={"Host": "demo:8089", "Accept-Encoding": "identity"}) as answer:
            assert entries(await answer.read())[0].link.startswith("http://demo:8089/przystan/")

    visit(work)


def test_one_feed_fails_at_every_third_request() -> None:
    async def work(site: Site, session: aiohttp.ClientSession) -> None:
        answers = [await session.get("/mist/feed.xml") for _ in range(6)]
        assert [a.status for a in answers] == [200, 200, 503, 200, 200, 503]
        assert answers[2].headers["Retry-After"] == "2"

    visit(work)


def test_pages_move_and_are_missing() -> None:
    async def work(site: Site, session: aiohttp.ClientSession) -> None:
        async with session.get("/harbour-ledger/alt/booster-jabs", allow_redirects=False) as moved:
            assert moved.status == 301
        async with session.get(moved.headers["Location"]) as page:
            assert page.status == 200 and page.headers["Content-Type"] == "text/html; charset=utf-8"
        for path in ("/harbour-ledger/kremlin-reply", "/nowhere"):
            async with session.get(path) as missing:
                assert missing.status == 404
        async with session.get("/fonar/peskov-otvet") as cyrillic:
            assert cyrillic.headers["Content-Type"] == "text/html"

    visit(work)


def test_every_feed_and_page_that_is_shown_answers() -> None:
    async def work(site: Site, session: aiohttp.ClientSession) -> None:
        for path in [f.path for f in site.feeds] + [p.link for p in site.released()]:
            async with session.get(path) as answer:
                assert answer.status == (404 if path.endswith("kremlin-reply") else 200)
        async with session.get("/") as index:
            assert index.status == 200

    visit(work)


def test_the_webhook_keeps_posts_in_order() -> None:
    async def work(site: Site, session: aiohttp.ClientSession) -> None:
        for number in (1, 2):
            async with session.post("/hook", json={"n": number}, headers={"X-Attempt": "1"}) as answer:
                assert answer.status == 204
        posts = [await site.posts.get() for _ in range(2)]
        assert [p.value for p in posts] == [{"n": 1}, {"n": 2}]
        assert posts[0].headers["x-attempt"] == "1" and posts[0].arrived_dt == site.clock()

    visit(work)


def test_the_flaky_webhook_takes_the_third_post() -> None:
    async def work(site: Site, session: aiohttp.ClientSession) -> None:
        answers = [await session.post("/hook-flaky", json={}) for _ in range(3)]
        assert [a.status for a in answers] == [500, 500, 204]
        assert [site.posts.get_nowait().status for _ in range(3)] == [500, 500, 204]

    visit(work)


def test_the_webhook_refuses_what_is_no_json() -> None:
    async def work(site: Site, session: aiohttp.ClientSession) -> None:
        async with session.post("/hook", data=b"{") as answer:
            assert answer.status == 400 and "not JSON" in await answer.text()
        assert site.posts.empty()

    visit(work)
