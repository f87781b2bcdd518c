"""One feed, looked at once, as poll would: no database, no broker, nothing kept. And the feeds of a site, from its page."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

from articles import answers, feeds, schedule
from articles.feeds import Reading, discovery
from articles.pause import When
from articles.schedule import Met, Plan, Polled
from connectors.doors import Fetch, WorkerFailed, Workers
from schemas.exchange import Response
from schemas.feed import BodyFrom, DueFeed, Feed, FeedMemory, FeedState, Source
from schemas.reasons import Reason

_MOST = 8  # addresses that are tried of those that a page names


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """plan: what a first poll would conclude. pause: until the next; None: there is none."""

    url: str
    polled: Polled
    plan: Plan
    pause: timedelta | None

    @property
    def good(self) -> bool:
        return not answers.failing(self.plan.reason)

    @property
    def reason(self) -> Reason:
        return self.plan.reason

    @property
    def response(self) -> Response:
        return self.polled.response

    @property
    def reading(self) -> Reading | None:
        return self.polled.reading


def feed_at(url: str) -> Feed:
    """As if it stood in feeds.yaml, with nothing but its address."""
    return Feed(feed_id="check", url=url, source=Source(source_id="check", name="check"))


async def look(fetch: Fetch, workers: Workers, feed: Feed, base: str = "") -> Polled:
    """Fetched and read. base: where relative links start from, where it is not the address that answered."""
    response = await fetch(schedule.request(DueFeed(feed_id=feed.feed_id, url=feed.url), feed))
    if not response.ok:
        return Polled(response=response)
    return await read(workers, response, feed, base)


async def read(workers: Workers, response: Response, feed: Feed, base: str = "") -> Polled:
    """A body as a poll reads it, wherever it came from."""
    whole = feed.body is BodyFrom.FEED
    try:
        return Polled(response=response, reading=await workers.run(feeds.read, response.body, base or response.url, whole))
    except WorkerFailed as error:
        return Polled(response=response, failed_worker=error.problem)


async def check(fetch: Fetch, workers: Workers, feed: Feed, when: When) -> Checked:
    polled = await look(fetch, workers, feed)
    items = polled.reading.items if polled.reading else ()
    met = Met(fresh=len(items), came=[item.published_dt for item in items if item.published_dt])
    due = DueFeed(feed_id=feed.feed_id, url=feed.url)
    before, memory = FeedState(feed_id=feed.feed_id, url=feed.url), FeedMemory(feed_id=feed.feed_id)
    plan = schedule.after_poll(feed, due, before, memory, polled, met, when)
    return Checked(url=feed.url, polled=polled, plan=plan, pause=plan.due_dt - when.now if plan.due_dt else None)


def is_page(checked: Checked) -> bool:
    """May what came name feeds, and be none itself?"""
    return checked.response.ok and checked.reason is Reason.NOT_A_FEED


async def of_site(fetch: Fetch, workers: Workers, page: Response, when: When, pace: timedelta) -> AsyncIterator[Checked]:
    """The feeds that a page names, one asked after the other; each once, by whatever addresses it is named.

    Guesses are made where none of these is one, and told where they prove right.
    """
    try:
        named = await workers.run(discovery.feeds_of, page.body, page.url)
    except WorkerFailed:
        return
    answered, good = {page.url}, False
    told = [found for found in named if found.title or found.format][:_MOST]
    guesses = [found for found in named if not (found.title or found.format)]
    for found in [*told, *guesses]:
        is_guess = found in guesses
        if found.url in answered or (is_guess and good):
            continue
        await asyncio.sleep(pace.total_seconds())
        checked = await check(fetch, workers, feed_at(found.url), when)
        if checked.response.url not in answered and (checked.good or not is_guess):
            yield checked
        good = good or checked.good
        answered |= {found.url, checked.response.url}
