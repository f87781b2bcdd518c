"""Articles a second through the whole path, against bare trafilatura on the same pages in the same run, and who spends the time."""

import asyncio
import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import psutil
import trafilatura

from articles import extract, page
from benchmarks.database import bytes_in_use, largest, looked_into
from benchmarks.figures import Figure, Options, middle
from benchmarks.ground import Ground, Home
from benchmarks.meter import FOR, Meter, Spent, as_metered, metered
from benchmarks.press import Press, press
from connectors.fetch import Web
from connectors.workers import Processes
from pipeline.drive import Shift
from pipeline.path import path
from pipeline.shape import Report
from pipeline.start import House, started
from schemas.exchange import Request
from schemas.reasons import Reason
from schemas.work import STAGES

BENCH = "the whole path"
_PATIENCE = 900.0  # seconds
_LANGUAGES = ("de", "en", "fr", "es", "it", "pl", "cs", "ru", "uk")

Pages = Sequence[tuple[str, bytes]]  # addresses and bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """wall, own_cpu, main_cpu (of the thread with the loop), worker_cpu, kafka_cpu: seconds. around: to open and close the house.

    database, log: bytes. tables: the largest of the database, in bytes an article.
    """

    articles: int
    report: Report
    wall: float
    own_cpu: float
    main_cpu: float
    worker_cpu: float
    kafka_cpu: float
    around: float
    log: int
    database: int = 0
    tables: str = ""

    @property
    def speed(self) -> float:
        return self.articles / self.wall

    @property
    def cpu(self) -> float:
        """Milliseconds an article, of this process and its workers."""
        return 1000 * (self.own_cpu + self.worker_cpu) / self.articles


def run(ground: Ground, options: Options) -> list[Figure]:
    with press(ground, articles=options.articles, hosts=options.hosts) as paper:
        pages = asyncio.run(_pages(paper))
        bare, runs = [_bare(pages)], list[Run]()
        for _ in range(options.repeat):
            runs.append(_plain(ground, paper))
            bare.append(_bare(pages))
        meter, metered_run = _metered(ground, paper)
        read, cold, warm = _read(pages), *asyncio.run(_worker(pages[0]))
    with press(ground, articles=min(options.articles, 100), hosts=1) as paper:
        lonely = _plain(ground, paper)
    return [
        *_speeds(runs, bare, lonely),
        *_costs(runs, bare, read, cold, warm),
        *_shares(meter, metered_run),
    ]


def _speeds(runs: Sequence[Run], bare: Sequence[tuple[float, float]], lonely: Run) -> list[Figure]:
    each = [median((a[0], b[0])) for a, b in pairwise(bare)]  # before and after each run
    hosts = f"{runs[0].articles} articles, {runs[0].report.reasons[Reason.DELIVERED]} alerts delivered"
    return [
        middle(BENCH, "articles a second", [r.speed for r in runs], "/s", hosts),
        middle(BENCH, "bare trafilatura, one process", [speed for speed, _ in bare], "/s", "bare_extraction(with_metadata=True)"),
        middle(BENCH, "whole path : bare", [r.speed / b for r, b in zip(runs, each, strict=True)], "x"),
        middle(
            BENCH, "articles a second, all on one host", [lonely.speed], "/s", "a host has one visitor at a time; no pause between visits"
        ),
    ]


def _costs(runs: Sequence[Run], bare: Sequence[tuple[float, float]], read: float, cold: float, warm: float) -> list[Figure]:
    of_bare = median(cpu for _, cpu in bare)
    n = runs[0].articles
    return [
        middle(BENCH, "CPU an article", [r.cpu for r in runs], "ms", "this process and its workers"),
        middle(BENCH, "CPU an article, workers alone", [1000 * r.worker_cpu / n for r in runs], "ms", "their start included"),
        middle(BENCH, "CPU an article, Kafka", [1000 * r.kafka_cpu / n for r in runs], "ms", "Java warms up over the runs"),
        middle(BENCH, "CPU an article, bare", [cpu for _, cpu in bare], "ms"),
        middle(BENCH, "CPU an article, our reading of a page", [read], "ms", "articles.page.read, in this process"),
        middle(BENCH, "CPU whole path : bare", [r.cpu / of_bare for r in runs], "x"),
        middle(BENCH, "first page of a worker process", [1000 * cold], "ms", "its start and imports"),
        middle(BENCH, "a further page of a worker process", [1000 * warm], "ms"),
        middle(BENCH, "open and close the house", [r.around for r in runs], "s"),
        middle(BENCH, "database an article", [r.database / n for r in runs], "bytes", f"with indexes; {runs[0].tables}"),
        middle(BENCH, "Kafka's log an article", [r.log / n for r in runs], "bytes", "all streams, compressed"),
    ]


def _shares(meter: Meter, done: Run) -> list[Figure]:
    """Of all processor time of this process and its workers."""
    total = done.own_cpu + done.worker_cpu
    threads = sum(meter.of_kind(kind) for kind in ("read", "write", "broker"))
    rest = {
        "event loop and sockets": done.main_cpu - meter.of_kind("loop"),
        "kafka-python's threads": done.own_cpu - done.main_cpu - threads,
        "start of the workers": done.worker_cpu - meter.of_kind("worker"),
    }
    note = f"all was metered: {done.speed:.1f}/s"
    return [
        *(_share(meter, stage, done, total) for stage in (*STAGES, "relay", "house")),
        *(Figure(bench=BENCH, what=f"CPU share: {what}", value=100 * cpu / total, unit="%", note=note) for what, cpu in rest.items()),
    ]


def _share(meter: Meter, stage: str, done: Run, total: float) -> Figure:
    kinds = sorted((kind, spent) for (of, kind), spent in meter.spent.items() if of == stage)
    parts = [f"{kind} {1000 * spent.cpu / done.articles:.2f} ms" + _times(kind, spent) for kind, spent in kinds]
    busy = f"busy {100 * meter.share_busy(stage, done.wall):.0f} % of the time; " if stage in STAGES else ""
    note = f"{busy}an article: {', '.join(parts)}"
    return Figure(bench=BENCH, what=f"CPU share: {stage}", value=100 * sum(s.cpu for _, s in kinds) / total, unit="%", note=note)


def _times(kind: str, spent: Spent) -> str:
    return "" if kind == "loop" else f" ({spent.calls} calls of {1000 * spent.wall / spent.calls:.1f} ms)"


def _plain(ground: Ground, paper: Press) -> Run:
    return asyncio.run(_plain_run(ground, paper))


async def _plain_run(ground: Ground, paper: Press) -> Run:
    home, opening = _home(ground, paper), time.perf_counter()
    async with started(home.variables, "bench") as house:
        around = time.perf_counter() - opening
        done = await _measured(ground, house, Shift(path(house), house.world, seconds=_PATIENCE).all(), len(paper.pages))
        closing_at = time.perf_counter()
    return _finished(ground, home, done, around + time.perf_counter() - closing_at)


def _metered(ground: Ground, paper: Press) -> tuple[Meter, Run]:
    return asyncio.run(_metered_run(ground, paper))


async def _metered_run(ground: Ground, paper: Press) -> tuple[Meter, Run]:
    meter, home = Meter(), _home(ground, paper)
    async with metered(home.variables, meter) as house:
        meter.spent.clear()
        shift = Shift(as_metered(path(house), meter), house.world, seconds=_PATIENCE)

        async def stage(name: str) -> Report:
            FOR.set(name)
            return await shift.run(name)

        async def all_stages() -> Report:
            total = Report()
            for report in await asyncio.gather(*(stage(name) for name in STAGES)):
                total += report
            return total

        done = await _measured(ground, house, all_stages(), len(paper.pages))
    return meter, _finished(ground, home, done, 0)


async def _measured(ground: Ground, house: House, cycle: Awaitable[Report], count: int) -> Run:
    kafka = psutil.Process(ground.node.pid)
    wall, own, main, kafkas = time.perf_counter(), time.process_time(), time.thread_time(), _cpu(kafka)
    report = await cycle
    wall, own, main, kafkas = time.perf_counter() - wall, time.process_time() - own, time.thread_time() - main, _cpu(kafka) - kafkas
    workers = sum(_cpu(child) for child in psutil.Process().children() if "connectors.worker_main" in child.cmdline())
    if report.troubles or report.reasons[Reason.FULL_TEXT] != count:
        raise RuntimeError(f"of {count} articles: {report}; {report.troubles[:3]}")
    return Run(
        articles=count,
        report=report,
        wall=wall,
        own_cpu=own,
        main_cpu=main,
        worker_cpu=workers,
        kafka_cpu=kafkas,
        around=0,
        log=_log(ground),
    )


def _finished(ground: Ground, home: Home, done: Run, around: float) -> Run:
    with looked_into(home.folder / "state" / "tocsin.db") as db:
        return replace(done, around=around, database=bytes_in_use(db), tables=largest(db, by=done.articles))


def _home(ground: Ground, paper: Press) -> Home:
    home = ground.home("path", kafka_port=ground.no_streams(), allow_hosts=",".join(paper.hosts), host_pace=0)
    paper.configure(home)
    return home


def _log(ground: Ground) -> int:
    data = ground.node.log_path.parents[1] / "data"
    return sum(
        file.stat().st_size for file in data.rglob("*.log") if file.parent.name.startswith("news.") and "-delete" not in file.parent.name
    )


def _cpu(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return float(spent.user + spent.system)


async def _pages(paper: Press) -> list[tuple[str, bytes]]:
    async with Web(contact="bench", version="bench", allow_hosts=paper.hosts) as web:
        return [(url, (await web(Request(url=url))).body) for url in paper.pages]


def _bare(pages: Pages) -> tuple[float, float]:
    """Pages a second, and milliseconds of processor time a page."""
    trafilatura.bare_extraction(pages[0][1], url=pages[0][0], with_metadata=True)  # what is loaded by the first is not counted
    wall, cpu = time.perf_counter(), time.process_time()
    found = [trafilatura.bare_extraction(body, url=url, with_metadata=True) for url, body in pages]
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    if None in found:
        raise RuntimeError("trafilatura found no text on a page of the local site")
    return len(pages) / wall, 1000 * cpu / len(pages)


def _read(pages: Pages) -> float:
    page.read(pages[0][1], pages[0][0], _LANGUAGES)  # the model of languages is loaded by the first
    began = time.process_time()
    for url, body in pages:
        page.read(body, url, _LANGUAGES)
    return 1000 * (time.process_time() - began) / len(pages)


async def _worker(of: tuple[str, bytes]) -> tuple[float, float]:
    url, body = of
    async with Processes(1) as workers:
        seconds = []
        for _ in range(6):
            began = time.perf_counter()
            await workers.run(extract.page, body, url, _LANGUAGES)
            seconds.append(time.perf_counter() - began)
    return seconds[0], median(seconds[1:])
