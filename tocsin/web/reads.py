"""What the pages ask of the database: each question is one read of one moment, and none writes."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from connectors.store import Store, Tx, open_store
from pipeline.drive import PAUSED
from schemas.errors import StoreDown
from schemas.reasons import HELD, Reason
from schemas.work import STAGES
from tocsin.web import ledger
from tocsin.web.facts import (
    AlertsPage,
    FeedsPage,
    Gauges,
    HeldFacts,
    HeldPage,
    NoticeFacts,
    OutboxFacts,
    ReasonCount,
    StageFacts,
    StatusPage,
)
from tocsin.words import words

T = TypeVar("T")

_ALERTS = 30
_HELD = 100
_NOTICES = 30
_NOTICED = (
    Reason.STREAM_RECREATED,
    Reason.STREAM_GAP,
    Reason.DATABASE_RECREATED,
    Reason.CONFIG_REFUSED,
    Reason.NETWORK_DOWN,
    Reason.NETWORK_BACK,
)
_HOUR = timedelta(hours=1)


class Reads:
    """Takes the store over. A database that was deleted under us, or did not answer, is opened anew at the next question."""

    def __init__(self, store: Store, url: str) -> None:
        self._store, self._url = store, url
        self._opening = asyncio.Lock()

    async def alerts(self, now: datetime) -> AlertsPage:
        return await self._ask(lambda tx: AlertsPage(as_of_dt=now, alerts=ledger.alerts(tx, _ALERTS)))

    async def feeds(self, now: datetime) -> FeedsPage:
        return await self._ask(lambda tx: FeedsPage(as_of_dt=now, feeds=ledger.feeds(tx, now)))

    async def held(self, now: datetime) -> HeldPage:
        return await self._ask(lambda tx: HeldPage(as_of_dt=now, held=_held(tx)))

    async def status(self, now: datetime) -> StatusPage:
        return await self._ask(partial(_status, now))

    async def outbox(self, now: datetime) -> OutboxFacts:
        return await self._ask(partial(_outbox, now))

    async def gauges(self, now: datetime) -> Gauges:
        return await self._ask(partial(_gauges, now))

    async def verdicts(self, since: datetime, until: datetime) -> dict[tuple[str, str], int]:
        """Of [since, until), by stage and reason."""
        return await self._ask(partial(_verdicts, since, until))

    async def close(self) -> None:
        await asyncio.to_thread(self._store.close)

    async def _ask(self, question: Callable[[Tx], T]) -> T:
        """Raises StoreDown, StoreRevision."""
        asked = self._store
        try:
            try:
                return await asked.read(question)
            except (StoreDown, OSError):
                await self._open_anew(asked)
            return await self._store.read(question)
        except (SQLAlchemyError, OSError) as error:
            raise _unreadable(error) from error

    async def _open_anew(self, lost: Store) -> None:
        async with self._opening:
            if self._store is lost:
                self._store = await asyncio.to_thread(open_store, self._url)
                await asyncio.to_thread(lost.close)


def _held(tx: Tx) -> tuple[HeldFacts, ...]:
    return tuple(
        HeldFacts(
            dt=note.dt,
            topic_id=note.key,
            reason=note.reason,
            words=words(note.reason),
            detail=note.detail,
            article=ledger.headline(tx, note),
            url=next((s for s in note.subjects if "://" in s), None),
        )
        for note in tx.journal.latest("ring", list(HELD), _HELD)
    )


def _status(now: datetime, tx: Tx) -> StatusPage:
    counts, waiting, paused = tx.journal.counts(now - _HOUR), tx.jobs.waiting(), tx.facts.starting(PAUSED)
    outbox = _outbox(now, tx)
    return StatusPage(
        as_of_dt=now,
        stages=tuple(
            StageFacts(stage=stage, paused=PAUSED + stage in paused, waiting=waiting.get(stage, 0), last_hour=_of_stage(stage, counts))
            for stage in STAGES
        ),
        outbox_records=outbox.records,
        outbox_oldest_seconds=outbox.oldest_seconds,
        articles=tx.articles.count(),
        feeds_failing=ledger.failing(tx),
        notices=tuple(
            NoticeFacts(dt=note.dt, subject=note.key, reason=note.reason, words=words(note.reason), detail=note.detail)
            for note in tx.journal.latest("house", _NOTICED, _NOTICES)
        ),
    )


def _of_stage(stage: str, counts: dict[tuple[str, str], int]) -> tuple[ReasonCount, ...]:
    found = [ReasonCount(reason=reason, count=count) for (of, reason), count in counts.items() if of == stage]
    return tuple(sorted(found, key=lambda c: (-c.count, c.reason)))


def _outbox(now: datetime, tx: Tx) -> OutboxFacts:
    oldest = tx.outbox.oldest_dt()
    return OutboxFacts(records=tx.outbox.depth(), oldest_seconds=max((now - oldest).total_seconds(), 0) if oldest else 0)


def _gauges(now: datetime, tx: Tx) -> Gauges:
    waiting = tx.jobs.waiting()
    return Gauges(
        jobs_waiting=tuple((stage, waiting.get(stage, 0)) for stage in STAGES),
        outbox=_outbox(now, tx),
        feeds_failing=ledger.failing(tx),
        articles=tx.articles.count(),
    )


def _verdicts(since: datetime, until: datetime, tx: Tx) -> dict[tuple[str, str], int]:
    later = tx.journal.counts(until)
    return {name: more for name, count in tx.journal.counts(since).items() if (more := count - later.get(name, 0))}


def _unreadable(error: Exception) -> StoreDown:
    problem = str(getattr(error, "orig", None) or error)
    return StoreDown("the database", problem, "Check the file and its disk; a deleted database is made anew by what runs next")
