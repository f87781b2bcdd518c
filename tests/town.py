"""A small town for tests: one paper, one topic, two channels, and a clock that only we move. Its database is real."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from connectors.memory_broker import MemoryBroker
from connectors.memory_channel import MemoryChannel
from connectors.memory_site import InlineWorkers, MemoryFetch, Site
from connectors.process import machine
from connectors.store import open_store
from connectors.world import World, assembled
from pipeline.drive import Shift
from pipeline.path import path
from pipeline.shape import Report
from pipeline.start import House, prepare
from schemas.exchange import Response
from schemas.settings import Settings

T = TypeVar("T")

NOON = datetime(2021, 10, 22, 12, 0, tzinfo=UTC)
FEED = "http://zeitung.test/feed.xml"

NEWS = ("Nato und Moskau: neue Spannungen", "http://zeitung.test/1", "Streit um Pläne des Bündnisses mit Blick auf Russland")
SPORT = ("Ein spätes Tor entscheidet", "http://zeitung.test/2", "Der Tabellenführer gewinnt")

TOPIC = """
topics:
  nato-russia:
    title: NATO and Russia
    concepts:
      nato: [Nato, НАТО]
      russia: [Russland, Russlands, Moskau, Russia]
    match: nato and russia
    calm: 6h
"""
FEEDS = f"feeds: {{zeitung: {{url: '{FEED}', every: 15m, source: zeitung}}}}\nsources: {{zeitung: {{name: Zeitung}}}}\n"
ROUTES = """
channels:
  mail: {kind: file, path: mail.jsonl}
  chat: {kind: file, path: chat.jsonl}
routes:
  - {topics: all, channels: [mail, chat]}
"""

BODY = """Die Verteidigungsminister der Nato haben sich in Brüssel auf ein neues Konzept zur Abschreckung geeinigt.
Der Kreml in Moskau nannte die Pläne einen Beleg dafür, dass ein Gespräch mit dem Bündnis zurzeit keinen Sinn habe.
Generalsekretär Stoltenberg sprach von einer klaren Antwort auf das Verhalten Russlands in den vergangenen Jahren.
Beobachter sehen die Beziehungen auf dem tiefsten Stand seit Jahrzehnten."""

SPORT_BODY = """Der Tabellenführer hat am Abend in letzter Minute gewonnen und bleibt damit auch im zehnten Spiel der Saison ungeschlagen.
Der Trainer lobte nach dem Abpfiff die Geduld seiner Mannschaft und sprach von einem verdienten, aber glücklichen Sieg vor vollem Haus."""


class ManualClock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def rss(*items: tuple[str, str, str], at: datetime = NOON) -> bytes:
    rows = (
        f"<item><title>{title}</title><link>{url}</link><description>{text}</description>"
        f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for title, url, text in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Zeitung</title>{"".join(rows)}</channel></rss>'.encode()


def page(title: str, text: str) -> bytes:
    body = "".join(f"<p>{p}</p>" for p in text.split("\n"))
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def answer(url: str, body: bytes = b"", status: int = 200, **headers: str) -> Response:
    return Response(url=url, status=status, body=body, headers=headers)


@dataclass(kw_only=True)
class Town:
    folder: Path
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOON))
    site: Site = field(default_factory=Site)
    broker: MemoryBroker = field(default_factory=MemoryBroker)
    mail: MemoryChannel = field(default_factory=MemoryChannel)
    chat: MemoryChannel = field(default_factory=MemoryChannel)
    settings: Settings = field(default_factory=Settings)
    database_url: str = ""
    texts: dict[str, str] = field(default_factory=lambda: {"feeds.yaml": FEEDS, "routes.yaml": ROUTES, "topics/nato-russia.yaml": TOPIC})

    @asynccontextmanager
    async def house(self, prepared: bool = True) -> AsyncIterator[House]:
        """As a freshly started process sees it."""
        store = open_store(self.database_url or f"sqlite:///{self.folder}/state/tocsin.db")
        fetch, workers = MemoryFetch(self.site), InlineWorkers()
        try:
            async with assembled(store=store, broker=self.broker, fetch=fetch, workers=workers, clock=self.clock) as world:
                house = self.known(world)
                if prepared:
                    await prepare(house)
                yield house
        finally:
            store.close()

    def known(self, world: World) -> House:
        house = House(self.settings, self.folder, world, {})
        house.__dict__["texts"] = dict(self.texts)
        house.__dict__["channels"] = {"mail": self.mail, "chat": self.chat}
        return house

    def prints(self, *items: tuple[str, str, str]) -> None:
        """The paper's feed now shows these items; their pages hold the long text."""
        self.site.pages[FEED] = answer(FEED, rss(*items, at=self.clock.now), etag=str(len(items)))
        for title, url, _ in items:
            self.site.pages.setdefault(url, answer(url, page(title, SPORT_BODY if "Tor" in title else BODY)))

    def later(self, **by: float) -> None:
        self.clock.now += timedelta(**by)

    def run(self) -> Report:
        """One cycle of a fresh process."""
        return self.inside(cycle)

    def inside(self, work: Callable[[House], Coroutine[Any, Any, T]]) -> T:
        async def once() -> T:
            async with self.house() as house:
                return await work(house)

        return asyncio.run(once())


async def cycle(house: House) -> Report:
    return await Shift(path(house), house.world, seconds=20).all()


def as_one_that_dies(house: House) -> None:
    """From now on this house leases as a process of this machine that is no more by the time anybody looks."""
    house.world.leases._me = f"{machine()}/999999999/1"
