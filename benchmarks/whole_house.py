"""`tocsin up` with the local site: memory of each process, seconds from entry to webhook, then what it costs with nothing to do."""

import time
from dataclasses import dataclass
from statistics import median

from benchmarks.database import bytes_in_use, largest, looked_into
from benchmarks.figures import Figure, Options
from benchmarks.ground import Ground, Home, awaited, program, stop, tocsin
from benchmarks.latency import latencies
from benchmarks.press import press
from benchmarks.processes import Memory, cpu_of_a_while, watching

BENCH = "tocsin up"
_AFTER = 25.0  # seconds until the site's first article: all is up by then
_EVERY = 1.0  # seconds between two articles
_IDLE = 60.0  # seconds
_PATIENCE = 120.0
_PACE = 0.05  # seconds between two visits to a host: the local site's
_MIB = 2**20


@dataclass(frozen=True, kw_only=True, slots=True)
class Prefects:
    """The database of Prefect's server: bytes in use, runs that have ended, its largest tables in KiB."""

    size: int
    runs: int
    tables: str


def run(ground: Ground, options: Options) -> list[Figure]:
    count = int(options.seconds / _EVERY)
    with press(ground, articles=count, hosts=options.hosts, every=_EVERY, after=_AFTER, matching=True) as paper:
        home = ground.home(
            "up",
            kafka_port=ground.port(),
            prefect_port=ground.port(),
            web_port=ground.port(),
            allow_hosts=",".join(paper.hosts),
            host_pace=_PACE,
            cycle_seconds=options.cycle,
        )
        paper.configure(home, every="1s")
        began = time.monotonic()
        with program(tocsin("up"), home, "up") as process:
            told = home.folder / "up.err"
            up = awaited(process, lambda: "everything is up" in told.read_text(encoding="utf-8"), _PATIENCE, told) - began
            empty = _prefect(home)
            with watching(process) as memory:
                time.sleep(max(0.0, _AFTER - up) + options.seconds + options.cycle)
            working = _prefect(home)
            (home.config / "feeds.yaml").write_text("feeds: {}\n", encoding="utf-8")
            time.sleep(2 * options.cycle)  # the feeds that are gone are told so
            resting = _prefect(home)
            idle = cpu_of_a_while(process, _IDLE)
            rested = _prefect(home)
            asked = time.monotonic()
            left = stop(process)
            ended = time.monotonic() - asked
    return [
        Figure(bench=BENCH, what="until all is up", value=up, unit="s", note="a new home, Kafka's jars there"),
        *_memory(memory, options.seconds),
        *latencies(BENCH, paper, f"one article a second, a cycle every {options.cycle} s"),
        *_idle(idle, options.cycle),
        _growth("Prefect's database a run that works", empty, working),
        _growth("Prefect's database a run with nothing due", resting, rested),
        Figure(bench=BENCH, what="from SIGTERM to its end", value=ended, unit="s", note=f"{len(left)} processes were left"),
    ]


def _memory(memory: Memory, seconds: float) -> list[Figure]:
    note = "as last seen; to: the most"
    figures = [
        Figure(
            bench=BENCH,
            what=f"RSS: {role}",
            value=memory.last[role] / _MIB,
            unit="MiB",
            low=memory.last[role] / _MIB,
            high=most / _MIB,
            note=note,
        )
        for role, most in sorted(memory.most.items(), key=lambda item: -item[1])
    ]
    note = f"after {seconds:.0f} s of work; most: {max(memory.total) / _MIB:,.0f}"
    return [*figures, Figure(bench=BENCH, what="RSS: all together, median", value=median(memory.total) / _MIB, unit="MiB", note=note)]


def _idle(idle: dict[str, float], cycle: int) -> list[Figure]:
    parts = ", ".join(f"{role} {share:.1f}" for role, share in sorted(idle.items(), key=lambda item: -item[1]) if share >= 0.05)
    note = f"of one core, over {_IDLE:.0f} s, a cycle every {cycle} s: {parts}"
    return [Figure(bench=BENCH, what="CPU with nothing due", value=sum(idle.values()), unit="%", note=note)]


def _growth(what: str, before: Prefects, after: Prefects) -> Figure:
    runs = max(1, after.runs - before.runs)
    return Figure(
        bench=BENCH, what=what, value=(after.size - before.size) / runs / 1024, unit="KiB", note=f"over {runs} runs; {after.tables}"
    )


def _prefect(home: Home) -> Prefects:
    with looked_into(home.folder / "prefect" / "prefect.db") as db:
        ended = db.execute("SELECT count(*) FROM flow_run WHERE state_type IN ('COMPLETED', 'FAILED', 'CRASHED')").fetchone()[0]
        return Prefects(size=bytes_in_use(db), runs=ended, tables=f"KiB in all: {largest(db, by=1024)}")
