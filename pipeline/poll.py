"""poll: a due feed to its new entries, each a job for extract."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from articles import feeds, identity, schedule
from articles.feeds import Reading
from connectors.doors import WorkerFailed
from connectors.store import Tx
from connectors.world import World
from pipeline import extract
from pipeline.verdict import Item, Patience, Verdict
from schemas import codec
from schemas.article import Entry
from schemas.exchange import Response
from schemas.feed import DueFeed, Feed, FeedHealth, FeedState
from schemas.ids import digest
from schemas.reasons import Reason
from schemas.streams import Stream
from schemas.work import Job


@dataclass(frozen=True, kw_only=True, slots=True)
class Polled:
    response: Response
    reading: Reading | None = None
    worker_failed: str | None = None


def job(due: DueFeed, at: datetime) -> Job:
    return Job(stage="poll", key=due.feed_id, lane=extract.host_lane(due.url), due_dt=at, kind="DueFeed", value=codec.dump(due))


@dataclass(frozen=True, kw_only=True, slots=True)
class Poll:
    name: ClassVar[str] = "poll"
    stream: ClassVar[Stream | None] = None
    attempted: ClassVar[Reason | None] = None
    patience: ClassVar[Patience] = Patience(tries=1_000_000)  # a feed is slow, never dead
    feeds: Mapping[str, Feed]
    speed: float
    world: World

    async def work(self, item: Item[DueFeed]) -> Polled | None:
        """None: the feed is not in the configuration any more."""
        due = item.value
        if due.feed_id not in self.feeds:
            return None
        response = await self.world.fetch(schedule.request(due))
        if not response.ok:
            return Polled(response=response)
        try:
            return Polled(response=response, reading=await self.world.workers.run(feeds.read, response.body, response.url))
        except WorkerFailed as error:
            return Polled(response=response, worker_failed=error.problem)

    def settle(self, tx: Tx, item: Item[DueFeed], found: Polled | None, now: datetime) -> Verdict:
        due = item.value
        if found is None:
            return self._removed(tx, due, now)
        feed = self.feeds[due.feed_id]
        before = tx.feeds.get(due.feed_id) or FeedState(feed_id=due.feed_id, url=due.url)
        first = before.polled_dt is None
        items = found.reading.items if found.reading else ()
        entries = [identity.entry(i, feed, first_poll=first, seed_all=before.seed_all, now=now) for i in items]
        apart = {e.entry_id: e for e in reversed(entries)}.values()  # items that share a link are one, and the first of them counts
        fresh = [_as_met(tx, e) for e in apart if tx.seen.add(e.entry_id, digest(e.title, e.summary or ""), now)]
        plan = schedule.after_poll(feed, before, found.response, found.reading, len(fresh), found.worker_failed, now, self.speed)
        tx.feeds.save(plan.state)
        again = (job(_next(due, feed, found), plan.due_dt),) if plan.due_dt else ()
        return Verdict(
            reason=plan.reason,
            records=_health(before, plan.state, plan.reason, now),
            jobs=again + tuple(extract.job(e, now) for e in fresh),
            detail=plan.detail,
            about=(due.url, *(e.entry_id for e in fresh)),
        )

    def _removed(self, tx: Tx, due: DueFeed, now: datetime) -> Verdict:
        """No job more. Its memory goes at the next enrolment, which may know files that this process has not read yet."""
        before = tx.feeds.get(due.feed_id) or FeedState(feed_id=due.feed_id, url=due.url)
        tx.feeds.save(replace(before, reason=Reason.FEED_REMOVED, reason_since_dt=now, due_dt=None))
        return Verdict(reason=Reason.FEED_REMOVED, about=(due.url,))


def _as_met(tx: Tx, entry: Entry) -> Entry:
    """What is met again before its page was visited keeps the origin of the first time."""
    waiting = tx.jobs.get("extract", entry.entry_id)
    return replace(entry, origin=codec.load(Entry, waiting.value).origin) if waiting else entry


def _next(due: DueFeed, feed: Feed, found: Polled) -> DueFeed:
    """Validators come from an answer that we could read, from the address they count for, and from no other."""
    if feed.url != due.url:
        return DueFeed(feed_id=due.feed_id, url=feed.url)
    response, readable = found.response, found.reading is not None and found.reading.problem is None
    if response.status != 304 and not readable:
        return due
    keep = due if response.status == 304 else DueFeed(feed_id=due.feed_id, url=due.url)
    etag, modified = response.headers.get("etag"), response.headers.get("last-modified")
    return replace(keep, etag=etag or keep.etag, last_modified=modified or keep.last_modified)


def _health(before: FeedState, after: FeedState, reason: Reason, now: datetime) -> tuple[FeedHealth, ...]:
    """Where a feed began or ceased to fail, or fails for another reason."""
    was, is_ = schedule.failing(before.reason), schedule.failing(reason)
    if was == is_ and (not is_ or before.reason is reason):
        return ()
    return (
        FeedHealth(
            feed_id=after.feed_id,
            url=after.url,
            reason=reason,
            failing=is_,
            changed_dt=now,
            failures=after.failures,
            detail=after.detail,
            next_poll_dt=after.due_dt,
        ),
    )
