"""How long an entry waits to be seen: our own scheduler on simulated feeds, against other policies that ask as often."""

import random
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp, pi, sin, sqrt

from articles import schedule
from articles.feeds.item import FeedItem, Reading
from articles.pause import When
from articles.schedule import Met, Polled
from benchmarks.figures import Figure, Options, middle
from benchmarks.ground import Ground
from schemas.exchange import Response
from schemas.feed import DueFeed, Feed, FeedMemory, FeedState, Source

BENCH = "detection delay, simulated"
_FEEDS = 400
_MEDIAN, _SIGMA = 5.0, 1.5  # entries a day, log-normal over the feeds
_SWING = 0.8  # of the day's rhythm: by night a fifth of the mean, by day nearly twice as much
_BEFORE, _KNOWN, _TOLD = 14, 7, 7  # days: that the feeds publish before we come, that we poll them, that are then measured
_SHOWN = 30  # entries of a body
_SEEDS = (1, 2, 3)
_DAY, _LEAST, _MOST = 86_400.0, 300.0, 86_400.0  # seconds; the last two: the pauses that every policy keeps to
_START = datetime(2026, 3, 2, tzinfo=UTC)
_VALIDATED = {"etag": '"any"'}
_MEASURED = (_BEFORE + _KNOWN) * _DAY
_END = _MEASURED + _TOLD * _DAY


@dataclass(frozen=True, kw_only=True, slots=True)
class Simulated:
    """rate: entries a day. published: when, in seconds."""

    rate: float
    published: Sequence[float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Delays of all entries of the measured days, in order, in seconds; and how many requests that took."""

    delays: Sequence[float]
    polls: int

    @property
    def mean(self) -> float:
        return sum(self.delays) / len(self.delays)

    @property
    def late(self) -> float:
        """The 95th percentile."""
        return self.delays[int(0.95 * len(self.delays))]


def run(_: Ground, __: Options) -> list[Figure]:
    return measured(_FEEDS, _SEEDS)


def measured(feeds: int, seeds: Sequence[int]) -> list[Figure]:
    runs = [_all(feeds, seed) for seed in seeds]
    fixed = [found["fixed"] for found in runs]
    asked = [found["ours"].polls / feeds / _TOLD for found in runs]
    note = f"{feeds} feeds of {_MEDIAN:g} entries a day in the median"
    figures = [middle(BENCH, "requests a feed and day", asked, "", f"ours; the others ask as often; {note}")]
    for name, what in _NAMES.items():
        figures += [
            middle(BENCH, f"{what}, mean", [found[name].mean / 60 for found in runs], "min"),
            middle(BENCH, f"{what}, p95", [found[name].late / 60 for found in runs], "min"),
        ]
    for name, what in list(_NAMES.items())[1:]:
        ratios = [found[name].mean / plain.mean for found, plain in zip(runs, fixed, strict=True)]
        late = [found[name].late / plain.late for found, plain in zip(runs, fixed, strict=True)]
        figures += [middle(BENCH, f"{what} : fixed, mean", ratios, "x"), middle(BENCH, f"{what} : fixed, p95", late, "x")]
    return figures


_NAMES = {
    "fixed": "a fixed pause",
    "ours": "our scheduler",
    "root": "1/sqrt(rate), rates known",
    "inverse": "1/rate, rates known",
}


def _all(count: int, seed: int) -> dict[str, Found]:
    chance = random.Random(seed)
    feeds = [_simulated(chance) for _ in range(count)]
    ours = _together(_ours(feed, chance) for feed in feeds)
    weights: dict[str, Callable[[float], float]] = {"fixed": lambda _: 1.0, "root": lambda r: 1 / sqrt(r), "inverse": lambda r: 1 / r}
    return {"ours": ours} | {name: _of_weights(feeds, weigh, ours.polls, chance) for name, weigh in weights.items()}


def _simulated(chance: random.Random) -> Simulated:
    """A Poisson process with a day's rhythm, by thinning."""
    rate = _MEDIAN * exp(chance.gauss(0, _SIGMA))
    at, published = 0.0, list[float]()
    while (at := at + chance.expovariate(rate * (1 + _SWING) / _DAY)) < _END:
        if chance.random() * (1 + _SWING) < 1 + _SWING * sin(2 * pi * at / _DAY):
            published.append(at)
    return Simulated(rate=rate, published=published)


def _ours(feed: Simulated, chance: random.Random) -> Found:
    """As the poll stage asks the scheduler: 304 where nothing came, else a body of the latest entries."""
    configured = Feed(feed_id="f", url="https://feed.example/", source=Source(source_id="f", name="f"))
    due, state = DueFeed(feed_id="f", url=configured.url), FeedState(feed_id="f", url=configured.url)
    memory = FeedMemory(feed_id="f")
    at, seen, polls = _BEFORE * _DAY + chance.random() * _DAY, 0, list[float]()
    while at < _END:
        polls.append(at)
        now, until = _START + timedelta(seconds=at), bisect_right(feed.published, at)
        polled, met = _answer(feed, seen, until, whole=state.polled_dt is None or due.whole)
        plan = schedule.after_poll(configured, due, state, memory, polled, met, When(now=now, chance=chance.random()))
        assert plan.due_dt
        due, state, memory, seen = plan.next, plan.state, plan.memory or memory, until
        at = (plan.due_dt - _START).total_seconds()
    return _found(feed, [*polls, at])


def _answer(feed: Simulated, seen: int, until: int, whole: bool) -> tuple[Polled, Met]:
    if seen == until and not whole:
        return Polled(response=Response(url="https://feed.example/", status=304, headers=_VALIDATED)), Met()
    first = max(0, until - _SHOWN)
    shown = {str(number): _START + timedelta(seconds=feed.published[number]) for number in range(first, until)}
    items = tuple(FeedItem(guid=guid, url="https://feed.example/", title=guid, published_dt=dt) for guid, dt in shown.items())
    response = Response(url="https://feed.example/", status=200, headers={"etag": f'"{until}"'})
    came = [shown[str(number)] for number in range(max(first, seen), until)]
    return Polled(response=response, body_hash=str(until), reading=Reading(items=items)), Met(shown=list(shown), fresh=len(came), came=came)


def _of_weights(feeds: Sequence[Simulated], weigh: Callable[[float], float], polls: int, chance: random.Random) -> Found:
    """A pause for each feed that never changes, all scaled so that together they ask as often as we did."""
    low, high = 1.0, 1e9
    for _ in range(60):
        scale = sqrt(low * high)
        asked = sum(_TOLD * _DAY / _pause(scale * weigh(feed.rate)) for feed in feeds)
        low, high = (scale, high) if asked > polls else (low, scale)
    return _together(_periodic(feed, _pause(low * weigh(feed.rate)), chance) for feed in feeds)


def _pause(seconds: float) -> float:
    return min(max(seconds, _LEAST), _MOST)


def _periodic(feed: Simulated, pause: float, chance: random.Random) -> Found:
    first = _MEASURED - chance.random() * pause
    return _found(feed, [first + pause * n for n in range(int((_END - first) / pause) + 2)])


def _found(feed: Simulated, polls: Sequence[float]) -> Found:
    """Each entry of the measured days waits for the first poll after it, and is lost to none: bodies are long enough here."""
    told = feed.published[bisect_right(feed.published, _MEASURED) :]
    delays = [polls[bisect_right(polls, at)] - at for at in told if bisect_right(polls, at) < len(polls)]
    return Found(delays=delays, polls=sum(_MEASURED <= at < _END for at in polls))


def _together(found: Iterable[Found]) -> Found:
    each = list(found)
    return Found(delays=sorted(delay for one in each for delay in one.delays), polls=sum(one.polls for one in each))
