"""Feeds polled as the product polls them, against feedparser in threads and bare aiohttp on the same server in the same run."""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import psutil

from articles import schedule
from benchmarks import polling_peers
from benchmarks.feed_server import Feeds, feed_server
from benchmarks.figures import Figure, Options, middle
from benchmarks.ground import Ground, Home
from connectors import environment
from connectors.clock import now
from connectors.fetch import configured
from connectors.memory_broker import MemoryBroker
from connectors.store import Tx, open_store
from connectors.workers import Processes
from connectors.world import assembled
from pipeline.drive import Shift
from pipeline.path import path
from pipeline.start import House, prepare
from schemas import codec
from schemas.exchange import Request
from schemas.feed import DueFeed
from schemas.reasons import Reason
from schemas.work import Job

BENCH = "polling"
_FEEDS = 1_000
_PATIENCE = 300.0  # seconds
_MIXED = (Reason.NOT_MODIFIED, Reason.FOUND_ENTRIES)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spent:
    """On so many feeds. wall, cpu (of this process), workers (their processor time): seconds."""

    feeds: int
    wall: float
    cpu: float
    workers: float

    @property
    def speed(self) -> float:
        return self.feeds / self.wall

    @property
    def each(self) -> float:
        """Microseconds of processor time a feed."""
        return 1e6 * self.cpu / self.feeds


Runs = Mapping[str, list[Spent]]


def run(ground: Ground, options: Options) -> list[Figure]:
    return measured(ground, _FEEDS, options.repeat)


def measured(ground: Ground, count: int, repeat: int) -> list[Figure]:
    home = ground.home("polling")
    with feed_server(ground, count) as feeds, polling_peers.trusting(feeds.ca_file, home.folder):
        first, runs = asyncio.run(_measured(ground, feeds, repeat))
    return [*_speeds(first, runs), *_costs(runs)]


async def _measured(ground: Ground, feeds: Feeds, repeat: int) -> tuple[Spent, Runs]:
    trusted, urls = ssl.create_default_context(), list(feeds.urls.values())
    async with _house(ground, feeds) as house:
        first = await _spent(len(urls), lambda: _poll(house, list(feeds.urls), Reason.SEEDED))
        jobs = await house.world.store.read(lambda tx: _jobs(tx, feeds.quiet))
        requests = [schedule.request(codec.load(DueFeed, job.value)) for job in jobs]
        ways: Mapping[str, tuple[int, Callable[[], Awaitable[object]]]] = {
            "ours": (len(urls), lambda: _poll(house, list(feeds.urls), *_MIXED)),
            "feedparser": (len(urls), lambda: _answered(polling_peers.parsed(urls), 200, 304)),
            "trusting": (len(urls), lambda: _answered(polling_peers.parsed_trusting(urls, trusted), 200, 304)),
            "bare": (len(requests), lambda: _answered(polling_peers.bare(requests, trusted), 304)),
            "fetch": (len(requests), lambda: _answered(_fetch(house, requests), 304)),
            "quiet": (len(requests), lambda: _poll(house, feeds.quiet, Reason.NOT_MODIFIED)),
        }
        runs: dict[str, list[Spent]] = {name: [] for name in ways}
        for _ in range(repeat):
            for name, (count, way) in ways.items():
                runs[name].append(await _spent(count, way))
    return first, runs


def _speeds(first: Spent, runs: Runs) -> list[Figure]:
    ours, plain, trusting = runs["ours"], runs["feedparser"], runs["trusting"]
    what = f"{ours[0].feeds} feeds over TLS, 50 ms away, nine in ten answer 304"
    parse = f"feedparser.parse, {polling_peers.THREADS} threads"
    return [
        middle(BENCH, "first polls", [first.speed], "feeds/s", "a body from each, with 20 new entries"),
        middle(BENCH, "feeds a second", [s.speed for s in ours], "feeds/s", f"{what}; all that is kept of them is written"),
        middle(BENCH, parse, [s.speed for s in plain], "feeds/s", "its own HTTP, etag given, nothing is kept"),
        middle(
            BENCH, f"{parse}, TLS shared", [s.speed for s in trusting], "feeds/s", "the list of authorities is read once, not at each visit"
        ),
        middle(BENCH, "ours : feedparser.parse", [a.speed / b.speed for a, b in zip(ours, plain, strict=True)], "x"),
        middle(BENCH, "ours : feedparser.parse, TLS shared", [a.speed / b.speed for a, b in zip(ours, trusting, strict=True)], "x"),
        middle(BENCH, "CPU a feed", [s.each for s in ours], "us", "this process"),
        middle(BENCH, "CPU a feed, workers", [1e6 * s.workers / s.feeds for s in ours], "us", "they read one body in ten feeds"),
        middle(BENCH, "CPU a feed, feedparser.parse", [s.each for s in plain], "us"),
        middle(BENCH, "CPU a feed, feedparser.parse, TLS shared", [s.each for s in trusting], "us"),
    ]


def _costs(runs: Runs) -> list[Figure]:
    bare, fetch, quiet = runs["bare"], runs["fetch"], runs["quiet"]
    return [
        middle(BENCH, "CPU a 304, bare aiohttp", [s.each for s in bare], "us", "the same request, a connection for each"),
        middle(BENCH, "CPU a 304, our fetch", [s.each for s in fetch], "us"),
        middle(BENCH, "CPU a 304, from due to settled", [s.each for s in quiet], "us", "the fetch, and every state write"),
        middle(BENCH, "our fetch : bare", [a.each / b.each for a, b in zip(fetch, bare, strict=True)], "x"),
        middle(BENCH, "from due to settled : bare", [a.each / b.each for a, b in zip(quiet, bare, strict=True)], "x"),
    ]


async def _spent(feeds: int, way: Callable[[], Awaitable[object]]) -> Spent:
    wall, cpu, workers = time.perf_counter(), time.process_time(), _of_workers()
    await way()
    return Spent(feeds=feeds, wall=time.perf_counter() - wall, cpu=time.process_time() - cpu, workers=_of_workers() - workers)


def _of_workers() -> float:
    times = [child.cpu_times() for child in psutil.Process().children() if "connectors.worker_main" in child.cmdline()]
    return sum(float(spent.user + spent.system) for spent in times)


@asynccontextmanager
async def _house(ground: Ground, feeds: Feeds) -> AsyncIterator[House]:
    """Every door is the product's own but the broker: these polls publish nothing, for no feed's health changes."""
    hosts = ",".join(url.split("/")[2] for url in feeds.urls.values())
    home = ground.home("house", allow_hosts=hosts, ca_file=feeds.ca_file)
    _configure(home, feeds)
    settings, _ = environment.load(home.variables)
    store, pace = open_store(settings.database_url), settings.host_pace
    try:
        async with (
            configured(settings, "bench") as web,
            Processes(settings.workers) as workers,
            assembled(store=store, broker=MemoryBroker(), fetch=web, workers=workers, clock=now, host_pace=pace) as world,
        ):
            house = House(settings, home.folder, world, home.variables)
            await prepare(house)
            yield house
    finally:
        store.close()


def _configure(home: Home, feeds: Feeds) -> None:
    (home.config / "topics").mkdir(parents=True)
    (home.config / "routes.yaml").write_text("channels: {}\nroutes: []\n", encoding="utf-8")
    listed = "".join(f"  {feed_id}: {{url: '{url}'}}\n" for feed_id, url in feeds.urls.items())
    (home.config / "feeds.yaml").write_text(f"feeds:\n{listed}", encoding="utf-8")


async def _poll(house: House, wanted: Collection[str], *expected: Reason) -> None:
    """All at once, by a session of their own: what one poll leaves open has long been closed when the next comes."""
    await house.world.store.transact(lambda tx: tx.jobs.put_all([replace(job, due_dt=now()) for job in _jobs(tx, wanted)]))
    async with configured(house.settings, "bench") as web:
        house.world = replace(house.world, fetch=web)
        report = await Shift(path(house, ["poll"]), house.world, seconds=_PATIENCE).all()
    if report.troubles or set(report.reasons) != set(expected) or report.reasons.total() != len(wanted):
        raise RuntimeError(f"of {len(wanted)} feeds: {report}; {report.troubles[:3]}")


def _jobs(tx: Tx, feed_ids: Collection[str]) -> list[Job]:
    return [job for feed_id in feed_ids if (job := tx.jobs.get("poll", feed_id))]


async def _fetch(house: House, requests: Sequence[Request]) -> list[int]:
    async with configured(house.settings, "bench") as web:
        return [answer.status for answer in await asyncio.gather(*(web(request) for request in requests))]


async def _answered(way: Awaitable[Sequence[int]], *expected: int) -> None:
    if (met := set(await way)) != set(expected):
        raise RuntimeError(f"the feeds answered {sorted(met)}, not {expected}")
