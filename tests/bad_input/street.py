"""A street of news sites over real HTTP: real fetch, real worker processes, a real database; only Kafka is the memory twin."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from connectors.fetch import Web
from connectors.memory_broker import MemoryBroker
from connectors.memory_channel import MemoryChannel
from connectors.store import Tx, open_store
from connectors.workers import Processes
from connectors.world import assembled
from pipeline.shape import Report
from pipeline.start import House, prepare
from schemas.feed import FeedState
from schemas.settings import Settings
from schemas.work import Noted
from tests.cli.terminal import Terminal
from tests.databases import asked
from tests.fetch.site import Answer, Asked, Site, http, serving
from tests.town import NOON, TOPIC, ManualClock, cycle, page, rss

T = TypeVar("T")

HEADLINE = "Nato und Moskau: neue Spannungen"
ROUTES = "channels:\n  mail: {kind: file, path: mail.jsonl}\nroutes:\n  - {topics: all, channels: [mail]}\n"
QUARTER = timedelta(minutes=15)


@dataclass(kw_only=True)
class Street:
    """allowed: of these addresses alone a fetch may be private."""

    home: Path
    sites: Mapping[str, Site]
    allowed: tuple[str, ...]
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOON))
    broker: MemoryBroker = field(default_factory=MemoryBroker)
    mail: MemoryChannel = field(default_factory=MemoryChannel)

    @property
    def terminal(self) -> Terminal:
        """The command line on the same home."""
        return Terminal(home=self.home, more={"TOCSIN_ALLOW_HOSTS": ",".join(self.allowed), "TOCSIN_HOST_PACE": "0"})

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.home}/state/tocsin.db"

    async def cycle(self) -> Report:
        """As a freshly started process works it."""
        settings = Settings(home=str(self.home), config=str(self.terminal.config), allow_hosts=self.allowed)
        store = open_store(self.database_url)
        try:
            async with (
                Web(contact="https://tocsin.example", version="0", allow_hosts=self.allowed) as web,
                Processes(settings.workers) as workers,
                assembled(store=store, broker=self.broker, fetch=web, workers=workers, clock=self.clock) as world,
            ):
                house = House(settings, self.home, world, {})
                house.__dict__["channels"] = {"mail": self.mail}
                await prepare(house)
                return await cycle(house)
        finally:
            store.close()

    def state(self, feed: str) -> FeedState:
        found = self.read(lambda tx: tx.feeds.get(feed))
        assert found, f"{feed} was not polled"
        return found

    def notes(self, *subjects: str) -> list[Noted]:
        """What the journal says about them, in the order in which it happened."""
        return self.read(lambda tx: tx.journal.about(subjects))

    def read(self, question: Callable[[Tx], T]) -> T:
        return asked(self.database_url, question)


@asynccontextmanager
async def street(home: Path, sites: Mapping[str, Answer], elsewhere: Mapping[str, str] | None = None) -> AsyncIterator[Street]:
    """sites: what each answers, by the name of its feed. elsewhere: feeds at addresses that none of them has."""
    async with AsyncExitStack() as stack:
        opened = {name: await stack.enter_async_context(serving(answer)) for name, answer in sites.items()}
        addresses = {name: site.url("/feed.xml") for name, site in opened.items()} | dict(elsewhere or {})
        here = [address.split("/")[2] for address in addresses.values() if address.startswith("http://127.")]
        made = Street(home=home, sites=opened, allowed=tuple(here))
        rows = "".join(f"  {name}: {{url: '{address}', every: 15m}}\n" for name, address in addresses.items())
        made.terminal.write("feeds.yaml", f"feeds:\n{rows}")
        made.terminal.write("routes.yaml", ROUTES)
        made.terminal.write("topics/nato-russia.yaml", TOPIC.replace("Moskau,", "Moskau, Москва, Москве,"))
        yield made


def told(street: Street) -> list[str]:
    """The headlines that reached the mail channel."""
    return [headline.title for message in street.mail.sent for headline in message.delivery.alert.articles]


def always(answer: bytes) -> Answer:
    return lambda asked: answer


def paper(pages: Mapping[str, tuple[str, bytes]]) -> Answer:
    """Its feed lists these pages, by a path or a whole address: the title, and what the page answers."""

    def answer(asked: Asked) -> bytes:
        base = f"http://{asked.headers['host']}"
        if asked.path == "/robots.txt":
            return http(status="404 Not Found")
        if asked.path == "/feed.xml":
            return http(rss(*((title, f"{base}{path}" if path[0] == "/" else path, title) for path, (title, _) in pages.items())))
        return pages[asked.path][1]

    return answer


def article(title: str, text: str) -> bytes:
    return http(page(title, text), Content_Type="text/html; charset=utf-8")


def redirect(to: str) -> bytes:
    return http(status="302 Found", Location=to)
