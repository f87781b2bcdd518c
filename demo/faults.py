"""A second host for bad days: feeds that move, lie, go, are busy, slow or closed, each in one way that its name says."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape

from aiohttp import web

from demo.news_site import Site
from demo.printed import Printed

EVERY = 10  # seconds of real time between two polls
_BUSY, _FRESH, _SLOW = 20, 30, 35  # seconds
_WIRE = timedelta(minutes=2)  # of the news, between two entries of the flood
_ROBOTS = "User-agent: *\nDisallow: /closed/articles/\n"
_TAG = '"as-ever"'


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """every: seconds, where the operator says it; None: by the feed's own rhythm."""

    name: str
    about: str
    every: int | None = EVERY

    @property
    def path(self) -> str:
        return f"/{self.name}/feed.xml"


FAULTS = (
    Fault(name="moved", about="has moved for good (301)"),
    Fault(name="away", about="is somewhere else for now (302)"),
    Fault(name="gone", about="is gone for good (410)"),
    Fault(name="busy", about=f"asks for {_BUSY} s of rest at each third visit (429)"),
    Fault(name="fresh", about=f"says that its answer stays as it is for {_FRESH} s (max-age)"),
    Fault(name="blind", about="has neither ETag nor Last-Modified", every=None),
    Fault(name="liar", about="keeps its ETag whatever it brings"),
    Fault(name="flood", about="shows only the three newest of many entries", every=None),
    Fault(name="page", about="is a web page"),
    Fault(name="down", about="is in trouble (500)"),
    Fault(name="slow", about=f"takes {_SLOW} s to answer"),
    Fault(name="closed", about="links to pages that its robots.txt closes"),
    Fault(name="locked", about="needs a token"),
)


def application(site: Site, good: str) -> web.Application:
    """The bad host; what it tells is taken from the good site, whose address `good` is, and so are most of its links."""
    bad, made = _Bad(site, good), web.Application()
    made.add_routes(
        [
            web.get("/robots.txt", bad.robots),
            *(web.get(f"/{name}/feed.xml", bad.calm) for name in ("new-home", "guest")),
            web.get("/flood/{number}.html", bad.wire),
        ]
    )
    made.add_routes([web.get(fault.path, getattr(bad, fault.name)) for fault in FAULTS])
    return made


class _Bad:
    """One method a fault."""

    def __init__(self, site: Site, good: str) -> None:
        self._site, self._good, self._visits = site, good, 0

    async def robots(self, request: web.Request) -> web.StreamResponse:
        return web.Response(text=_ROBOTS)

    async def calm(self, request: web.Request) -> web.StreamResponse:
        """Where `moved` and `away` lead."""
        return self._feed(request, self._news(3))

    async def moved(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=301, headers={"Location": "/new-home/feed.xml"})

    async def away(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": "/guest/feed.xml"})

    async def gone(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=410, text="Closed for good.")

    async def busy(self, request: web.Request) -> web.StreamResponse:
        self._visits += 1
        if self._visits % 3 == 0:
            return web.Response(status=429, headers={"Retry-After": str(_BUSY)})
        return self._feed(request, self._news(5))

    async def fresh(self, request: web.Request) -> web.StreamResponse:
        answer = self._feed(request, self._news(5))
        answer.headers["Cache-Control"] = f"max-age={_FRESH}"
        return answer

    async def blind(self, request: web.Request) -> web.StreamResponse:
        return web.Response(body=self._rss(self._news(5)), content_type="application/rss+xml")

    async def liar(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("If-None-Match") == _TAG:
            return web.Response(status=304, headers={"ETag": _TAG})
        return web.Response(body=self._rss(self._news(5)), content_type="application/rss+xml", headers={"ETag": _TAG})

    async def flood(self, request: web.Request) -> web.StreamResponse:
        now, age = self._site.clock(), _WIRE / self._site.speed
        newest = (now - self._site.start) // age
        items = "".join(self._wire(request, n, self._site.start + n * age) for n in range(newest, max(newest - 3, -1), -1))
        return self._tagged(request, self._channel(items))

    async def wire(self, request: web.Request) -> web.StreamResponse:
        """The page of one entry of the flood."""
        words = f"Wire number {request.match_info['number']} reports the hour, the weather and the tide, as it does day after day."
        return web.Response(text=f"<!DOCTYPE html><title>Wire</title><article><p>{words}</p></article>", content_type="text/html")

    async def page(self, request: web.Request) -> web.StreamResponse:
        return web.Response(text="<!DOCTYPE html><title>Welcome</title><p>Our feed has a new home soon.", content_type="text/html")

    async def down(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=500, text="Something broke.")

    async def slow(self, request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(_SLOW)
        return web.Response(text="At last.")

    async def closed(self, request: web.Request) -> web.StreamResponse:
        return self._feed(request, self._news(5), f"http://{request.host}/closed/articles")

    async def locked(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != "Bearer demo":
            return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        return self._feed(request, self._news(2))

    def _news(self, count: int) -> list[Printed]:
        return list(self._site.released()[:count])

    def _feed(self, request: web.Request, news: Sequence[Printed], folder: str = "") -> web.Response:
        return self._tagged(request, self._rss(news, folder))

    def _tagged(self, request: web.Request, body: bytes) -> web.Response:
        """With an ETag that says what it holds."""
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        return web.Response(body=body, content_type="application/rss+xml", headers={"ETag": tag})

    def _rss(self, news: Sequence[Printed], folder: str = "") -> bytes:
        """folder: where its links lead; left out: to the good site's pages."""
        return self._channel("".join(_item(p.article.title, (folder or self._good) + p.link, p.article.lead, p.published) for p in news))

    def _wire(self, request: web.Request, number: int, at: datetime) -> str:
        return _item(f"Wire {number}", f"http://{request.host}/flood/{number}.html", "", at)

    def _channel(self, items: str) -> bytes:
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Bad days</title>{items}</channel></rss>'.encode()


def _item(title: str, link: str, text: str, at: datetime) -> str:
    told = f"<title>{escape(title)}</title><link>{escape(link)}</link><description>{escape(text)}</description>"
    return f"<item>{told}<pubDate>{at.astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"


def feeds_yaml(base: str, speed: float) -> str:
    """The lines of the bad host's feeds, for behind those of the good site."""
    return "".join(_line(fault, base, speed) for fault in FAULTS)


def _line(fault: Fault, base: str, speed: float) -> str:
    every = f", every: {round(fault.every * speed)}s" if fault.every else ""
    auth = ", auth: {env: DEMO_TOKEN}" if fault.name == "locked" else ""
    return f"  {fault.name}: {{url: '{base}{fault.path}'{every}{auth}}}\n"
