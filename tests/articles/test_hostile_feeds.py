"""Whatever a feed holds, reading it ends in time with a reading or a named failure, the worker processes go on, and so do good feeds."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from articles import feeds
from connectors.doors import WorkerFailed
from connectors.workers import Processes
from schemas.reasons import Reason
from tests.articles import hostile
from tests.articles.test_feeds import ATOM, JSON, RDF, RSS, URL
from tests.articles.test_sitemap import news, sitemap

T = TypeVar("T")
GOOD = RSS.encode()
CORPORA = Path(os.environ.get("TOCSIN_TEST_CORPORA", Path(__file__).parents[2] / "../shared/corpora"))
HEAVY = "50,000 different categories"
MUTANTS = 2_000
LONGEST = 12  # seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    reading: feeds.Reading | None
    problem: str
    seconds: float


@pytest.fixture(scope="module")
def ended() -> dict[str, Ended]:
    """Each hostile feed through one pool of two, and the good feed read after each of them."""

    async def story(workers: Processes) -> dict[str, Ended]:
        found = {}
        for name, document in hostile.FEEDS.items():
            found[name] = await attempt(workers, document())
            assert len((await workers.run(feeds.read, GOOD, URL)).items) == 1, f"after {name}"
        return found

    return run(story)


@pytest.mark.parametrize("name", hostile.FEEDS)
def test_a_hostile_feed_ends_in_time(ended: dict[str, Ended], name: str) -> None:
    assert ended[name].seconds <= LONGEST


@pytest.mark.parametrize("name", hostile.FEEDS)
def test_a_hostile_feed_ends_with_a_reading_or_a_named_failure(ended: dict[str, Ended], name: str) -> None:
    assert ended[name].reading or ended[name].problem in ("deadline", "memory")


@pytest.mark.parametrize("name", [name for name in hostile.FEEDS if "entit" in name or "laughs" in name])
def test_entities_are_refused(ended: dict[str, Ended], name: str) -> None:
    reading = ended[name].reading

    assert reading and reading.problem is Reason.UNSAFE_FEED


@pytest.mark.parametrize("name", [name for name in hostile.FEEDS if "newlines" in name or "32 kB" in name or "200,000" in name])
def test_what_only_swells_a_feed_does_not_cost_its_items(ended: dict[str, Ended], name: str) -> None:
    reading = ended[name].reading

    assert reading and reading.items and ended[name].seconds < LONGEST / 2


def test_work_without_an_end_is_ended(ended: dict[str, Ended]) -> None:
    assert ended[HEAVY].problem == "deadline"


def test_no_mutant_of_a_feed_raises_or_ends_a_worker() -> None:
    harmless = [RSS.encode(), ATOM.encode(), RDF.encode(), JSON.encode(), sitemap(news() * 3), *public()]

    async def story(workers: Processes) -> list[Ended]:
        return await asyncio.gather(*(attempt(workers, mutant) for mutant in hostile.mutants(harmless, MUTANTS)))

    found = run(story)

    assert [one.problem for one in found if one.problem] == []
    assert len(found) == MUTANTS


def test_good_feeds_go_on_while_hostile_ones_run() -> None:
    """Two places, and in each a document that takes all the time it gets."""

    async def story(workers: Processes) -> list[bool]:
        heavy = [asyncio.create_task(attempt(workers, hostile.FEEDS[HEAVY]())) for _ in range(2)]
        await asyncio.sleep(0)  # both have a place
        for _ in range(50):
            await workers.run(feeds.read, GOOD, URL)
        still = [not task.done() for task in heavy]
        for task in heavy:
            task.cancel()
        await asyncio.gather(*heavy, return_exceptions=True)
        return still

    assert run(story) == [True, True]


def run(story: Callable[[Processes], Awaitable[T]]) -> T:
    async def in_processes() -> T:
        async with Processes(2) as workers:
            return await story(workers)

    return asyncio.run(in_processes())


async def attempt(workers: Processes, document: str | bytes) -> Ended:
    body = document if isinstance(document, bytes) else document.encode()
    start = time.monotonic()
    try:
        reading, problem = await workers.run(feeds.read, body, URL), ""
    except WorkerFailed as error:
        reading, problem = None, error.problem
    return Ended(reading=reading, problem=problem, seconds=time.monotonic() - start)


def public() -> list[bytes]:
    """Real feeds, where they are at hand."""
    found = sorted((CORPORA / "feeds").rglob("*.xml")) if CORPORA.is_dir() else []
    return [path.read_bytes() for path in found if path.stat().st_size < 20_000]
