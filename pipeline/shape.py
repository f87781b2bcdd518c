"""The one shape of every stage.

1. take     a batch of one lane, by leasing it
2. work     outside, awaiting the world: fetch, parse, match, send. No database
3. settle   in one transaction, awaiting nothing: move the lane on, read state, ask the pure decision, write state, records, jobs, reason
4. publish  the outbox, by the one relay; a row goes after its own acknowledgement

A kill before 3 changes nothing, after 3 loses nothing, inside 4 repeats a record under the same id.
"""

import asyncio
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol, TypeVar

from sqlalchemy.exc import OperationalError

from connectors.store import Tx
from connectors.world import World
from pipeline.intake import CRASHED, Batch
from pipeline.verdict import Item, Patience, Resting, Verdict
from schemas import codec, validate
from schemas.alert import Alert
from schemas.errors import LostLane, TocsinError
from schemas.reasons import TROUBLE, Reason
from schemas.streams import Stream
from schemas.work import Record

F = TypeVar("F")
Done = tuple[Item[Any], Any]  # an item and what work found, or the verdict that spared it the work


class Stage(Protocol[F]):
    @property
    def name(self) -> str: ...
    @property
    def stream(self) -> Stream | None:
        """The stream it reads, where it reads one. Every stage takes jobs."""

    @property
    def attempted(self) -> Reason | None:
        """Journalled when a job is taken, where a try must be on record before it is made."""

    @property
    def patience(self) -> Patience: ...

    async def work(self, item: Item[Any]) -> F:
        """The slow half: network and processor, no database."""

    def settle(self, tx: Tx, item: Item[Any], found: F, now: datetime) -> Verdict:
        """The quick half: state in, decision, state out. Not async, so nothing can wait inside the transaction."""


@dataclass(kw_only=True)
class Report:
    """What a run did, by reason, and to whom: for the log line, the metrics, the artifact."""

    reasons: Counter[Reason] = field(default_factory=Counter)
    subjects: list[tuple[Reason, str]] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def add(self, items: Sequence[Item[Any]], verdicts: Sequence[Verdict]) -> None:
        for item, verdict in zip(items, verdicts, strict=True):
            self.reasons[verdict.reason] += 1
            self.subjects.append((verdict.reason, item.key))
            self.alerts.extend(r for r in verdict.records if isinstance(r, Alert))
            if verdict.reason in TROUBLE:
                self.troubles.append(f"{item.taken[0]} {item.key}: {verdict.reason}: {verdict.detail}")

    def trouble(self, reason: Reason, problem: str) -> None:
        self.reasons[reason] += 1
        self.troubles.append(problem)

    def __str__(self) -> str:
        return ", ".join(f"{count} {reason}" for reason, count in self.reasons.items()) or "nothing to do"

    def __iadd__(self, other: "Report") -> "Report":
        self.reasons.update(other.reasons)
        self.subjects.extend(other.subjects)
        self.alerts.extend(other.alerts)
        self.troubles.extend(other.troubles)
        return self


async def turn(stage: Stage[Any], batch: Batch, world: World, more: Callable[[], bool] = lambda: True) -> Report:
    """One batch through the shape. Where `more` says no or the lane must rest, the items not yet begun are handed back, uncounted.

    Raises LostLane.
    """
    done: list[Done] = []
    try:
        for item in batch.items:
            if done and (_rest(done) or not more()):
                break
            if done and batch.rest:
                await asyncio.sleep(batch.rest.total_seconds())
            done.append(await _work(stage, item))
        verdicts = await world.store.transact(partial(_settle, stage, batch, done, world.clock()))
    except (asyncio.CancelledError, TocsinError, OperationalError):  # nobody died: the items are not to be counted
        with suppress(TocsinError):
            await asyncio.shield(hand_back(batch, world))
        raise
    finally:
        world.leases.end(batch.holder)
    world.relay.wake()
    report = Report()
    report.add([item for item, _ in done], verdicts)
    return report


async def hand_back(batch: Batch, world: World) -> None:
    """Nothing of it was done, and nobody died."""
    world.leases.end(batch.holder)
    await world.store.transact(partial(_hand_back, batch, world.clock()))


async def _work(stage: Stage[Any], raw: Item[bytes]) -> Done:
    if raw.deaths >= CRASHED:
        return raw, Verdict(reason=Reason.CRASHED, quarantine=True, detail=f"{raw.deaths} processes died over it")
    try:
        item = replace(raw, value=codec.load(codec.KINDS[raw.kind], raw.raw))
    except (codec.Unreadable, KeyError) as error:
        return raw, Verdict(reason=Reason.UNREADABLE, quarantine=True, detail=str(error))
    try:
        return item, await stage.work(item)
    except TocsinError:
        raise  # what we need is not there: everyone's trouble, not this item's
    except Exception as error:  # noqa: BLE001  a bug of ours in one item must not stop its lane for ever: journalled, and the run ends Failed
        return item, _bug(item, error)


def _settle(stage: Stage[Any], batch: Batch, done: Sequence[Done], now: datetime, tx: Tx) -> list[Verdict]:
    last = done[-1][0].offset
    tx.lanes.move(
        batch.lane, batch.holder, last + 1 if last >= 0 else None, now + max(batch.rest, _rest(done))
    )  # first: a zombie stops here
    tx.lanes.survived([item.taken for item, _ in done if item.deaths])
    tx.outbox.read([item.record_id for item, _ in done if item.record_id])
    return [_settled(tx, stage, batch.lane, item, found, now) for item, found in done]


def _settled(tx: Tx, stage: Stage[Any], lane: str, item: Item[Any], found: Any, now: datetime) -> Verdict:
    """One item, in a savepoint of its own: what goes wrong in it undoes its writes alone."""
    try:
        with tx.savepoint():
            verdict = found if isinstance(found, Verdict) else stage.settle(tx, item, found, now)
            return _write(tx, stage, lane, item, verdict, now)
    except OperationalError:
        raise  # the store's trouble is everyone's: roll the batch back
    except Exception as error:  # noqa: BLE001  as in _work: journalled, and the run ends Failed
        return _write(tx, stage, lane, item, _bug(item, error), now)


def _rest(done: Sequence[Done]) -> timedelta:
    """What the latest of them wants for its whole lane."""
    found = done[-1][1]
    return found.rest if isinstance(found, Resting) else timedelta(0)


def _hand_back(batch: Batch, now: datetime, tx: Tx) -> None:
    try:
        tx.lanes.move(batch.lane, batch.holder, None, now)
    except LostLane:
        return


def _checked(record: Record) -> Record:
    if problem := validate.check(record):
        raise ValueError(f"a record for {record.stream} is not as its schema says: {problem}")
    return record


def _write(tx: Tx, stage: Stage[Any], lane: str, item: Item[Any], verdict: Verdict, now: datetime) -> Verdict:
    records = [_checked(codec.record(thing, now)) for thing in verdict.records]
    renewed = item.job is not None and not tx.jobs.done(item.job)  # a newer word was put under its key meanwhile: that one stays
    if item.job and verdict.retry and not renewed:
        verdict = _again(tx, stage, item, verdict, now)
    if verdict.quarantine:
        tx.outbox.put([codec.record(_jailed(stage, lane, item, verdict, now), now)])
    tx.outbox.put(records)
    tx.jobs.put_all(job for job in verdict.jobs if not (renewed and (job.stage, job.key) == item.taken))
    tx.journal.add(stage.name, item.key, verdict.reason, verdict.detail, verdict.about, now)
    return verdict


def _again(tx: Tx, stage: Stage[Any], item: Item[Any], verdict: Verdict, now: datetime) -> Verdict:
    """The same job at a later time, or the end of patience."""
    assert item.job is not None
    pause = stage.patience.pause(item.job.attempt)
    if pause is not None and isinstance(verdict.retry, timedelta):
        pause = max(pause, verdict.retry)
    if pause is None:
        detail = f"{verdict.reason} after {item.job.attempt + 1} tries: {verdict.detail}"
        return replace(verdict, reason=Reason.GAVE_UP, quarantine=True, detail=detail)
    tx.jobs.put(replace(item.job, due_dt=now + pause, attempt=item.job.attempt + 1))
    return verdict


def _jailed(stage: Stage[Any], lane: str, item: Item[Any], verdict: Verdict, now: datetime) -> object:
    return codec.quarantined(
        stage=stage.name,
        key=item.key,
        lane=item.job.lane if item.job else lane,
        kind=item.kind,
        raw=item.raw,
        reason=verdict.reason,
        detail=verdict.detail,
        attempts=(item.job.attempt if item.job else 0) + 1,
        now=now,
        trace=verdict.trace,
    )


def _bug(item: Item[Any], error: Exception) -> Verdict:
    """A job is tried again, for a bug must not end a feed; a stream must go on, so its item is quarantined at once."""
    where = "".join(traceback.format_exception(error))
    return Verdict(reason=Reason.BUG, retry=True, quarantine=item.job is None, detail=f"{type(error).__name__}: {error}", trace=where)
