"""One feed, looked at once, as poll would: no database, no broker, nothing kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from articles import feeds, schedule
from articles.feeds import Reading
from connectors.doors import Fetch, WorkerFailed, Workers
from schemas.exchange import Response
from schemas.feed import DueFeed, Feed, FeedState, Source
from schemas.reasons import Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    url: str
    good: bool
    reason: Reason
    detail: str
    response: Response
    reading: Reading | None


async def check(fetch: Fetch, workers: Workers, url: str, now: datetime) -> Checked:
    response, reading, worker_failed = await fetch(schedule.request(DueFeed(feed_id="check", url=url))), None, None
    if response.ok:
        try:
            reading = await workers.run(feeds.read, response.body, response.url)
        except WorkerFailed as error:
            worker_failed = error.problem
    feed = Feed(feed_id="check", url=url, every=timedelta(minutes=15), source=Source(source_id="check", name="check"))
    new = len(reading.items) if reading else 0
    plan = schedule.after_poll(feed, FeedState(feed_id="check", url=url), response, reading, new, worker_failed, now, 1)
    good = not schedule.failing(plan.reason)
    return Checked(url=url, good=good, reason=plan.reason, detail=plan.detail, response=response, reading=reading)
