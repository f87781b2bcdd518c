"""How long a feed is left alone after a poll, and why: its own rhythm, failures, and what its server asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from articles import answers, gaps, rhythm
from schemas.exchange import Response
from schemas.feed import DueFeed, Feed, FeedMemory, FeedState
from schemas.reasons import Reason

_GENTLE, _FIRM = 1.5, 2.0  # by how much one more failure in a row lengthens the pause
_JITTER = 0.1
SOON = timedelta(minutes=5)  # until another try where our own network may be down


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """The moment of a plan. speed: that of the news. chance: in [0, 1), spreads polls that would fall together."""

    now: datetime
    speed: float = 1.0
    chance: float = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """lossy: in words, where entries are lost all the same."""

    length: timedelta
    why: str
    lossy: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Usual:
    """Where all is well, in the time of the news; least: the floor."""

    length: timedelta
    least: timedelta
    why: str


def pause(feed: Feed, state: FeedState, memory: FeedMemory, following: DueFeed, response: Response, when: When) -> Pause:
    """state, memory, following: as they are after the poll. What the server asks for beats the halving after a gap."""
    usual = _out_of_reach(state) or _configured(feed) or _by_rhythm(state, memory, following, when)
    wanted, why = usual.length, usual.why
    if state.slower > 1 and state.reason is not Reason.NETWORK_DOWN:
        wanted, why = min(wanted * state.slower, max(rhythm.CEILING, wanted)), f"failures in a row: {state.failures}"
    least = usual.least * (1 + _JITTER * when.chance)
    length = max(wanted * (1 - _JITTER + 2 * _JITTER * when.chance), least) / when.speed
    if (asked := _asked(response, memory, when.now)) > length:
        length, why = asked, "its server or the feed itself asks for it"
    lossy = gaps.warning(timedelta(seconds=memory.reach_s), length) if state.halvings else ""
    return Pause(length=length, why=why, lossy=lossy)


def slower(before: float, reason: Reason) -> float:
    """How many times the usual pause one more poll that ended so makes it."""
    if not answers.failing(reason):
        return before if reason is Reason.NETWORK_DOWN else 1.0
    return min(before * (_GENTLE if reason in answers.UNCONNECTED else _FIRM), 2.0**30)


def forgiven(factor: float) -> float:
    """The last failure to connect was our own network's."""
    return max(1.0, factor / _GENTLE)


def outside(due_dt: datetime, skipped: Sequence[int]) -> datetime:
    """The first moment from then on that is in none of the hours in which the feed wants no visit."""
    if len(set(skipped)) >= 24:
        return due_dt
    while due_dt.hour in skipped:
        due_dt = due_dt.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due_dt


def _out_of_reach(state: FeedState) -> _Usual | None:
    """Where it may be our own network, and nothing was asked of a server: soon again."""
    if state.reason is Reason.NETWORK_DOWN:
        return _Usual(length=SOON, least=timedelta(0), why="our own network is down")
    if state.polled_dt is None and state.reason in answers.UNCONNECTED:
        return _Usual(length=SOON, least=timedelta(0), why="never reached yet")
    return None


def _configured(feed: Feed) -> _Usual | None:
    return _Usual(length=feed.every, least=timedelta(0), why="every, as configured") if feed.every else None


def _by_rhythm(state: FeedState, memory: FeedMemory, following: DueFeed, when: When) -> _Usual:
    blind = not (following.etag or following.last_modified)
    least = rhythm.BLIND_FLOOR if blind else rhythm.FLOOR
    length = rhythm.interval(memory, when.now, when.speed)
    why = f"it brings {rhythm.rate(memory, when.now, when.speed):.1f} entries a day"
    if state.halvings:
        reach = timedelta(seconds=memory.reach_s) * when.speed or length
        length, why = min(length / 2**state.halvings, reach / 2), "shorter than usual, so that no entry is missed"
    if length <= least:
        why = "the shortest pause that is polite" + (" for a feed without ETag and Last-Modified" if blind else "")
    return _Usual(length=min(max(length, least), rhythm.CEILING), least=least, why=why)


def _asked(response: Response, memory: FeedMemory, now: datetime) -> timedelta:
    if after := answers.retry_after(response, now):
        return after
    return max(answers.fresh_for(response, now), timedelta(seconds=memory.pause_s))
