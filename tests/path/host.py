"""One real host on loopback, over real HTTP, with a paper on it: what we ask of it is seen from its side."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from connectors.fetch import Web
from connectors.memory_site import InlineWorkers
from connectors.store import Tx, open_store
from connectors.world import assembled
from pipeline.shape import Report
from pipeline.start import prepare
from schemas.host import HostState
from tests.databases import asked
from tests.fetch.site import Asked, Site, http, serving
from tests.town import BODY, NOON, Town, cycle, page, rss

T = TypeVar("T")

BUSY = http(status="429 Too Many Requests", Retry_After="3600")
DOWN = http(status="503 Service Unavailable")
MISSING = http(status="404 Not Found")


def forbids(*paths: str) -> bytes:
    return http("\n".join(["User-agent: *", *(f"Disallow: {path}" for path in paths)]).encode())


@dataclass(kw_only=True)
class Host:
    """A paper with so many articles, which has no robots.txt. answers: by path, where it answers otherwise. pace: ours, in seconds."""

    town: Town
    articles: int = 1
    answers: dict[str, bytes] = field(default_factory=dict)
    feed: str = ""  # more of its line in feeds.yaml
    pace: float = 0
    site: Site = field(init=False)

    def inside(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """While the host is open."""

        async def served() -> T:
            async with serving(self._answer) as self.site:
                line = f"zeitung: {{url: '{self.site.url('/feed.xml')}', every: 30d, source: zeitung{self.feed}}}"
                self.town.texts["feeds.yaml"] = f"feeds: {{{line}}}\nsources: {{zeitung: {{name: Zeitung}}}}\n"
                return await work()

        return asyncio.run(served())

    def run(self, *pauses: timedelta) -> list[Report]:
        """A cycle now, and one after each of these pauses."""

        async def cycles() -> list[Report]:
            reports = [await self.cycle()]
            for pause in pauses:
                self.town.clock.now += pause
                reports.append(await self.cycle())
            return reports

        return self.inside(cycles)

    async def cycle(self) -> Report:
        """As a freshly started process works it."""
        store, clock, broker = open_store(self.town.database_url), self.town.clock, self.town.broker
        try:
            async with (
                Web(contact="https://tocsin.example", version="0", allow_hosts=(self.site.place,)) as web,
                assembled(store=store, broker=broker, fetch=web, workers=InlineWorkers(), clock=clock, host_pace=self.pace) as world,
            ):
                house = self.town.known(world)
                await prepare(house)
                return await cycle(house)
        finally:
            store.close()

    @property
    def asked(self) -> list[str]:
        """The paths, but the feed's."""
        return [asked.path for asked in self.site.asked if asked.path != "/feed.xml"]

    @property
    def state(self) -> HostState:
        found = self.read(lambda tx: tx.hosts.get(self.site.place))
        assert found
        return found

    @property
    def published(self) -> list[dict[str, Any]]:
        return [json.loads(record.value) for record in self.town.broker.all("news.article.v1")]

    def read(self, question: Callable[[Tx], T]) -> T:
        return asked(self.town.database_url, question)

    def _answer(self, asked: Asked) -> bytes:
        if asked.path in self.answers:
            return self.answers[asked.path]
        if asked.path == "/feed.xml":
            numbers = range(1, self.articles + 1)
            return http(rss(*((f"Nato und Moskau, Teil {n}", self.site.url(f"/{n}"), f"Teil {n}") for n in numbers), at=NOON))
        is_article = asked.path.strip("/").isdigit()
        return http(page(f"Nato und Moskau, Teil {asked.path}", BODY), Content_Type="text/html") if is_article else MISSING
