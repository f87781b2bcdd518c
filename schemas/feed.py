"""A feed, its source, what we remember of it, and the little that one poll needs."""

from dataclasses import dataclass
from datetime import timedelta

from pydantic import AwareDatetime

from schemas.article import Count
from schemas.reasons import Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    source_id: str
    name: str
    family: str | None = None
    tier: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    feed_id: str
    url: str
    every: timedelta
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedState:
    """polled_dt: of the last poll that we could read. seed_all: our database was lost, so its first poll seeds at any age."""

    feed_id: str
    url: str
    polled_dt: AwareDatetime | None = None
    failures: Count = 0
    reason: Reason | None = None
    detail: str | None = None
    reason_since_dt: AwareDatetime | None = None
    due_dt: AwareDatetime | None = None
    entries: Count = 0
    newest_dt: AwareDatetime | None = None
    seed_all: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DueFeed:
    """What poll takes: work reads no database, so the validators travel in the job. They count for this address alone."""

    feed_id: str
    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedHealth:
    """news.feed_health.v1: a feed's named reason, published when it changes."""

    feed_id: str
    url: str
    reason: Reason
    failing: bool
    changed_dt: AwareDatetime
    failures: Count
    detail: str | None = None
    next_poll_dt: AwareDatetime | None = None
