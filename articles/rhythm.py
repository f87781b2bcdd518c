"""How often a feed publishes: what its entries tell of the days past, and so how long a poll may wait."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import sqrt

from schemas.feed import FeedMemory

WINDOW = timedelta(days=14)
FLOOR = timedelta(minutes=5)
BLIND_FLOOR = timedelta(hours=1)  # without validators every poll costs a whole body
CEILING = timedelta(days=1)

_ARRIVALS = 100
_FEW = 5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# No other constant pause finds news sooner at as many requests than one over the root of the rate: docs/decisions/011.
_SCALE = timedelta(minutes=147)


def after(memory: FeedMemory, came: Iterable[datetime], now: datetime, speed: float) -> FeedMemory:
    """With new entries that came at these times. A day is one of the news: TOCSIN_SPEED makes it shorter."""
    oldest = now - WINDOW / speed
    known = sorted(min(dt, now) for dt in came if dt >= oldest)  # a clock of theirs that is fast is no reason to pass it over
    since = min([*known, memory.since_dt or now])
    counted = Counter(dict(memory.days))
    counted.update(_day(dt, speed) for dt in known)
    first = _day(oldest, speed)
    return replace(
        memory,
        since_dt=max(since, oldest),
        days=tuple(sorted((day, count) for day, count in counted.items() if day > first)),
        arrivals=tuple(sorted([*memory.arrivals, *known]))[-_ARRIVALS:],
    )


def rate(memory: FeedMemory, now: datetime, speed: float) -> float:
    """Entries a day: of 14 days, or of as many as we know it; never 0, for a feed that is quiet may speak again."""
    first = _day(now - WINDOW / speed, speed)
    entries = sum(count for day, count in memory.days if first < day <= _day(now, speed))
    known = max(now - max(memory.since_dt or now, now - WINDOW / speed), timedelta(0))
    return (entries + 1) / (known * speed / timedelta(days=1) + 1)


def interval(memory: FeedMemory, now: datetime, speed: float) -> timedelta:
    """Between two polls, in the time of the news: not divided by the speed yet, floor and ceiling not applied."""
    return _SCALE / sqrt(rate(memory, now, speed))


def reach(published: Sequence[datetime], now: datetime) -> timedelta:
    """How far back the feed's entries go, so how long a poll may wait without loss; 0 where too few of them are dated."""
    dated = [dt for dt in published if dt <= now]
    return now - min(dated) if len(dated) >= _FEW else timedelta(0)


def _day(dt: datetime, speed: float) -> int:
    return int((dt - _EPOCH) * speed // timedelta(days=1))
