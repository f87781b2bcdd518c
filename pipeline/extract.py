"""extract: an entry to its article. A page that fails never holds the news back: the summary goes first, the body follows."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from articles import answers, from_feed, identity, ledger
from articles import extract as extraction
from connectors.doors import WorkerFailed
from connectors.store import Tx
from connectors.world import World
from pipeline import hosts
from pipeline.robots import Gate
from pipeline.verdict import Item, Patience, Verdict
from schemas import codec
from schemas.article import Article, Entry, Origin, Page
from schemas.exchange import Request, Response
from schemas.feed import PageSeen, Source
from schemas.host import Robots
from schemas.reasons import Reason
from schemas.streams import Stream
from schemas.work import Job

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"

_WALLS = (Reason.NO_TEXT, Reason.FORBIDDEN)  # the page answered, and gave nothing to read
_PAGES = 60  # of a feed, by which its health is told


@dataclass(frozen=True, kw_only=True, slots=True)
class Visited:
    """What came of an entry.

    response  of its page; None where that was not asked
    failure   why there is no page to read; None where there is one, and where none was wanted
    heard     every answer that its host gave
    robots    of its host, where we have asked for it just now
    rest      its host is visited more slowly than this batch was taken for
    until     its host wants no visit before, so none was made
    """

    response: Response | None = None
    page: Page | None = None
    failure: Reason | None = None
    detail: str = ""
    heard: tuple[Response, ...] = ()
    robots: Robots | None = None
    rest: timedelta = timedelta(0)
    until: datetime | None = None


def job(entry: Entry, at: datetime) -> Job:
    """In the lane of its page's host, or of its feed where that tells it whole: then no host need be free."""
    lane = f"feed/{entry.feed_id}" if entry.content else hosts.lane(entry.url)
    return Job(stage="extract", key=entry.entry_id, lane=lane, due_dt=at, kind="Entry", value=codec.dump(entry))


@dataclass(frozen=True, kw_only=True, slots=True)
class Extract:
    """whole: the feeds that tell their articles whole, so that no page of theirs is asked."""

    name: ClassVar[str] = "extract"
    stream: ClassVar[Stream | None] = None
    attempted: ClassVar[Reason | None] = None
    patience: ClassVar[Patience] = Patience(first=timedelta(minutes=2), tries=6)
    sources: Mapping[str, Source]
    whole: frozenset[str]
    languages: tuple[str, ...]
    gate: Gate
    world: World

    async def work(self, item: Item[Entry]) -> Visited:
        if item.value.content or item.value.feed_id in self.whole:
            return await self._told(item.value)
        url = item.value.url
        if until := self.gate.rests(url, item.host):
            return Visited(failure=Reason.RATE_LIMITED, detail=f"its host wants no visit before {until:%Y-%m-%d %H:%M:%S} UTC", until=until)
        robots, asked = await self.gate.robots(url, item.host)
        refusal = await self.gate.refusal(url)
        if asked and not refusal:
            await asyncio.sleep(self.world.host_pace.total_seconds())
        found = Visited(failure=refusal.reason, detail=refusal.detail) if refusal else await self._visit(url)
        heard = tuple(answer for answer in (asked, found.response) if answer)
        now = self.world.clock()
        for pause in filter(None, (ledger.rest(answer, now) for answer in heard)):
            self.gate.rest(url, now + pause)
        pace = timedelta(seconds=robots.delay_s)
        slower = asked is not None and pace > self.world.host_pace  # than this batch was taken for
        return replace(found, heard=heard, robots=robots if asked else None, rest=pace if slower else timedelta(0))

    def settle(self, tx: Tx, item: Item[Entry], found: Visited, now: datetime) -> Verdict:
        entry = item.value
        hosts.note(tx, entry.url, found.heard, now, found.robots)
        _count(tx, item, found)
        urls = identity.addresses(entry, found.page, found.response.url if found.response and found.response.ok else None)
        source = self.sources.get(entry.source_id)
        before = tx.articles.at(urls)
        article = identity.revise(before, entry, found.page, found.response, now, family=source.family if source else None)
        if article:
            tx.articles.save(article, urls, now)
        known = article or before
        return Verdict(
            reason=_reason(article, found),
            records=(article,) if article else (),
            jobs=(replace(item.job, due_dt=found.until),) if item.job and found.until else (),  # not visited: no try of it is used up
            retry=_again(found, now),
            quarantine=found.failure is not None and answers.permanent(found.failure),
            detail=f"{found.failure}: {found.detail}" if found.failure else "",
            about=(*urls, *((known.article_id,) if known else ())),
        )

    async def _told(self, entry: Entry) -> Visited:
        """By the feed alone."""
        try:
            return Visited(page=await self.world.workers.run(from_feed.page, entry, self.languages))
        except WorkerFailed as error:
            return Visited(failure=Reason.WORKER_FAILED, detail=error.problem)

    async def _visit(self, url: str) -> Visited:
        response = await self.world.fetch(Request(url=url, accept=ACCEPT))
        if failure := answers.refused(response):
            return Visited(response=response, failure=failure, detail=response.detail or f"HTTP {response.status}")
        led_to = await self.gate.refusal(response.url) if response.url != url else None
        if led_to and led_to.reason is Reason.ROBOTS_DISALLOWED:
            return Visited(response=response, failure=led_to.reason, detail=f"it redirects to {response.url}: {led_to.detail}")
        try:
            page = await self.world.workers.run(extraction.page, response.body, response.url, self.languages)
        except WorkerFailed as error:
            return Visited(response=response, failure=Reason.WORKER_FAILED, detail=error.problem)
        if page is None:
            return Visited(response=response, failure=Reason.NO_TEXT, detail="the page holds no text that reads as an article")
        return Visited(response=response, page=page)


def _reason(article: Article | None, found: Visited) -> Reason:
    if article is None:
        return found.failure or Reason.UNCHANGED
    return Reason.FULL_TEXT if found.page else Reason.SUMMARY_ONLY


def _again(found: Visited, now: datetime) -> bool | timedelta:
    """Never before the server wants to be asked again."""
    if found.failure is None or found.until or found.failure is Reason.ROBOTS_DISALLOWED or answers.permanent(found.failure):
        return False
    return max((answers.retry_after(answer, now) or timedelta(0) for answer in found.heard), default=timedelta(0)) or True


def _count(tx: Tx, item: Item[Entry], found: Visited) -> None:
    """One more page for the health of its feed; a wall counts once, however often it is met."""
    wall, again = found.failure in _WALLS, item.job is not None and item.job.attempt > 0
    if item.value.origin is not Origin.LIVE or not (found.page or (wall and not again)):
        return
    before = tx.feeds.pages(item.value.feed_id)
    words = len(found.page.body_text.split()) if found.page else 0
    seen = PageSeen(words=words, language=found.page.language if found.page else None, wall=wall)
    tx.feeds.save_pages(replace(before, pages=(*before.pages, seen)[-_PAGES:]))
