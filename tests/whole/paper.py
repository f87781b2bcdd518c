"""A paper that brings out one numbered article after another, so that a loss shows, and the webhook that hears what they ring."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import orjson
from aiohttp import web

EVERY = 3.0  # seconds between two articles
SHOWN = 50  # items in the feed

_TEXT = """Report number {n}: NATO ambassadors met in Brussels for the {n}. time this year to speak about the border.
In Moscow, the Kremlin called talk number {n} pointless. Russia had said so after each of the {n} talks before, a diplomat recalled.
The secretary general answered that the door stays open, for round {n} as for every other, and nobody should wait for number {n} alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """What came to the webhook: a delivery's id, and the alert in it."""

    id: str
    alert: dict[str, Any]
    at: float  # monotonic


@dataclass(kw_only=True)
class Paper:
    """Thread-safe. held: nothing new comes out. slow: the webhook has heard, but answers so many seconds later."""

    base: str = ""
    out: list[datetime] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    held: bool = False
    slow: float = 0
    heard: threading.Condition = field(default_factory=threading.Condition)

    @property
    def numbers(self) -> range:
        """Of the articles that are out."""
        return range(1, len(self.out) + 1)

    @property
    def shown(self) -> list[int]:
        """By the feed, newest first."""
        return list(reversed(self.numbers))[:SHOWN]

    def told(self) -> dict[int, set[str]]:
        """By the number of an article: the deliveries that told it as their newest."""
        found: dict[int, set[str]] = {}
        for post in list(self.posts):
            if post.alert["state"] in ("opened", "updated") and (newest := post.alert.get("articles")):
                found.setdefault(number(newest[0]), set()).add(post.id)
        return found

    def told_again(self) -> dict[int, set[str]]:
        """Articles that a reader who keeps ids hears of more than once."""
        return {n: ids for n, ids in self.told().items() if len(ids) > 1}

    def missing(self, coming: int, seconds: float) -> set[int]:
        """Those of the articles that are out, and of so many still to come, that have not rung after that time."""
        due = set(range(1, len(self.out) + coming + 1))
        self.wait(lambda: due <= self.told().keys(), seconds)
        return due - self.told().keys()

    def system(self, said: str) -> list[str]:
        """What the monitor said about itself under a title that begins so."""
        alerts = [post.alert for post in list(self.posts) if post.alert["topic_id"] == "system"]
        return [alert["detail"] for alert in alerts if alert["title"].startswith(said)]

    def wait(self, until: Callable[[], Any], seconds: float) -> bool:
        """Asks again after each post."""
        with self.heard:
            return bool(self.heard.wait_for(until, seconds))

    def feed(self) -> bytes:
        items = "".join(
            f"<item><title>{title(n)}</title><link>{self.base}/{n}</link><description>Report {n}.</description>"
            f"<pubDate>{format_datetime(self.out[n - 1])}</pubDate></item>"
            for n in self.shown
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Series</title>{items}</channel></rss>'.encode()


def title(n: int) -> str:
    return f"NATO and Russia, report {n}"


def number(headline: dict[str, Any]) -> int:
    return int(headline["title"].rpartition(" ")[2])


@contextmanager
def printed() -> Iterator[Paper]:
    """On a free port, in a thread of its own: the tests wait for processes."""
    paper, ready, loop = Paper(), threading.Event(), asyncio.new_event_loop()
    stopped = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(_serve(paper, ready, stopped),), name="paper")
    thread.start()
    ready.wait(10)
    try:
        yield paper
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join()
        loop.close()


async def _serve(paper: Paper, ready: threading.Event, stopped: asyncio.Event) -> None:
    async def feed(_: web.Request) -> web.Response:
        return web.Response(body=paper.feed(), content_type="application/rss+xml")

    async def page(request: web.Request) -> web.Response:
        n = int(request.match_info["n"])
        paragraphs = "".join(f"<p>{part}</p>" for part in _TEXT.format(n=n).split("\n"))
        text = f"<html><head><title>{title(n)}</title></head><body><article><h1>{title(n)}</h1>{paragraphs}</article></body></html>"
        return web.Response(text=text, content_type="text/html")

    async def hook(request: web.Request) -> web.Response:
        post = Post(id=request.headers["Tocsin-Id"], alert=orjson.loads(await request.read())["alert"], at=time.monotonic())
        with paper.heard:
            paper.posts.append(post)
            paper.heard.notify_all()
        await asyncio.sleep(paper.slow)
        return web.Response(status=204)

    application = web.Application()
    application.add_routes([web.get("/feed.xml", feed), web.get(r"/{n:\d+}", page), web.post("/hook", hook)])
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    paper.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    ready.set()
    while not stopped.is_set():
        if not paper.held:
            paper.out.append(datetime.now(UTC))  # noqa: TID251 (the paper's own clock)
        await asyncio.wait([asyncio.ensure_future(stopped.wait())], timeout=EVERY)
    await runner.cleanup()
