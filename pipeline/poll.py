"""poll: a due feed to its new entries, each a job for extract."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from alerts.routes import Routes
from articles import identity, ledger, schedule
from articles.feeds import Reading
from articles.pause import When
from articles.schedule import Met, Polled
from connectors.store import Tx
from connectors.store.feeds import Novelty
from connectors.world import World
from pipeline import check, extract, health, hosts, network
from pipeline.verdict import Item, Patience, Verdict
from schemas import codec
from schemas.article import Entry
from schemas.feed import DueFeed, Feed, FeedState
from schemas.ids import digest
from schemas.reasons import Reason
from schemas.streams import Stream
from schemas.work import Job

_SHORT = 12  # characters of an entry's id by which a body is held against the one before


def job(due: DueFeed, at: datetime) -> Job:
    return Job(stage="poll", key=due.feed_id, lane=hosts.lane(due.url), due_dt=at, kind="DueFeed", value=codec.dump(due))


@dataclass(frozen=True, kw_only=True, slots=True)
class Poll:
    name: ClassVar[str] = "poll"
    stream: ClassVar[Stream | None] = None
    attempted: ClassVar[Reason | None] = None
    patience: ClassVar[Patience] = Patience(tries=1_000_000)  # a feed is slow, never dead
    feeds: Mapping[str, Feed]
    routes: Routes
    speed: float
    world: World

    async def work(self, item: Item[DueFeed]) -> Polled | None:
        """None: the feed is not in the configuration any more."""
        due = item.value
        if due.feed_id not in self.feeds:
            return None
        feed = self.feeds[due.feed_id]
        response = await self.world.fetch(schedule.request(due, feed))
        if not response.ok:
            return Polled(response=response, rest=ledger.rest(response, self.world.clock()))
        body_hash = hashlib.sha256(response.body).hexdigest()
        if body_hash == due.body_hash:
            return Polled(response=response, body_hash=body_hash, same=True)
        return replace(await check.read(self.world.workers, response, feed), body_hash=body_hash)

    def settle(self, tx: Tx, item: Item[DueFeed], found: Polled | None, now: datetime) -> Verdict:
        due = item.value
        if found is None:
            return self._removed(tx, due, now)
        feed, memory = self.feeds[due.feed_id], tx.feeds.memory(due.feed_id)
        hosts.note(tx, due.url, [found.response], now)
        before = _known(tx, due)
        if due.url != before.asked:
            return _outdated(due, before, now)
        network_down = network.is_down(tx, due, before, found.response, self.routes, now, self.speed)
        fresh, met = _met(tx, feed, before, found.reading, now)
        when = When(now=now, speed=self.speed, chance=self.world.chance())
        plan = schedule.after_poll(feed, due, before, memory, found, met, when, network_down)
        state = health.watched(tx, plan.state, plan.memory or memory, now, self.speed)
        tx.feeds.save(state)
        if plan.memory:
            tx.feeds.remember(plan.memory)
        again = (job(plan.next, plan.due_dt),) if plan.due_dt else ()
        return Verdict(
            reason=plan.reason,
            records=health.record(before, state, now),
            jobs=again + tuple(extract.job(e, now) for e in fresh),
            detail=plan.detail,
            about=(due.url, *(e.entry_id for e in fresh)),
        )

    def _removed(self, tx: Tx, due: DueFeed, now: datetime) -> Verdict:
        """No job more. Its memory goes at the next enrolment, which may know files that this process has not read yet."""
        before = _known(tx, due)
        tx.feeds.save(replace(before, reason=Reason.FEED_REMOVED, reason_since_dt=now, due_dt=None))
        return Verdict(reason=Reason.FEED_REMOVED, about=(due.url,))


def _known(tx: Tx, due: DueFeed) -> FeedState:
    return tx.feeds.get(due.feed_id) or FeedState(feed_id=due.feed_id, url=due.url)


def _digest(entry: Entry) -> str:
    """Of what makes an entry another one."""
    return digest(entry.title, entry.summary or "", *filter(None, (entry.content,)))


def _outdated(due: DueFeed, state: FeedState, now: datetime) -> Verdict:
    """The operator gave the feed another address while we asked the old one: what that said counts for nothing."""
    again = job(DueFeed(feed_id=due.feed_id, url=state.asked), now)
    return Verdict(reason=Reason.NOTHING_NEW, jobs=(again,), detail="its address was changed meanwhile", about=(due.url,))


def _met(tx: Tx, feed: Feed, before: FeedState, reading: Reading | None, now: datetime) -> tuple[list[Entry], Met]:
    """The entries that are new or changed, and what all of them tell of the feed's rhythm."""
    first, items = before.polled_dt is None, reading.items if reading else ()
    entries = [identity.entry(i, feed, first_poll=first, seed_all=before.seed_all, now=now) for i in items]
    apart = {e.entry_id: e for e in reversed(entries)}.values()  # items that share a link are one, and the first of them counts
    novel = {e.entry_id: tx.seen.add(e.entry_id, _digest(e), now) for e in apart}
    came = [e.published_dt or now for e in apart if novel[e.entry_id] is Novelty.NEW and (e.published_dt or not first)]
    fresh = [_as_met(tx, e) for e in apart if novel[e.entry_id] is not Novelty.KNOWN]
    return fresh, Met(shown=[e.entry_id[:_SHORT] for e in apart], fresh=len(fresh), came=came)


def _as_met(tx: Tx, entry: Entry) -> Entry:
    """What is met again before its page was visited keeps the origin of the first time."""
    waiting = tx.jobs.get("extract", entry.entry_id)
    return replace(entry, origin=codec.load(Entry, waiting.value).origin) if waiting else entry
