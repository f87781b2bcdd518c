"""How a feed is asked, when it is due again, and what an answer means: a named reason for every outcome."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from articles import dates
from articles.feeds.item import Reading
from schemas.exchange import Request, Response
from schemas.feed import DueFeed, Feed, FeedState
from schemas.reasons import Reason

LARGEST = 10 * 2**20  # decoded bytes of a feed

_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"
_DEADLINE = 30.0  # seconds
_SLOWEST = timedelta(days=1)
_LONGEST_MAX_AGE = timedelta(hours=1)
_MAX_AGE = re.compile(r"\bmax-age\s*=\s*(\d{1,9})")
_BY_STATUS = {
    401: Reason.FORBIDDEN,
    402: Reason.FORBIDDEN,
    403: Reason.FORBIDDEN,
    404: Reason.NOT_FOUND,
    410: Reason.GONE,
    429: Reason.RATE_LIMITED,
    451: Reason.FORBIDDEN,
}
_READ = (Reason.FOUND_ENTRIES, Reason.SEEDED, Reason.NOTHING_NEW, Reason.NOT_MODIFIED)
_PERMANENT = (Reason.NOT_FOUND, Reason.GONE, Reason.REFUSED_ADDRESS, Reason.REFUSED_SCHEME, Reason.TOO_LARGE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """due_dt None: never again."""

    state: FeedState
    due_dt: datetime | None
    reason: Reason
    detail: str


def request(due: DueFeed) -> Request:
    return Request(url=due.url, etag=due.etag, last_modified=due.last_modified, accept=_ACCEPT, limit=LARGEST, deadline=_DEADLINE)


def after_poll(
    feed: Feed,
    before: FeedState,
    response: Response,
    reading: Reading | None,
    new: int,
    failed_worker: str | None,
    now: datetime,
    speed: float,
) -> Plan:
    """`reading` is None where the answer had nothing to read; `new` entries had not been seen before; `failed_worker`: its problem."""
    reason, detail = _outcome(before, response, reading, new, failed_worker)
    failures = before.failures + 1 if failing(reason) else 0
    due = None if reason is Reason.GONE else now + max(_interval(feed, failures, speed), _asked(response, now))
    read = reason in _READ
    state = replace(
        before,
        polled_dt=now if read else before.polled_dt,
        failures=failures,
        reason=reason,
        detail=detail or None,
        reason_since_dt=before.reason_since_dt if reason is before.reason else now,
        due_dt=due,
        entries=before.entries + new,
        newest_dt=_newest(before, reading, now),
        seed_all=before.seed_all and not read,
    )
    return Plan(state=state, due_dt=due, reason=reason, detail=detail)


def after_page(response: Response) -> Reason | None:
    """Why this answer holds nothing to read; None where it is a good one."""
    if response.failure:
        return Reason(response.failure.value)
    if response.ok:
        return None
    if response.status >= 500:
        return Reason.SERVER_ERROR
    if response.status >= 400:
        return _BY_STATUS.get(response.status, Reason.CLIENT_ERROR)
    return Reason.BAD_ANSWER


def failing(reason: Reason | None) -> bool:
    """Does a poll that ended so count against the feed? An empty feed is odd, not broken; one never polled is neither."""
    return reason not in (*_READ, Reason.EMPTY_FEED, None)


def permanent(reason: Reason) -> bool:
    """Can another try of this page never end otherwise?"""
    return reason in _PERMANENT


def retry_after(response: Response, now: datetime) -> timedelta | None:
    """RFC 9110 10.2.3: seconds or a date. A day at most: nobody means more."""
    asked = response.headers.get("retry-after", "").strip()
    if asked.isdecimal():
        return min(timedelta(seconds=int(asked[:9])), _SLOWEST)
    until = dates.read(asked)
    return min(max(until.dt - now, timedelta(0)), _SLOWEST) if until else None


def _outcome(before: FeedState, response: Response, reading: Reading | None, new: int, failed_worker: str | None) -> tuple[Reason, str]:
    if response.status == 304 and not response.failure:
        return Reason.NOT_MODIFIED, ""
    if reason := after_page(response):
        return reason, response.detail or f"it answered {response.status}"
    if failed_worker is not None:
        return Reason.WORKER_FAILED, failed_worker
    if reading and reading.problem:
        return reading.problem, reading.detail
    if before.polled_dt is None:
        return Reason.SEEDED, ""
    return (Reason.FOUND_ENTRIES if new else Reason.NOTHING_NEW), ""


def _interval(feed: Feed, failures: int, speed: float) -> timedelta:
    """The feed's own, twice as long with each failure in a row up to a day."""
    usual = feed.every / speed
    return min(usual * (1 << min(failures, 20)), max(_SLOWEST, usual))


def _asked(response: Response, now: datetime) -> timedelta:
    """The shortest pause that the server asks for."""
    if pause := retry_after(response, now):
        return pause
    found = _MAX_AGE.search(response.headers.get("cache-control", "").lower())
    answered = response.ok or response.status == 304
    return min(timedelta(seconds=int(found[1])), _LONGEST_MAX_AGE) if found and answered else timedelta(0)


def _newest(before: FeedState, reading: Reading | None, now: datetime) -> datetime | None:
    found = [i.published_dt for i in (reading.items if reading else ()) if i.published_dt and not dates.in_future(i.published_dt, now)]
    return max([*found, before.newest_dt] if before.newest_dt else found, default=None)
