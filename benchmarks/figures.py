"""A measured figure, a readable table of figures, and the same as JSON."""

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby

import orjson
import psutil


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """articles: of the local site. hosts: that it is spread over. repeat: of what is short. seconds: that the whole house runs."""

    articles: int = 300
    hosts: int = 8
    repeat: int = 3
    seconds: float = 120
    cycle: int = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """low and high: of the repeats, where there were some; value is their median."""

    bench: str
    what: str
    value: float
    unit: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""


def middle(bench: str, what: str, values: Sequence[float], unit: str = "", note: str = "") -> Figure:
    """The median of repeats, and how far they spread."""
    spread = (min(values), max(values)) if len(values) > 1 else (None, None)
    return Figure(bench=bench, what=what, value=statistics.median(values), unit=unit, low=spread[0], high=spread[1], note=note)


def spread(bench: str, what: str, values: Sequence[float], unit: str = "s", note: str = "") -> list[Figure]:
    """p50 and p95 of many; nothing where there are none."""
    ordered = sorted(values)
    shares = ((50, "p50"), (95, "p95")) if ordered else ()
    of = f"of {len(ordered)}" + (f"; {note}" if note else "")
    return [Figure(bench=bench, what=f"{what}, {name}", value=_share(ordered, share), unit=unit, note=of) for share, name in shares]


def table(figures: Iterable[Figure]) -> str:
    lines: list[str] = []
    for bench, rows in groupby(figures, key=lambda figure: figure.bench):
        lines += ["", bench]
        for row in rows:
            between = f"{_short(row.low)} to {_short(row.high)}" if row.low is not None and row.high is not None else ""
            lines.append(f"  {row.what:<46} {_short(row.value):>9} {row.unit:<11} {between:<17} {row.note}".rstrip())
    return "\n".join(lines) + "\n"


def as_json(figures: Sequence[Figure], options: Options, now: datetime) -> bytes:
    told = {
        "measured_dt": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "machine": {
            "cores": os.cpu_count(),
            "memory": psutil.virtual_memory().total,
            "load_1m": os.getloadavg()[0],
            "python": platform.python_version(),
            "system": platform.platform(),
        },
        "options": asdict(options),
        "figures": [{name: value for name, value in asdict(figure).items() if value not in (None, "")} for figure in figures],
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2)


def _share(ordered: Sequence[float], percent: int) -> float:
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]


def _short(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
