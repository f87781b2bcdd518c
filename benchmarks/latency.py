"""Seconds from an entry in a feed to the alert at the webhook, while `tocsin work` follows every stage."""

import time
from collections.abc import Sequence

from benchmarks.figures import Figure, Options, spread
from benchmarks.ground import Ground, program, tocsin
from benchmarks.press import Press, press
from schemas.work import STAGES

BENCH = "from entry to webhook, following"
_ARTICLES = 60
_EVERY = 1.0  # seconds between two articles
_AFTER = 8.0  # seconds until the first: the house is up by then
_PATIENCE = 60.0
_PACE = 0.05  # seconds between two visits to a host: the local site's


def run(ground: Ground, options: Options) -> list[Figure]:
    with press(ground, articles=_ARTICLES, hosts=options.hosts, every=_EVERY, after=_AFTER, matching=True) as paper:
        home = ground.home("follow", kafka_port=ground.no_streams(), allow_hosts=",".join(paper.hosts), host_pace=_PACE)
        paper.configure(home, every="1s")
        with program(tocsin("work", *STAGES), home, "work") as process:
            until = time.monotonic() + _AFTER + _ARTICLES * _EVERY + _PATIENCE
            while len(paper.noted("posted")) < _ARTICLES and time.monotonic() < until and process.is_running():
                time.sleep(0.5)
        return latencies(BENCH, paper, "one article a second, feeds polled every second")


def latencies(bench: str, paper: Press, note: str) -> list[Figure]:
    """From when the site put an article into its feed, and from when a poll first was shown it."""
    served, arrived = {told["url"]: told for told in paper.noted("served")}, arrivals(paper.noted("posted"))
    known = [(served[url], at) for url, at in arrived.items() if url in served]
    return [
        Figure(
            bench=bench, what="articles out, alerts received", value=len(known) / max(1, len(served)), note=f"{len(known)} of {len(served)}"
        ),
        *spread(bench, "from out to webhook", [at - entry["out"] for entry, at in known], note=note),
        *spread(bench, "from first shown to a poll to webhook", [at - entry["at"] for entry, at in known]),
    ]


def arrivals(posts: Sequence[dict[str, object]]) -> dict[str, float]:
    """When each address came first."""
    found: dict[str, float] = {}
    for post in posts:
        urls, at = post["urls"], post["at"]
        assert isinstance(urls, list) and isinstance(at, float)
        for url in urls:
            found.setdefault(url, at)
    return found
