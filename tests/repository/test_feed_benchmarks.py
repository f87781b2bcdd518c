"""The benchmarks of feeds run, and are the same each time where they can be."""

from pathlib import Path

from benchmarks import delay, polling
from benchmarks.figures import Figure
from benchmarks.ground import ground


def told(figures: list[Figure]) -> dict[str, float]:
    return {figure.what: figure.value for figure in figures}


def test_few_feeds_are_polled_by_every_way(tmp_path: Path) -> None:
    with ground(23400, tmp_path) as place:
        figures = told(polling.measured(place, 20, 1))

    assert all(value > 0 for what, value in figures.items() if "workers" not in what)


def test_a_simulated_delay_is_the_same_each_time() -> None:
    assert told(delay.measured(4, (1,))) == told(delay.measured(4, (1,)))


def test_another_seed_simulates_other_feeds() -> None:
    assert told(delay.measured(4, (1,))) != told(delay.measured(4, (2,)))


def test_a_pause_that_fits_each_feed_finds_news_sooner_than_one_for_all() -> None:
    figures = told(delay.measured(60, (1,)))

    assert figures["our scheduler, mean"] < figures["a fixed pause, mean"]
