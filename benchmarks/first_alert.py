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
        up = awaited(process, lambda: "everything is up" in (home.folder / "demo.err").read_text(), _PATIENCE) - began
        alert = awaited(process, lambda: (home.folder / "demo.out").stat().st_size > 0, _PATIENCE) - began
        asked = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(_PATIENCE)
        return up, alert, time.monotonic() - asked
