"""A receiver of webhooks on loopback, the plainest fetch door to reach it by, and a message to send."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
import orjson
from aiohttp import web

from schemas.alert import Alert, AlertState, Delivery, Message
from schemas.article import Origin
from schemas.exchange import Failure, Request, Response

NOW = datetime(2021, 10, 22, 15, 40, tzinfo=UTC)


@dataclass(kw_only=True)
class Receiver:
    """status: of its answers. to: where a redirect leads. waits: until it is set, nobody gets an answer."""

    status: int = 200
    to: str = ""
    waits: asyncio.Event | None = None
    port: int = 0
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    async def _answer(self, request: web.Request) -> web.Response:
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        self.bodies.append(await request.read())
        if self.waits is not None:
            await self.waits.wait()
        return web.Response(status=self.status, headers={"Location": self.to} if self.to else {})

    def json(self) -> list[dict[str, Any]]:
        return [orjson.loads(body) for body in self.bodies]


@asynccontextmanager
async def receiving(**how: Any) -> AsyncIterator[Receiver]:
    receiver = Receiver(**how)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", receiver._answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.port = runner.addresses[0][1]
    try:
        yield receiver
    finally:
        await runner.cleanup()


async def fetch(request: Request) -> Response:
    timeout = aiohttp.ClientTimeout(total=request.deadline)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.request(
                request.method, request.url, data=request.body, headers=dict(request.headers), allow_redirects=request.redirects > 0
            ) as answer,
        ):
            return Response(url=request.url, status=answer.status, body=await answer.read())
    except aiohttp.ClientError as error:
        return Response(url=request.url, failure=Failure.CONNECT_FAILED, detail=f"{request.url}: {error}")


def message(id: str = "delivery-1", attempt: int = 1, title: str = "NATO and Russia: talks in Brüssel") -> Message:
    alert = Alert(
        alert_id="alert-1",
        revision=1,
        topic_id="nato-russia",
        group_id="nato-russia",
        state=AlertState.OPENED,
        origin=Origin.LIVE,
        title=title,
        opened_dt=NOW,
        changed_dt=NOW,
        news_dt=NOW,
        article_count=0,
    )
    delivery = Delivery(delivery_id=id, channel="desk", alert=alert)
    return Message(id=id, attempt=attempt, title=title, text="Ministers met.\nMoscow answered.", delivery=delivery)
