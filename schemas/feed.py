"""A feed, its source, what we remember of it, and the little that one poll needs."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, auto

from pydantic import AwareDatetime

from schemas.article import Count
from schemas.reasons import Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    source_id: str
    name: str
    family: str | None = None
    tier: str | None = None


class AuthKind(StrEnum):
    BASIC = auto()
    BEARER = auto()
    QUERY = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Auth:
    """What a feed is asked with: the value of the variable `env`, read where it is sent and nowhere else. parameter: of the query."""

    env: str
    kind: AuthKind = AuthKind.BEARER
    parameter: str = "token"


class BodyFrom(StrEnum):
    """Where an article's body is found: on its page, or in the feed itself, and then its page is never asked."""

    PAGE = auto()
    FEED = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """every: the operator's word; None: as often as its own rhythm is worth."""

    feed_id: str
    url: str
    source: Source
    every: timedelta | None = None
    auth: Auth | None = None
    body: BodyFrom = BodyFrom.PAGE


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A new address that its server has named in a row: times, and when first."""

    to: str
    times: Count
    since_dt: AwareDatetime


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedState:
    """What every poll writes.

    url          as configured; address: where it has moved for good, None where it has not
    polled_dt    of the last poll that we could read; whole_dt: of the last answer with a body that we could read
    slower       the pause is so many times the usual one: grows with each failure in a row
    gaps         polls that shared no entry with the one before; halvings: how often the pause is halved for it
    newest_dt    of the newest entry it ever showed; news_dt: when we last met a new one
    distrusted   its body once changed under the same validator: it is asked without conditions, and the hash of the body decides
    silent       why it looks healthy and is not, where it does; silence: the same in words
    seed_all     our database was lost, so its first poll seeds at any age
    """

    feed_id: str
    url: str
    address: str | None = None
    move: Move | None = None
    polled_dt: AwareDatetime | None = None
    whole_dt: AwareDatetime | None = None
    failures: Count = 0
    slower: float = 1.0
    reason: Reason | None = None
    detail: str | None = None
    reason_since_dt: AwareDatetime | None = None
    due_dt: AwareDatetime | None = None
    entries: Count = 0
    gaps: Count = 0
    gap_dt: AwareDatetime | None = None
    halvings: Count = 0
    newest_dt: AwareDatetime | None = None
    news_dt: AwareDatetime | None = None
    distrusted: bool = False
    silent: Reason | None = None
    silence: str | None = None
    silent_since_dt: AwareDatetime | None = None
    seed_all: bool = False

    @property
    def asked(self) -> str:
        """The address that is asked."""
        return self.address or self.url


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedMemory:
    """What only a poll that brought a body writes.

    since_dt   of the earliest entry that counts here
    days       entries of each of the last days: (the number of the day, entries)
    arrivals   when the latest entries came, in order
    shown      of each entry that the last body showed the first characters of its id, in order; reach_s: how far back it reached, in
               seconds, 0 where too few of its entries are dated
    pause_s    the shortest pause that the feed itself or its last whole answer asks for, in seconds
    skip_hours of the day in UTC, in which it wants no visit
    """

    feed_id: str
    since_dt: AwareDatetime | None = None
    days: tuple[tuple[int, int], ...] = ()
    arrivals: tuple[AwareDatetime, ...] = ()
    shown: tuple[str, ...] = ()
    reach_s: Count = 0
    pause_s: Count = 0
    skip_hours: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PageSeen:
    """One page of a feed, as far as the feed's health goes: words of its body, 0 where it gave none."""

    words: Count
    language: str | None = None
    wall: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedPages:
    """The latest pages of a feed, in order; what extract writes."""

    feed_id: str
    pages: tuple[PageSeen, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DueFeed:
    """What poll takes: work reads no database, so the validators travel in the job. They count for this address alone.

    body_hash: of the last body that we could read. whole: ask without conditions this time.
    """

    feed_id: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    whole: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedHealth:
    """news.feed_health.v1: a feed's named reason, published when it changes. silent: why it looks healthy and is not; silence: in words."""

    feed_id: str
    url: str
    reason: Reason
    failing: bool
    changed_dt: AwareDatetime
    failures: Count
    detail: str | None = None
    next_poll_dt: AwareDatetime | None = None
    silent: Reason | None = None
    silence: str | None = None
    gaps: Count = 0
