"""The command `python -m benchmarks`: measures what is asked for, prints a table, and writes it as JSON where a file is named."""

import argparse
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import delay, first_alert, latency, matching, polling, publishing, whole_house, whole_path
from benchmarks.figures import Figure, Options, as_json, table
from benchmarks.ground import Ground, ground
from connectors.clock import now

BENCHMARKS: dict[str, Callable[[Ground, Options], list[Figure]]] = {
    "path": whole_path.run,
    "latency": latency.run,
    "polling": polling.run,
    "delay": delay.run,
    "publishing": publishing.run,
    "matching": matching.run,
    "demo": first_alert.run,
    "up": whole_house.run,
}


def main() -> int:
    parser = _parser()
    chosen = parser.parse_args()
    if unknown := [name for name in chosen.names if name not in BENCHMARKS]:
        parser.error(f"there is no benchmark {unknown[0]}; there are: {', '.join(BENCHMARKS)}")
    options = Options(articles=chosen.articles, hosts=chosen.hosts, repeat=chosen.repeat, seconds=chosen.seconds, cycle=chosen.cycle)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what we started ends with us
    with ground(chosen.port, chosen.scratch) as place:
        figures: list[Figure] = []
        for name in chosen.names or BENCHMARKS:
            figures += _measured(name, place, options)
            if chosen.json:  # after each: the whole takes minutes, and the next may fail
                chosen.json.write_bytes(as_json(figures, options, now()))
    return 0


def _measured(name: str, place: Ground, options: Options) -> list[Figure]:
    sys.stderr.write(f"benchmarks: {name} ...\n")
    began = time.monotonic()
    figures = BENCHMARKS[name](place, options)
    sys.stderr.write(f"benchmarks: {name} took {time.monotonic() - began:.0f} s\n")
    sys.stdout.write(table(figures))
    sys.stdout.flush()
    return figures


def _parser() -> argparse.ArgumentParser:
    usual = Options()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures tocsin on real parts, on this machine alone.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of: {', '.join(BENCHMARKS)}; without one, all")
    parser.add_argument("--articles", type=int, default=usual.articles, help="articles of the local site (%(default)s)")
    parser.add_argument("--hosts", type=int, default=usual.hosts, help="hosts that it is spread over (%(default)s)")
    parser.add_argument("--repeat", type=int, default=usual.repeat, help="times that what is short is measured (%(default)s)")
    parser.add_argument("--seconds", type=float, default=usual.seconds, help="for which the whole house runs (%(default)g)")
    parser.add_argument("--cycle", type=int, default=usual.cycle, help="seconds between its cycles (%(default)g)")
    parser.add_argument("--port", type=int, default=22000, help="the first of the ports to choose from (%(default)s)")
    parser.add_argument("--scratch", type=Path, help="where the homes are made and removed (the system's)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    return parser


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
