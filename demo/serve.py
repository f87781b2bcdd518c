"""The local news site over real HTTP: validators, gzip, moved and missing pages, bad days, and a webhook that keeps what it is sent."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape

from aiohttp import web

from demo import faults
from demo.news_site import Document, Post, Site
from demo.visits import Log

_RETRY_AFTER = "2"  # seconds
_FLAKY_FAILURES = 2


@asynccontextmanager
async def serve(site: Site, host: str = "127.0.0.1", port: int = 0, log: Log | None = None) -> AsyncIterator[str]:
    """Gives the base address. Port 0: a free one. Raises OSError where the port is taken."""
    async with _served(_application(site), host, port, log) as base:
        yield base


@asynccontextmanager
async def serve_faults(site: Site, good: str, host: str = "127.0.0.1", port: int = 0, log: Log | None = None) -> AsyncIterator[str]:
    """The bad host beside the good site at `good`."""
    async with _served(faults.application(site, good), host, port, log) as base:
        yield base


@asynccontextmanager
async def _served(application: web.Application, host: str, port: int, log: Log | None) -> AsyncIterator[str]:
    if log:
        application.middlewares.append(log.middleware)
    runner = web.AppRunner(
        application, access_log=None, shutdown_timeout=1, handler_cancellation=True
    )  # a visit ends when its visitor leaves
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _application(site: Site) -> web.Application:
    handlers = _Handlers(site)
    application = web.Application()
    application.add_routes(
        [
            web.get("/", handlers.index),
            *(web.get(feed.path, handlers.feed) for feed in site.feeds),
            web.post("/hook", handlers.hook),
            web.post("/hook-flaky", handlers.hook),
            web.get("/{path:.+}", handlers.page),
        ]
    )
    return application


class _Handlers:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._feeds = {feed.path: feed for feed in site.feeds}
        self._asked: Counter[str] = Counter()

    async def index(self, request: web.Request) -> web.Response:
        links = [(feed.path, feed.paper) for feed in self._site.feeds] + [(p.link, p.article.title) for p in self._site.released()]
        listed = "".join(f'<li><a href="{path}">{escape(title)}</a></li>\n' for path, title in links)
        text = f"<!DOCTYPE html>\n<title>tocsin: local news site</title>\n<ul>\n{listed}</ul>\n"
        return web.Response(text=text, content_type="text/html")

    async def feed(self, request: web.Request) -> web.Response:
        feed = self._feeds[request.path]
        self._asked[feed.feed_id] += 1
        if feed.fails_every and self._asked[feed.feed_id] % feed.fails_every == 0:
            return web.Response(status=503, text="Please come back in a moment.", headers={"Retry-After": _RETRY_AFTER})
        return _answer(request, self._site.feed(feed.feed_id, _base(request)))

    async def page(self, request: web.Request) -> web.Response:
        if new := self._site.moved_to(request.path):
            return web.Response(status=301, headers={"Location": _base(request) + new})
        document = self._site.page(request.path, _base(request))
        return _answer(request, document) if document else web.Response(status=404, text="Not found")

    async def hook(self, request: web.Request) -> web.Response:
        body = await request.read()
        try:
            value = await request.json()
        except ValueError as error:
            return web.Response(status=400, text=f"not JSON: {error}")
        self._asked[request.path] += 1
        failing = request.path == "/hook-flaky" and self._asked[request.path] <= _FLAKY_FAILURES
        post = Post(
            path=request.path,
            value=value,
            body=body,
            headers={name.lower(): text for name, text in request.headers.items()},
            arrived_dt=self._site.clock(),
            status=500 if failing else 204,
        )
        self._site.posts.put_nowait(post)
        return web.Response(status=post.status)


def _base(request: web.Request) -> str:
    """As the client called us: another container knows us by another name."""
    return f"{request.scheme}://{request.host}"


def _answer(request: web.Request, document: Document) -> web.Response:
    if _unchanged(request, document):
        response = web.Response(status=304)
    else:
        response = web.Response(body=document.body, headers={"Content-Type": document.content_type, "Vary": "Accept-Encoding"})
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            response.enable_compression(web.ContentCoding.gzip)
    response.etag = document.etag
    response.last_modified = document.modified
    return response


def _unchanged(request: web.Request, document: Document) -> bool:
    """RFC 9110 13.2.2: a date counts only where no tag is given."""
    if request.if_none_match is not None:
        return any(tag.value in ("*", document.etag) for tag in request.if_none_match)
    return request.if_modified_since is not None and document.modified <= request.if_modified_since
