"""A publisher on real HTTP who answers by a script, and writes down who asked for what and when, in the time that the test sets."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from tests.fetch.site import Asked, Site

Script = Callable[[Asked, datetime], bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    dt: datetime
    path: str
    headers: Mapping[str, str]
    status: int

    @property
    def conditional(self) -> bool:
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


@dataclass(kw_only=True)
class Publisher:
    """slow: seconds for which an answer is under way. most: visitors at once so far."""

    script: Script
    clock: Callable[[], datetime]
    address: str = "127.0.0.1"
    slow: float = 0
    port: int = 0
    calls: list[Call] = field(default_factory=list)
    most: int = 0
    _inside: int = 0
    _server: asyncio.Server | None = None

    @property
    def place(self) -> str:
        return f"{self.address}:{self.port}"

    def url(self, path: str = "/feed") -> str:
        return f"http://{self.place}{path}"

    async def start(self) -> None:
        """At the same port each time."""
        site = Site(self._answer, self.slow)
        self._server = await asyncio.start_server(site.visit, self.address, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        """From now on connections are refused."""
        if self._server:
            self._server.close()

    def _answer(self, asked: Asked) -> Iterable[bytes]:
        self._inside += 1
        self.most = max(self.most, self._inside)
        now = self.clock()
        answer = self.script(asked, now)
        self.calls.append(Call(dt=now, path=asked.path, headers=asked.headers, status=int(answer.split(b" ", 2)[1])))
        yield answer[:1]
        self._inside -= 1  # before the last byte goes out: who has the answer may ask again at once
        yield answer[1:]


def pauses(calls: Iterable[Call]) -> list[float]:
    """Minutes between one call and the next."""
    return [(after.dt - before.dt).total_seconds() / 60 for before, after in pairwise(calls)]


def whole(calls: Iterable[Call]) -> list[Call]:
    """Those without conditions."""
    return [call for call in calls if not call.conditional]
