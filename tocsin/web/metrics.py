"""The figures of /metrics: gauges read at the scrape, and verdicts counted on since this process started."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from tocsin.web.facts import Gauges
from tocsin.web.reads import Reads

_LATE = timedelta(seconds=10)  # so long after its time a verdict may still come to be written: the life of a lease


class Tally:
    """A Prometheus counter must never fall, and the journal is pruned: so verdicts are added up here, from the start of this process on."""

    def __init__(self, reads: Reads, started: datetime) -> None:
        self._reads, self._until = reads, started
        self._counting = asyncio.Lock()
        self._totals: Counter[tuple[str, str]] = Counter()

    async def upto(self, now: datetime) -> Counter[tuple[str, str]]:
        async with self._counting:  # two scrapes at once must not count the same rows
            until = now - _LATE
            if until > self._until:
                self._totals.update(await self._reads.verdicts(self._until, until))
                self._until = until
            return Counter(self._totals)


def exposition(gauges: Gauges, verdicts: Counter[tuple[str, str]]) -> bytes:
    """In Prometheus's text format. A registry of its own a scrape: nothing of another library's gets in."""
    registry = CollectorRegistry()
    registry.register(_Moment(gauges, verdicts))
    return generate_latest(registry)


class _Moment(Collector):
    def __init__(self, gauges: Gauges, verdicts: Counter[tuple[str, str]]) -> None:
        self._gauges, self._verdicts = gauges, verdicts

    def collect(self) -> Iterator[Metric]:
        told = CounterMetricFamily("tocsin_verdicts", "Verdicts in the journal since the web page started.", labels=("stage", "reason"))
        for (stage, reason), count in sorted(self._verdicts.items()):
            told.add_metric((stage, reason), count)
        yield told
        jobs = GaugeMetricFamily("tocsin_jobs_waiting", "Jobs of a stage, due or not.", labels=("stage",))
        for stage, count in self._gauges.jobs_waiting:
            jobs.add_metric((stage,), count)
        yield jobs
        outbox = self._gauges.outbox
        yield GaugeMetricFamily("tocsin_outbox_records", "Records that wait for Kafka.", outbox.records)
        yield GaugeMetricFamily("tocsin_outbox_oldest_seconds", "How long the oldest of them has waited.", outbox.oldest_seconds)
        yield GaugeMetricFamily("tocsin_feeds_failing", "Feeds whose last poll failed.", self._gauges.feeds_failing)
        yield GaugeMetricFamily("tocsin_articles", "Articles known.", self._gauges.articles)
