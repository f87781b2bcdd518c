"""/metrics for Prometheus, /healthz for whoever watches."""

from datetime import timedelta
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from connectors.store import Store
from schemas.reasons import Reason
from tests.town import ManualClock
from tests.web.filled import NOON, empty, filled
from tests.web.served import Client, served


def samples(web: Client) -> dict[str, dict[tuple[str, ...], float]]:
    answer = web.ask("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def polled(store: Store, clock: ManualClock, count: int) -> None:
    for _ in range(count):
        store.write_now(lambda tx: tx.journal.add("poll", "zeitung", Reason.NOT_MODIFIED, "", (), clock()))


def test_the_gauges_are_those_of_the_moment(web: Client) -> None:
    found = samples(web)

    assert found["tocsin_jobs_waiting"] == {("poll",): 2, ("extract",): 0, ("track",): 0, ("ring",): 0, ("deliver",): 2}
    assert found["tocsin_outbox_records"] == {(): 1} and found["tocsin_outbox_oldest_seconds"] == {(): 90}
    assert found["tocsin_feeds_failing"] == {(): 2} and found["tocsin_articles"] == {(): 2}
    assert set(found) == {
        "tocsin_jobs_waiting",
        "tocsin_outbox_records",
        "tocsin_outbox_oldest_seconds",
        "tocsin_feeds_failing",
        "tocsin_articles",
    }


def test_verdicts_are_counted_on_and_the_count_never_falls(tmp_path: Path) -> None:
    store, clock = empty(tmp_path), ManualClock(NOON)
    polled(store, clock, 5)  # at the instant of the start: counted
    with served(tmp_path, store, clock) as web:
        clock.now += timedelta(minutes=1)
        first = samples(web)["tocsin_verdicts_total"]
        polled(store, clock, 3)
        same = samples(web)["tocsin_verdicts_total"]
        clock.now += timedelta(minutes=1)
        grown = samples(web)["tocsin_verdicts_total"]
        store.write_now(lambda tx: tx.journal.prune(clock.now))
        clock.now += timedelta(minutes=1)
        pruned = samples(web)["tocsin_verdicts_total"]

    name = ("not_modified", "poll")
    assert (first[name], same[name], grown[name], pruned[name]) == (5, 5, 8, 8)


def test_a_house_whose_outbox_drains_is_well(web: Client) -> None:
    answer = web.ask("/healthz")

    assert answer.status == 200
    assert answer.json == {"status": "ok", "database": "readable", "outbox_records": 1, "outbox_oldest_seconds": 90.0}


def test_a_house_whose_outbox_stands_still_is_not(tmp_path: Path) -> None:
    with served(tmp_path, filled(tmp_path), lambda: NOON + timedelta(minutes=1)) as web:
        answer = web.ask("/healthz")

    assert answer.status == 503 and answer.json["status"] == "failing" and answer.json["outbox_oldest_seconds"] == 150


def test_a_clock_that_went_back_makes_no_negative_age(tmp_path: Path) -> None:
    with served(tmp_path, filled(tmp_path), lambda: NOON - timedelta(hours=1)) as web:
        assert web.ask("/healthz").json["outbox_oldest_seconds"] == 0
