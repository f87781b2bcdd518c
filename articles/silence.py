"""Why a feed that answers is not as well as it looks: held against its own past, and told in one plain sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from math import ceil
from statistics import median

from articles import answers, durations
from schemas.feed import FeedMemory, FeedPages, FeedState, PageSeen
from schemas.reasons import Reason

_KNOWN, _GAPS = 20, 10  # entries; gaps of one kind of day: with fewer nobody knows what is usual
_LONG, _LONGER = 3, 1.5  # times the 95th percentile, times the longest gap: what no gap of the past comes near
_LEAST, _NIGHT = timedelta(hours=6), timedelta(hours=12)
_NIGHTS = timedelta(days=2)  # a shorter memory may hold no night
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_MONDAY = datetime(1970, 1, 5, tzinfo=UTC)

_LATEST = 10  # pages that are held against those before them
_COLLAPSED, _RARE, _WALLED = 0.25, 0.1, 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Complaint:
    reason: Reason
    words: str


class _Days(StrEnum):
    """Each kind has a clock of its own, which stands still on the other days: so a quiet week-end is not a gap of the week."""

    WEEKDAYS = "weekdays"
    WEEKENDS = "week-ends"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Usual:
    """Within what time the next entry usually comes, on such days."""

    days: _Days
    length: timedelta


def complaint(state: FeedState, memory: FeedMemory, pages: FeedPages, now: datetime, speed: float) -> Complaint | None:
    """The first that holds, after a poll that the feed answered. None for one that is well, or fails and so is known to be ill."""
    if answers.failing(state.reason) or state.reason is Reason.NETWORK_DOWN:
        return None
    return (
        _silent(state, memory, now, speed)
        or _frozen(state, memory, now, speed)
        or _collapsed(pages.pages)
        or _language(pages.pages)
        or _walled(pages.pages)
    )


def _silent(state: FeedState, memory: FeedMemory, now: datetime, speed: float) -> Complaint | None:
    last = max((dt for dt in (*memory.arrivals[-1:], state.news_dt) if dt), default=now)
    usual = _overdue(memory.arrivals, last, now, timedelta(0), speed)
    if not usual:
        return None
    words = f"no new entry for {durations.words(now - last)}; on {usual.days} one usually comes within {durations.words(usual.length)}"
    return Complaint(reason=Reason.SILENT, words=words)


def _frozen(state: FeedState, memory: FeedMemory, now: datetime, speed: float) -> Complaint | None:
    """A date without a time may be a day old when its entry comes, so a day is forgiven."""
    newest, news = state.newest_dt, state.news_dt
    if not newest or not news or not _overdue(memory.arrivals, newest, news, _DAY / speed, speed):
        return None
    words = f"new entries come, but none is dated after {newest.astimezone(UTC):%d %b %H:%M}Z, {durations.words(now - newest)} ago"
    return Complaint(reason=Reason.FROZEN_DATES, words=words)


def _overdue(arrivals: Sequence[datetime], since: datetime, until: datetime, grace: timedelta, speed: float) -> _Usual | None:
    """What is usual, where nothing came between these two moments for far longer; grace: so much longer still."""
    if len(arrivals) < _KNOWN or until - since <= _LEAST / speed + grace:
        return None
    least = (_LEAST if arrivals[-1] - arrivals[0] >= _NIGHTS / speed else _NIGHT) / speed
    past = {days: _gaps(arrivals, days) for days in _Days}
    for days in _Days:
        like = days if len(past[days]) >= _GAPS else _Days.WEEKENDS  # the quieter ones will do for the others, never the reverse
        if len(gaps := past[like]) < _GAPS:
            continue
        usual = gaps[ceil(0.95 * len(gaps)) - 1]
        if _clock(until, days) - _clock(since, days) > max(_LONG * usual, _LONGER * gaps[-1], least) + grace:
            return _Usual(days=like, length=usual)
    return None


def _gaps(arrivals: Sequence[datetime], days: _Days) -> list[timedelta]:
    """Between arrivals, as this clock tells them, the shortest first. What came at one moment is one arrival."""
    ticks = [_clock(dt, days) for dt in dict.fromkeys(arrivals)]
    return sorted(after - before for before, after in pairwise(ticks) if after > before)


def _clock(dt: datetime, days: _Days) -> timedelta:
    """All time that fell on such days (UTC) since a Monday long ago."""
    weeks, rest = divmod(dt - _MONDAY, _WEEK)
    weekend = weeks * 2 * _DAY + max(rest - 5 * _DAY, timedelta(0))
    return weekend if days is _Days.WEEKENDS else dt - _MONDAY - weekend


def _collapsed(pages: Sequence[PageSeen]) -> Complaint | None:
    """Of pages that gave a text: those that gave none are another complaint."""
    words = [page.words for page in pages if page.words and not page.wall]
    latest, before = words[-_LATEST:], words[:-_LATEST]
    if len(before) < _LATEST or (short := median(latest)) >= _COLLAPSED * (long := median(before)):
        return None
    told = f"the latest {_LATEST} articles have {short:.0f} words in the middle; those before had {long:.0f}"
    return Complaint(reason=Reason.BODIES_COLLAPSED, words=told)


def _language(pages: Sequence[PageSeen]) -> Complaint | None:
    known = [page.language for page in pages if page.language]
    latest, before = known[-_LATEST:], known[:-_LATEST]
    if len(before) < _LATEST or len(set(latest)) > 1 or before.count(latest[0]) >= _RARE * len(before):
        return None
    usual = max(sorted(set(before)), key=before.count)
    words = f"the latest {_LATEST} articles are all in {latest[0]}; of the {len(before)} before {before.count(usual)} were in {usual}"
    return Complaint(reason=Reason.LANGUAGE_CHANGED, words=words)


def _walled(pages: Sequence[PageSeen]) -> Complaint | None:
    latest = pages[-_LATEST:]
    closed = sum(page.wall or not page.words for page in latest)
    if len(latest) < _LATEST or closed < _WALLED * _LATEST:
        return None
    return Complaint(reason=Reason.WALLED, words=f"{closed} of the latest {_LATEST} pages gave no text, or stood behind a wall")
