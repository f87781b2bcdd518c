"""The doctor: one sentence for each thing that can be wrong, with what to do about it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from importlib.metadata import packages_distributions
from pathlib import Path

from articles.answers import failing
from connectors.broker import Kafka, options
from connectors.broker.clients import answers
from connectors.fetch import proxy_notice
from connectors.store import Store, open_store
from pipeline import streams
from schemas.errors import BrokerDown, TocsinError
from schemas.reasons import TROUBLE, Reason
from schemas.settings import Settings
from tocsin.check import checked

_LEAST = 256 * 2**20  # bytes free
_ANSWER = 3.0  # seconds that Kafka has to answer
_BAD = (*TROUBLE, Reason.GAVE_UP, Reason.CHANNEL_FAILED, Reason.CHANNEL_REFUSED, Reason.CHANNEL_REMOVED)
_HOUSE = (Reason.STREAM_RECREATED, Reason.STREAM_GAP, Reason.DATABASE_RECREATED, Reason.CONFIG_REFUSED, Reason.NETWORK_DOWN)
_OURS = ("tocsin", "flows", "pipeline", "connectors", "articles", "topics", "alerts", "schemas")


class Health(StrEnum):
    OK = auto()
    WARN = auto()
    FAIL = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    health: Health
    subject: str
    says: str


def examine(settings: Settings, home: Path, now: datetime, secret: Callable[[str], str | None]) -> Iterator[Finding]:
    yield _packages()
    yield _disk(home)
    if settings.http_proxy:
        yield _finding(Health.OK, "proxy", proxy_notice(settings.http_proxy))
    yield _guarded("configuration", lambda: _config(settings, home, secret))
    yield _guarded("streams", lambda: _streams(settings))
    try:
        with closing(open_store(settings.database_url)) as store:
            yield _finding(Health.OK, "database", settings.database_url.partition("@")[2] or settings.database_url)
            yield from _state(store, now)
    except TocsinError as error:
        yield _finding(Health.FAIL, "database", str(error))


def _packages() -> Finding:
    owners = packages_distributions()
    if shared := [name for name in _OURS if len(set(owners.get(name, ()))) > 1]:
        names = ", ".join(shared)
        return _finding(Health.FAIL, "packages", f"{names} come from two distributions: install tocsin in an environment of its own")
    return _finding(Health.OK, "packages", "every package of ours is ours alone")


def _disk(home: Path) -> Finding:
    there = next(path for path in (home, *home.parents) if path.exists())
    free = shutil.disk_usage(there).free
    if free < _LEAST:
        return _finding(Health.FAIL, "disk", f"{free >> 20} MiB free at {there}: free some, or choose another TOCSIN_HOME")
    return _finding(Health.OK, "disk", f"{free >> 30} GiB free")


def _config(settings: Settings, home: Path, secret: Callable[[str], str | None]) -> Finding:
    found, closed = checked(settings, home, secret)
    if closed:
        return _finding(Health.FAIL, "configuration", "; ".join(map(str, closed)))
    counts = f"{len(found.feeds)} feeds, {len(found.topics)} topics, {len(found.routes.channels)} channels"
    return _finding(Health.OK, "configuration", counts)


def _streams(settings: Settings) -> Finding:
    if not answers(options.client(settings), _ANSWER):
        raise BrokerDown(settings.bootstrap_servers, "it does not answer")
    with closing(Kafka(settings)) as broker:
        streams.check(broker, settings)
    return _finding(Health.OK, "streams", f"Kafka at {settings.bootstrap_servers} has them as the table says")


def _state(store: Store, now: datetime) -> Iterator[Finding]:
    yield _outbox(store, now)
    yield _feeds(store)
    yield from _recent(store, now)


def _outbox(store: Store, now: datetime) -> Finding:
    depth, oldest = store.read_now(lambda tx: (tx.outbox.depth(), tx.outbox.oldest_dt()))
    if oldest and now - oldest > timedelta(minutes=2):
        return _finding(Health.WARN, "outbox", f"{depth} records wait since {oldest:%H:%M}Z: Kafka does not take them; nothing is lost")
    return _finding(Health.OK, "outbox", f"{depth} records wait" if depth else "empty")


def _feeds(store: Store) -> Finding:
    states = store.read_now(lambda tx: tx.feeds.all())
    bad = [f"{s.feed_id} ({s.reason})" for s in states if failing(s.reason)]
    if bad:
        return _finding(Health.WARN, "feeds", f"{len(bad)} of {len(states)} fail: {', '.join(bad[:10])}. See: tocsin feeds list --failing")
    return _finding(Health.OK, "feeds", f"{len(states)} known, none fails")


def _recent(store: Store, now: datetime) -> Iterator[Finding]:
    """What the journal has to say of the last day."""
    counts = store.read_now(lambda tx: tx.journal.counts(now - timedelta(days=1)))
    for row in store.read_now(lambda tx: tx.journal.latest("house", _HOUSE, 5)):
        if row.dt > now - timedelta(days=1):
            yield _finding(Health.WARN, row.reason, f"{row.dt:%H:%M}Z {row.key}: {row.detail}")
    for stage in ("poll", "extract", "track", "ring", "deliver"):
        bad = {r: n for (s, r), n in counts.items() if s == stage and r in _BAD}
        if bad:
            told = ", ".join(f"{n} {reason}" for reason, n in bad.items())
            yield _finding(Health.WARN, stage, f"in the last day: {told}. See: tocsin quarantine list")


def _guarded(subject: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except TocsinError as error:
        return _finding(Health.FAIL, subject, str(error))


def _finding(health: Health, subject: str, says: str) -> Finding:
    return Finding(health=health, subject=subject, says=says)
