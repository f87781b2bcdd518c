"""The web page: what rang, how the feeds fare, what was held back, how the house is. Rendered here, without a script, to be read only."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException

from connectors.doors import Clock
from connectors.store import Store
from schemas import codec
from schemas.errors import TocsinError
from schemas.settings import Settings
from tocsin.web.guard import HEADERS, METHODS, Guard
from tocsin.web.metrics import Tally, exposition
from tocsin.web.pages import html
from tocsin.web.reads import Reads

_STATIC = Path(__file__).parent / "static"
_STALE = 120  # seconds: an outbox whose oldest record waits longer does not drain

Answer = Callable[[], Awaitable[Response]]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    """path: as HTML; name + .json: the same facts as JSON."""

    path: str
    name: str
    facts: Callable[[datetime], Awaitable[Any]]


def app(store: Store, settings: Settings, clock: Clock) -> FastAPI:
    """Takes the store over and closes it at its end. settings: web_port, as a browser names it, and database_url are used."""
    reads = Reads(store, settings.database_url)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await reads.close()

    web = FastAPI(title="tocsin", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    web.add_middleware(Guard, port=settings.web_port)
    for page in (
        _Page(path="/", name="alerts", facts=reads.alerts),
        _Page(path="/feeds", name="feeds", facts=reads.feeds),
        _Page(path="/held", name="held", facts=reads.held),
        _Page(path="/status", name="status", facts=reads.status),
    ):
        _add(web, page.path, _as_html(page, clock))
        _add(web, f"/{page.name}.json", _as_json(page, clock))
    _add(web, "/healthz", _healthz(reads, clock))
    _add(web, "/metrics", _metrics(reads, clock))
    web.mount("/static", StaticFiles(directory=_STATIC))
    web.add_exception_handler(HTTPException, _no_such_page)
    web.add_exception_handler(TocsinError, _trouble)
    web.add_exception_handler(Exception, _bug)
    return web


def _add(web: FastAPI, path: str, answer: Answer) -> None:
    web.add_api_route(path, answer, methods=list(METHODS), response_model=None)


def _as_html(page: _Page, clock: Clock) -> Answer:
    async def answer() -> Response:
        return html(page.name, page.path, await page.facts(clock()))

    return answer


def _as_json(page: _Page, clock: Clock) -> Answer:
    async def answer() -> Response:
        return _json(codec.plain(await page.facts(clock())))

    return answer


def _healthz(reads: Reads, clock: Clock) -> Answer:
    """503 says that the house is not well, not that this process is: it is no reason to start the web page again."""

    async def answer() -> Response:
        try:
            outbox = await reads.outbox(clock())
        except TocsinError as error:
            return _json({"status": "failing", "database": str(error)}, 503)
        well = outbox.oldest_seconds <= _STALE
        facts = {"database": "readable", "outbox_records": outbox.records, "outbox_oldest_seconds": outbox.oldest_seconds}
        return _json({"status": "ok" if well else "failing", **facts}, 200 if well else 503)

    return answer


def _metrics(reads: Reads, clock: Clock) -> Answer:
    tally = Tally(reads, clock())

    async def answer() -> Response:
        now = clock()
        return Response(exposition(await reads.gauges(now), await tally.upto(now)), media_type=CONTENT_TYPE_LATEST)

    return answer


def _json(plain: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(plain), status, media_type="application/json")


async def _no_such_page(request: Request, error: Exception) -> Response:
    return _failed(request, 404, "There is no such page.")


async def _trouble(request: Request, error: Exception) -> Response:
    return _failed(request, 503, str(error))


async def _bug(request: Request, error: Exception) -> Response:
    """Answered outside of the guard, and raised again to be logged."""
    answer = _failed(request, 500, "This is a bug of ours. The log of the web page has its traceback.")
    answer.headers.update(HEADERS)
    return answer


def _failed(request: Request, status: int, problem: str) -> Response:
    if request.url.path.endswith(".json"):
        return _json({"error": problem}, status)
    return html("trouble", "", problem, status)
