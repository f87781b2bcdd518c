"""What a reader makes of days on which much goes wrong: nothing is lost in silence, and nobody is told more than there is to tell."""

import asyncio
import json
import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from schemas.feed import FeedState
from schemas.reasons import Reason
from tests.fetch.site import Asked, http
from tests.politeness.paper import Paper, item, rss
from tests.politeness.reader import Reader, opened, watch
from tests.town import NOON

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PAPER = Paper(every=HOUR, shown=20)


class Moody:
    """A paper that answers anything; the truth half of the time. truths: whether each answer was one that can be read."""

    def __init__(self) -> None:
        self._chance, self.readable = random.Random(5), list[bool]()

    def __call__(self, asked: Asked, now: datetime) -> bytes:
        mood = self._chance.choices(("truth", "empty", "wall", "500", "503"), (5, 1, 1, 1, 1))[0]
        self.readable.append(mood in ("truth", "empty"))
        if mood == "truth":
            return PAPER(asked, now)
        if mood in ("500", "503"):
            return http(status=f"{mood} Trouble")
        return http(rss()) if mood == "empty" else http(b"<html><body>Log in</body></html>")


@pytest.fixture(scope="module")
def moody(tmp_path_factory: pytest.TempPathFactory) -> tuple[Moody, Reader]:
    """After a thousand answers."""
    paper = Moody()

    async def played() -> Reader:
        async with opened(tmp_path_factory.mktemp("reader"), paper, options=", every: 1m", restart=50) as reader:
            while len(paper.readable) < 1_000:
                await reader.lives(10 * HOUR)
            return reader

    return paper, asyncio.run(played())


def test_after_a_thousand_answers_of_all_kinds_no_entry_is_lost(moody: tuple[Moody, Reader]) -> None:
    _, reader = moody

    newest = PAPER.newest(reader.calls[-1].dt - 5 * HOUR)
    assert newest > 20
    assert reader.entries() >= {f"Entry {n}" for n in range(newest)}


def test_a_thousand_answers_give_two_health_records_a_change_at_most(moody: tuple[Moody, Reader]) -> None:
    paper, reader = moody

    changes = sum(before != after for before, after in pairwise([True, *paper.readable]))
    assert 0 < len(reader.broker.all("news.feed_health.v1")) <= 2 * changes


def flood(validators: bool) -> Paper:
    """Two hundred entries an hour, of which it shows thirty."""
    return Paper(every=timedelta(seconds=18), shown=30, validators=validators)


def lost(paper: Paper, reader: Reader, since: datetime) -> set[str]:
    """Entries of the time between that poll and the last that we never met."""
    published = range(paper.newest(since), paper.newest(reader.calls[-1].dt) + 1)
    return {f"Entry {n}" for n in published} - reader.entries()


def test_a_flood_is_followed_without_a_loss_from_the_second_poll_on(tmp_path: Path) -> None:
    paper = flood(validators=True)

    reader = watch(tmp_path, paper, span=3 * HOUR)

    assert not lost(paper, reader, reader.calls[1].dt)
    assert reader.state().gaps == 1


def test_a_flood_that_may_be_asked_once_an_hour_is_lost_in_part_and_its_state_says_so(tmp_path: Path) -> None:
    paper = flood(validators=False)

    reader = watch(tmp_path, paper, span=6 * HOUR)

    assert lost(paper, reader, reader.calls[1].dt)
    assert "entries are lost" in (reader.state().detail or "")
    assert reader.state().gaps >= 4


def test_known_links_under_new_guids_are_no_new_articles(tmp_path: Path) -> None:
    """Five of five hundred have another headline: these are updates."""

    def reissued(asked: Asked, now: datetime) -> bytes:
        edition = int((now - NOON) / (3 * HOUR))
        items = (
            item(f"Entry {n}{' corrected' if edition and n < 5 else ''}", f"http://paper.test/{n}", NOON, f"{edition}-{n}")
            for n in range(500)
        )
        return http(rss(*items), ETag=f'"{edition}"')

    reader = watch(tmp_path, reissued, options=", body: feed", stages=("poll", "extract"), span=8 * HOUR)

    kinds = Counter(json.loads(record.value)["change_kind"] for record in reader.broker.all("news.article.v1"))
    assert kinds == {"discovered": 500, "updated": 5}


@dataclass(frozen=True, kw_only=True)
class Outage:
    """Half an hour in which eight papers of eight hosts refused every connection. at_its_end: the states of their feeds; back: its end."""

    reader: Reader
    at_its_end: list[FeedState]
    back: datetime


@pytest.fixture(scope="module")
def outage(tmp_path_factory: pytest.TempPathFactory) -> Outage:
    async def played() -> Outage:
        async with opened(tmp_path_factory.mktemp("reader"), *[Paper(every=MINUTE, shown=60)] * 8, restart=10) as reader:
            await reader.lives(HOUR)
            for publisher in reader.publishers:
                publisher.stop()
            await reader.lives(HOUR / 2)
            states, back = reader.read(lambda tx: tx.feeds.all()), reader.clock.now
            for publisher in reader.publishers:
                await publisher.start()
            await reader.lives(HOUR / 2)
            return Outage(reader=reader, at_its_end=states, back=back)

    return asyncio.run(played())


def test_what_our_own_network_loses_counts_against_no_feed(outage: Outage) -> None:
    assert [(state.failures, state.reason) for state in outage.at_its_end] == [(0, Reason.NETWORK_DOWN)] * 8


def test_people_are_told_once_that_the_network_is_down_and_once_that_it_is_back(outage: Outage) -> None:
    told = outage.reader.read(lambda tx: tx.journal.about(["our network"]))

    assert [note.reason for note in told] == [Reason.NETWORK_DOWN, Reason.NETWORK_BACK]


def test_every_feed_is_asked_again_soon_after_the_network_is_back(outage: Outage) -> None:
    first = [next(call.dt for call in publisher.calls if call.dt >= outage.back) for publisher in outage.reader.publishers]

    assert max(first) - outage.back < 6 * MINUTE


def test_no_feed_is_left_on_record_as_failing_for_it(outage: Outage) -> None:
    last = {record.key: json.loads(record.value)["failing"] for record in outage.reader.broker.all("news.feed_health.v1")}

    assert not [feed for feed, failing in last.items() if failing]
