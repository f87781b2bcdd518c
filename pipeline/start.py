"""From the environment to a running house: settings, the world, lanes held against logs, the operator's files."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path

from connectors import channels, environment, files
from connectors.doors import Channel
from connectors.store import Tx
from connectors.world import World, open_world
from pipeline import config as configuration
from pipeline import notice, poll, recovery
from pipeline.compiled import Compiled
from pipeline.config import Config
from schemas.errors import BrokerDown, ConfigError
from schemas.feed import DueFeed, Feed, FeedState
from schemas.ids import digest
from schemas.reasons import Reason
from schemas.settings import Settings

_LAST_GOOD = "config.last-good.json"
_ENROLLED = "config_digest"
_WATCH = 5.0  # seconds
_SHUT = (Reason.NO_SECRET, Reason.FORBIDDEN)
_JAILED = timedelta(hours=1)  # until a feed whose job went to quarantine is tried again


class House:
    """Everything a run needs, open. The operator's files are read when they are needed first: a cycle with nothing due never does."""

    def __init__(self, settings: Settings, home: Path, world: World, variables: Mapping[str, str], topics: Compiled | None = None) -> None:
        self.settings, self.home, self.world = settings, home, world
        self.topics = topics or Compiled(home, settings.languages)
        self.refused: ConfigError | None = None  # why the files as they are now were not taken
        self.broker_down: BrokerDown | None = None  # lanes could not be held against logs
        self._variables = variables

    @cached_property
    def texts(self) -> dict[str, str]:
        """The operator's files; those that were right last where one of them cannot be read. Raises ConfigError."""
        try:
            return files.read_config(Path(self.settings.config))
        except ConfigError as error:
            self.refused = error
            return last_good(self.home, error)

    @cached_property
    def config(self) -> Config:
        """As it is now, or, where that is wrong, as it was when it was right last. Raises ConfigError."""
        found, refused = readable(self.texts, self.home, self.topics)
        self.refused = self.refused or refused
        return found

    @cached_property
    def channels(self) -> Mapping[str, Channel]:
        return channels.open_channels(self.config.routes.channels.values(), fetch=self.world.fetch, secret=self._secret, home=self.home)

    def _secret(self, name: str) -> str | None:
        return environment.secret(self._variables, name)


def readable(texts: Mapping[str, str], home: Path, topics: Compiled) -> tuple[Config, ConfigError | None]:
    """These files, or those that were right last, and why these were not taken. Raises ConfigError where none were ever right."""
    try:
        good = configuration.config(texts, channels.OPTIONS, topics.load)
    except ConfigError as error:
        return configuration.config(last_good(home, error), channels.OPTIONS, topics.load), error
    with suppress(OSError):  # a full disk holds no start back; the files themselves are right
        files.write_atomic(home / _LAST_GOOD, json.dumps(texts, ensure_ascii=False).encode())
    return good, None


def last_good(home: Path, error: ConfigError) -> dict[str, str]:
    """The files as they were when they were right last. Raises `error` where they never were."""
    kept = home / _LAST_GOOD
    if not kept.exists():
        raise error
    texts: dict[str, str] = json.loads(files.read_text(kept))
    return texts


@asynccontextmanager
async def started(variables: Mapping[str, str], version: str = "0", topics: Compiled | None = None) -> AsyncIterator[House]:
    """topics: of the house before, so that those that have not changed are not compiled again.

    Raises TocsinError: SettingsError, ConfigError, StoreDown, StoreRevision, StreamsDiffer. Kafka may be down: the house says so.
    """
    chosen, home = environment.load(variables)
    async with open_world(chosen, version, partial(environment.secret, variables)) as world:
        house = House(chosen, home, world, variables, topics)
        await prepare(house)
        yield house


async def prepare(house: House) -> None:
    """Lanes against logs, then the feeds that are new to us: so that a lost database is known before anything is polled."""
    try:
        await recovery.check(house.world, house.settings.speed, lambda: house.config.routes)
        house.broker_down = None
    except BrokerDown as error:
        house.broker_down = error
        if not await house.world.store.read(lambda tx: tx.lanes.starting("track/")):
            return  # whether the database is new or was lost cannot be told without Kafka: nothing is polled yet
    house.world.relay.begin()
    await enrol(house)


async def watch(house: House, stopped: asyncio.Event, renewed: asyncio.Event) -> None:
    """For who works on and on: holds lanes against logs now and then, and sets `renewed` when told to stop or when the files changed."""
    while not await _within(_WATCH, stopped):
        with suppress(ConfigError):  # being written just now; what is wrong with it is said when it is taken
            if files.read_config(Path(house.settings.config)) != house.texts:
                break
        await prepare(house)
    renewed.set()


async def _within(seconds: float, event: asyncio.Event) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    return event.is_set()


async def enrol(house: House) -> None:
    """A job for every feed that is new to us, has moved, or has lost its own to the quarantine. The files are read where they changed."""
    written = digest(*(part for pair in sorted(house.texts.items()) for part in pair))
    known, idle = await house.world.store.read(lambda tx: (tx.facts.get(_ENROLLED), tx.feeds.idle()))
    if known == written and all(state.reason is Reason.GONE for state in idle):
        return
    config = await asyncio.to_thread(lambda: house.config)
    await house.world.store.transact(lambda tx: _enrol(tx, house, config, written))
    house.world.relay.wake()


def _enrol(tx: Tx, house: House, config: Config, written: str) -> None:
    now = house.world.clock()
    seed_all, wanted = tx.facts.get(recovery.SEED_ALL) is not None, {feed.feed_id for feed in config.feeds}
    for state in tx.feeds.idle():
        if state.feed_id not in wanted:
            tx.feeds.remove(state.feed_id)  # gone for good; whoever adds it again begins anew
    for feed in config.feeds:
        known, first_job = tx.feeds.get(feed.feed_id), partial(poll.job, DueFeed(feed_id=feed.feed_id, url=feed.url))
        if known is None or known.url != feed.url:
            tx.feeds.remove(feed.feed_id)
            tx.feeds.save(FeedState(feed_id=feed.feed_id, url=feed.url, seed_all=seed_all))
            tx.jobs.put(first_job(now))
        elif known.reason is not Reason.GONE and tx.jobs.get("poll", feed.feed_id) is None:
            tx.jobs.put(first_job(now if known.reason is Reason.FEED_REMOVED else now + _JAILED))
        else:
            _hasten(tx, feed, known, now, house.settings.speed)
    tx.facts.set(recovery.SEED_ALL, None)
    tx.facts.set(_ENROLLED, written)
    if house.refused:
        notice.give(tx, Reason.CONFIG_REFUSED, house.refused.path, str(house.refused), config.routes, now)


def _hasten(tx: Tx, feed: Feed, known: FeedState, now: datetime, speed: float) -> None:
    """What an edit may have mended, or made more urgent, does not wait for its old time."""
    waiting = tx.jobs.get("poll", feed.feed_id)
    soonest = now if known.reason in _SHUT else now + feed.every / speed if feed.every and not known.failures else None
    if waiting and soonest and waiting.due_dt > soonest:
        tx.jobs.put(replace(waiting, due_dt=soonest))
        tx.feeds.save(replace(known, due_dt=soonest))
