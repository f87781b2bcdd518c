"""extract: an entry to its article. A page that fails never holds the news back: the summary goes first, the body follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import urlsplit

from articles import extract as extraction
from articles import identity, schedule
from connectors.doors import WorkerFailed
from connectors.store import Tx
from connectors.world import World
from pipeline.verdict import Item, Patience, Verdict
from schemas import codec
from schemas.article import Article, Entry, Page
from schemas.exchange import Request, Response
from schemas.feed import Source
from schemas.reasons import Reason
from schemas.streams import Stream
from schemas.work import Job

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, kw_only=True, slots=True)
class Visited:
    """failure: why there is no body; None where there is one."""

    response: Response
    page: Page | None = None
    failure: Reason | None = None
    detail: str = ""


def host_lane(url: str) -> str:
    """One lane a host, however its name is spelt."""
    return f"host/{urlsplit(identity.normalised(url)).netloc}"


def job(entry: Entry, at: datetime) -> Job:
    return Job(stage="extract", key=entry.entry_id, lane=host_lane(entry.url), due_dt=at, kind="Entry", value=codec.dump(entry))


@dataclass(frozen=True, kw_only=True, slots=True)
class Extract:
    name: ClassVar[str] = "extract"
    stream: ClassVar[Stream | None] = None
    attempted: ClassVar[Reason | None] = None
    patience: ClassVar[Patience] = Patience(first=timedelta(minutes=2), tries=6)
    sources: Mapping[str, Source]
    languages: tuple[str, ...]
    world: World

    async def work(self, item: Item[Entry]) -> Visited:
        response = await self.world.fetch(Request(url=item.value.url, accept=ACCEPT))
        if failure := schedule.after_page(response):
            return Visited(response=response, failure=failure, detail=response.detail or f"HTTP {response.status}")
        try:
            page = await self.world.workers.run(extraction.page, response.body, response.url, self.languages)
        except WorkerFailed as error:
            return Visited(response=response, failure=Reason.WORKER_FAILED, detail=error.problem)
        if page is None:
            return Visited(response=response, failure=Reason.NO_TEXT, detail="the page holds no text that reads as an article")
        return Visited(response=response, page=page)

    def settle(self, tx: Tx, item: Item[Entry], found: Visited, now: datetime) -> Verdict:
        entry = item.value
        urls = identity.addresses(entry, found.page, found.response.url if found.response.ok else None)
        source = self.sources.get(entry.source_id)
        before = tx.articles.at(urls)
        article = identity.revise(before, entry, found.page, found.response, now, family=source.family if source else None)
        if article:
            tx.articles.save(article, urls, now)
        known = article or before
        return Verdict(
            reason=_reason(article, found.failure),
            records=(article,) if article else (),
            retry=_again(found, now),
            quarantine=found.failure is not None and schedule.permanent(found.failure),
            detail=f"{found.failure}: {found.detail}" if found.failure else "",
            about=(*urls, *((known.article_id,) if known else ())),
        )


def _reason(article: Article | None, failure: Reason | None) -> Reason:
    if article is None:
        return failure or Reason.UNCHANGED
    return Reason.SUMMARY_ONLY if failure else Reason.FULL_TEXT


def _again(found: Visited, now: datetime) -> bool | timedelta:
    """Never before the server wants to be asked again."""
    if found.failure is None or schedule.permanent(found.failure):
        return False
    return schedule.retry_after(found.response, now) or True
