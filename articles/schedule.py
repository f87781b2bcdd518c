"""How a feed is asked, what its answer comes to, and when it is due again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from articles import answers, dates, gaps, moves, pause, rhythm
from articles.answers import DAY
from articles.feeds.item import Reading
from articles.pause import When
from schemas.exchange import Request, Response
from schemas.feed import DueFeed, Feed, FeedMemory, FeedState
from schemas.reasons import Reason

LARGEST = 10 * 2**20  # decoded bytes of a feed

_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"
_DEADLINE = 30.0  # seconds
_DOUBT = timedelta(hours=1)  # an entry that is dated so long before the last 304 was there when that denied it


@dataclass(frozen=True, kw_only=True, slots=True)
class Polled:
    """What work found. same: the body is the last one that we read, so it was not taken apart; failed_worker: its problem.

    rest: how long the whole host wants no visit.
    """

    response: Response
    body_hash: str | None = None
    reading: Reading | None = None
    same: bool = False
    failed_worker: str | None = None
    rest: timedelta = timedelta(0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """The entries of one poll. shown: short ids, in order; fresh: how many are new or changed; came: when the new ones did."""

    shown: Sequence[str] = ()
    fresh: int = 0
    came: Sequence[datetime] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """next: the job of the next poll, at due_dt; due_dt None: never again. memory: None where it stays as it is. why: of the pause."""

    state: FeedState
    memory: FeedMemory | None
    next: DueFeed
    due_dt: datetime | None
    reason: Reason
    detail: str
    why: str


def request(due: DueFeed, feed: Feed | None = None) -> Request:
    """What opens the feed goes to the origin that the operator wrote, and to no other that it may have moved to."""
    etag, modified = (None, None) if due.whole else (due.etag, due.last_modified)
    auth = feed.auth if feed and _origin(due.url) == _origin(feed.url) else None
    return Request(url=due.url, auth=auth, etag=etag, last_modified=modified, accept=_ACCEPT, limit=LARGEST, deadline=_DEADLINE)


def after_poll(
    feed: Feed,
    due: DueFeed,
    before: FeedState,
    memory: FeedMemory,
    polled: Polled,
    met: Met,
    when: When,
    network_down: bool = False,
) -> Plan:
    """before, memory: what we knew of the feed. network_down: other hosts do not answer either."""
    shared = gaps.share(memory.shown, met.shown)
    reason, detail = _outcome(before, due, polled, met, shared, network_down)
    read, usable = reason in answers.READ, reason in (*answers.READ, Reason.EMPTY_FEED)
    state = _state(before, due, polled, met, reason, shared, when.now)
    state = moves.after(state, polled.response, read, when.now, DAY / when.speed)
    renewed = _memory(memory, polled.reading, polled.response, met, when) if polled.reading and read else None
    following, memory = _next(due, state, polled, usable), renewed or memory
    found = pause.pause(feed, state, memory, following, polled.response, when)
    gone = reason is Reason.GONE and before.address is None  # at an address that it moved to: the configured one is asked again
    due_dt = None if gone else pause.outside(when.now + found.length, memory.skip_hours)
    whole = (due.whole and not usable) or (due_dt is not None and _is_stale(state, memory, due_dt, when.speed))
    detail = "; ".join(filter(None, (detail, found.lossy)))
    return Plan(
        state=replace(state, detail=detail or None, due_dt=due_dt),
        memory=renewed,
        next=replace(following, whole=whole),
        due_dt=due_dt,
        reason=reason,
        detail=detail,
        why=found.why,
    )


def forgiven(state: FeedState) -> FeedState:
    """Its last failure to connect was our own network's."""
    return replace(state, failures=max(0, state.failures - 1), slower=pause.forgiven(state.slower), reason=Reason.NETWORK_DOWN, detail=None)


def _outcome(before: FeedState, due: DueFeed, polled: Polled, met: Met, shared: float | None, network_down: bool) -> tuple[Reason, str]:
    response = polled.response
    unchanged = response.status == 304 and not response.failure
    if before.reason is Reason.EMPTY_FEED and (unchanged or polled.same):
        return Reason.EMPTY_FEED, before.detail or ""
    if unchanged:
        return _unchanged(due)
    if reason := answers.refused(response):
        ours = network_down and reason in answers.UNCONNECTED
        return Reason.NETWORK_DOWN if ours else reason, response.detail or f"it answered {response.status}"
    if polled.failed_worker is not None:
        return Reason.WORKER_FAILED, polled.failed_worker
    if polled.reading and polled.reading.problem:
        return polled.reading.problem, polled.reading.detail
    return _news(before, met, shared)


def _unchanged(due: DueFeed) -> tuple[Reason, str]:
    if due.whole or not (due.etag or due.last_modified):
        return Reason.BAD_ANSWER, "it answered 304 to a request without conditions"
    return Reason.NOT_MODIFIED, ""


def _news(before: FeedState, met: Met, shared: float | None) -> tuple[Reason, str]:
    if before.polled_dt is None:
        return Reason.SEEDED, ""
    if shared == 0.0:
        return Reason.GAP_SUSPECTED, "it shares no entry with the poll before: some may have come and gone between"
    return (Reason.FOUND_ENTRIES if met.fresh else Reason.NOTHING_NEW), ""


def _state(before: FeedState, due: DueFeed, polled: Polled, met: Met, reason: Reason, shared: float | None, now: datetime) -> FeedState:
    read, gap = reason in answers.READ, reason is Reason.GAP_SUSPECTED
    return replace(
        before,
        polled_dt=now if read else before.polled_dt,
        whole_dt=now if polled.response.ok and (read or reason is Reason.EMPTY_FEED) else before.whole_dt,
        failures=_failures(before.failures, reason),
        slower=pause.slower(before.slower, reason),
        reason=reason,
        reason_since_dt=before.reason_since_dt if reason is before.reason else now,
        entries=before.entries + met.fresh,
        gaps=before.gaps + gap,
        gap_dt=now if gap else before.gap_dt,
        halvings=gaps.halvings(before.halvings, shared) if read and before.polled_dt else before.halvings,
        newest_dt=_newest(before, polled.reading, now),
        news_dt=now if met.came else before.news_dt,
        distrusted=before.distrusted or bool(met.came and (_same_validator(due, polled) or _hidden(due, before, met))),
        seed_all=before.seed_all and not read,
    )


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _failures(before: int, reason: Reason) -> int:
    if reason is Reason.NETWORK_DOWN:
        return before
    return before + 1 if answers.failing(reason) else 0


def _same_validator(due: DueFeed, polled: Polled) -> bool:
    """Of a body that has changed all the same."""
    headers, changed = polled.response.headers, due.body_hash is not None and polled.body_hash != due.body_hash
    etag, modified = headers.get("etag"), headers.get("last-modified")
    return changed and bool(etag or modified) and (etag, modified) == (due.etag, due.last_modified)


def _hidden(due: DueFeed, before: FeedState, met: Met) -> bool:
    """Did a whole poll find what the conditional ones before it had denied?"""
    return due.whole and before.polled_dt is not None and any(dt < before.polled_dt - _DOUBT for dt in met.came)


def _memory(memory: FeedMemory, reading: Reading, response: Response, met: Met, when: When) -> FeedMemory:
    reach = rhythm.reach([i.published_dt for i in reading.items if i.published_dt], when.now)
    return replace(
        rhythm.after(memory, met.came, when.now, when.speed),
        shown=tuple(met.shown),
        reach_s=int(reach.total_seconds()),
        pause_s=int(min(max(reading.pause, answers.fresh_for(response, when.now)), DAY).total_seconds()),
        skip_hours=reading.skip_hours,
    )


def _next(due: DueFeed, state: FeedState, polled: Polled, read: bool) -> DueFeed:
    """Validators come from an answer that we could read, from the address they count for, and from no other."""
    response = polled.response
    if state.asked not in (due.url, response.moved_to):
        return DueFeed(feed_id=due.feed_id, url=state.asked)
    if not read:
        return due
    keep = due if response.status == 304 else DueFeed(feed_id=due.feed_id, url=state.asked)
    etag, modified = _validator(response, "etag") or keep.etag, _validator(response, "last-modified") or keep.last_modified
    if state.distrusted:
        etag, modified = None, None
    return replace(keep, url=state.asked, etag=etag, last_modified=modified, body_hash=polled.body_hash or keep.body_hash)


def _validator(response: Response, name: str) -> str | None:
    """Only what can go back byte for byte: a header that is no UTF-8 came to us with replacement characters."""
    value = response.headers.get(name, "")
    return value if value and "\ufffd" not in value else None


def _is_stale(state: FeedState, memory: FeedMemory, due_dt: datetime, speed: float) -> bool:
    """Has it answered 304 for a day, and longer than news usually takes? Some servers keep a validator whose feed has changed."""
    day = DAY / speed
    if state.whole_dt is None:
        return state.polled_dt is not None
    if due_dt - state.whole_dt < day:
        return False
    return state.news_dt is None or due_dt - state.news_dt > day / rhythm.rate(memory, due_dt, speed)


def _newest(before: FeedState, reading: Reading | None, now: datetime) -> datetime | None:
    found = [i.published_dt for i in (reading.items if reading else ()) if i.published_dt and not dates.in_future(i.published_dt, now)]
    return max([*found, before.newest_dt] if before.newest_dt else found, default=None)
