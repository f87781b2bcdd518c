"""The local news site as a value of time: what is out now, and the bytes of each feed and page. HTTP is in serve.py."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from demo import feeds, pages
from demo.article import Article, Shape
from demo.papers import FEEDS, Feed
from demo.printed import Printed, printed

NORMAL_SPEED = 60.0  # the seed article after 2.5 s, everything after 76 s
_RELATED = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    body: bytes
    content_type: str
    modified: datetime

    @property
    def etag(self) -> str:
        """Without its quotes."""
        return hashlib.sha256(self.body).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """What came to the webhook. headers: names in lower case. status: how we answered."""

    path: str
    value: Any
    body: bytes
    headers: Mapping[str, str]
    arrived_dt: datetime
    status: int


class Site:
    """Starts when it is made: with `moved`, articles come out from then on, dated then; else each is out from its real date of 2021 on."""

    def __init__(
        self,
        articles: Sequence[Article],
        clock: Callable[[], datetime],
        speed: float = NORMAL_SPEED,
        moved: bool = True,
        feeds: Sequence[Feed] = FEEDS,
    ) -> None:
        self.articles, self.clock, self.speed, self.moved, self.feeds = tuple(articles), clock, speed, moved, tuple(feeds)
        self.start = clock()
        self.posts: asyncio.Queue[Post] = asyncio.Queue()
        self._prints: dict[str, list[Printed]] = {feed.feed_id: [] for feed in self.feeds}
        by_id = {feed.feed_id: feed for feed in self.feeds}
        for article in self.articles:
            self._prints[article.feed] += printed(article, by_id[article.feed], self.start, speed, moved)
        for prints in self._prints.values():
            prints.sort(key=lambda p: p.out_dt, reverse=True)
        self._pages = {p.path: p for prints in self._prints.values() for p in prints}
        self._moved_to = {p.link: p.path for p in self._pages.values() if p.link != p.path}

    @property
    def complete_dt(self) -> datetime:
        """When everything is out."""
        return max((p.out_dt for p in self._pages.values()), default=self.start)

    def released(self, feed_id: str | None = None) -> tuple[Printed, ...]:
        """What is out now, of that feed or of all: newest first."""
        now = self.clock()
        among = self._prints[feed_id] if feed_id else sorted(self._pages.values(), key=lambda p: p.out_dt, reverse=True)
        return tuple(p for p in among if p.out_dt <= now)

    def feed(self, feed_id: str, base: str) -> Document:
        """base: `http://host:port`, for the links in it."""
        prints = self.released(feed_id)
        written = feeds.write(next(f for f in self.feeds if f.feed_id == feed_id), prints, base)
        modified = prints[0].published if prints else self.start.replace(microsecond=0)
        return Document(body=written.body, content_type=written.content_type, modified=modified)

    def page(self, path: str, base: str) -> Document | None:
        """None where there is none, or not yet."""
        found = self._pages.get(path)
        if found is None or found.out_dt > self.clock() or found.article.shape is Shape.MISSING:
            return None
        text, cyrillic = pages.page(found, self._related(found), base), found.article.shape is Shape.CP1251
        return Document(
            body=text.encode("windows-1251" if cyrillic else "utf-8", "xmlcharrefreplace"),
            content_type="text/html" if cyrillic else "text/html; charset=utf-8",
            modified=found.published,
        )

    def moved_to(self, path: str) -> str | None:
        """The new address of a page that was at this one."""
        return self._moved_to.get(path)

    def _related(self, of: Printed) -> list[Printed]:
        """What the paper had printed before, so that a page never changes."""
        return [p for p in self._prints[of.article.feed] if p.out_dt < of.out_dt and p.article is not of.article][:_RELATED]


def feeds_yaml(base: str, feeds: Sequence[Feed] = FEEDS, speed: float = NORMAL_SPEED, more: str = "") -> str:
    """speed: what TOCSIN_SPEED will divide the intervals by; they come out as 5 to 15 s. more: lines of further feeds."""
    polled = "".join(f"  {f.feed_id}: {{url: '{base}{f.path}', every: {round(f.every * speed)}s, source: {f.feed_id}}}\n" for f in feeds)
    named = "".join(f"  {f.feed_id}: {{name: {f.paper}}}\n" for f in feeds)
    return f"feeds:\n{polled}{more}sources:\n{named}"


def routes_yaml(base: str, secret_variable: str = "") -> str:
    """All topics to the site's own webhook; signed where a variable holds a secret."""
    secret = f", secret: {{env: {secret_variable}}}" if secret_variable else ""
    return f"channels:\n  demo: {{kind: webhook, url: '{base}/hook'{secret}}}\nroutes:\n  - {{topics: all, channels: [demo]}}\n"
