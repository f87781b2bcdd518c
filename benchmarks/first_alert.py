"""Seconds from `tocsin demo` to the first alert that it prints, with the jars there, and from Ctrl-C to its end."""

import signal
import time

from benchmarks.figures import Figure, Options, middle
from benchmarks.ground import Ground, awaited, program, tocsin

BENCH = "tocsin demo"
_PATIENCE = 180.0


def run(ground: Ground, options: Options) -> list[Figure]:
    runs = [_one(ground) for _ in range(options.repeat)]
    return [
        middle(BENCH, "until all is up", [up for up, _, _ in runs], "s", "a new home, Kafka's jars there"),
        middle(
            BENCH, "until the first alert", [alert for _, alert, _ in runs], "s", "the site brings out the article 2.5 s after all is up"
        ),
        middle(BENCH, "from Ctrl-C to its end", [end for _, _, end in runs], "s"),
    ]


def _one(ground: Ground) -> tuple[float, float, float]:
    home = ground.home("demo", kafka_port=ground.port(), prefect_port=ground.port(), web_port=ground.port())
    began = time.monotonic()
    with program(tocsin("demo"), home, "demo") as process:
        told, printed = home.folder / "demo.err", home.folder / "demo.out"
        up = awaited(process, lambda: "everything is up" in told.read_text(encoding="utf-8"), _PATIENCE, told) - began
        alert = awaited(process, lambda: printed.stat().st_size > 0, _PATIENCE, told) - began
        asked = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(_PATIENCE)
        return up, alert, time.monotonic() - asked
