"""Without Kafka one cycle by hand still polls and keeps what it made, where it can know that nothing was lost; and it says so."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.store import Tx
from schemas.errors import BrokerDown
from schemas.reasons import Reason
from tests.bad_input.street import HEADLINE, Street, article, paper, street, told
from tests.cli.terminal import Ended
from tests.town import BODY, TOPIC

SECOND = "Moskau antwortet der Nato"


@dataclass(frozen=True, kw_only=True)
class Left:
    """What a cycle without Kafka left in a home, and said."""

    street: Street
    ended: Ended
    visits: int
    waiting: list[str]  # streams of the records in the outbox


async def cycle(home: Path, known: bool, topic: str = TOPIC) -> Left:
    """known: an earlier cycle, with Kafka, is behind this home."""
    pages = {"/1": (HEADLINE, article(HEADLINE, BODY))}
    async with street(home, {"gazette": lambda asked: paper(pages)(asked)}) as found:
        if known:
            await found.cycle()
            pages["/2"] = (SECOND, article(SECOND, BODY))
        found.terminal.write("topics/nato-russia.yaml", topic)
        process = found.terminal.start("run", "--once")
        out, err = await asyncio.to_thread(process.communicate)
        ended = Ended(code=process.returncode, out=out, err=err)
        return Left(street=found, ended=ended, visits=len(found.sites["gazette"].asked), waiting=found.read(waiting))


def waiting(tx: Tx) -> list[str]:
    return [record.stream for _, record in tx.outbox.first(100)]


async def all_at_once(home: Path) -> tuple[Left, Left, Left]:
    broken = TOPIC.replace("nato and russia", "nato and and russia")
    return await asyncio.gather(cycle(home / "new", False), cycle(home / "known", True), cycle(home / "broken", True, broken))


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> tuple[Left, Left, Left]:
    """Of a new database, of one with a past, and of one whose configuration was broken since; side by side, for they wait for Kafka."""
    return asyncio.run(all_at_once(tmp_path_factory.mktemp("homes")))


@pytest.fixture
def new(left: tuple[Left, Left, Left]) -> Left:
    return left[0]


@pytest.fixture
def known(left: tuple[Left, Left, Left]) -> Left:
    return left[1]


@pytest.fixture
def broken(left: tuple[Left, Left, Left]) -> Left:
    return left[2]


def test_a_new_database_polls_nothing_and_says_why(new: Left) -> None:
    assert (new.visits, new.waiting) == (0, [])
    assert "nothing is polled yet: the database is new, and only Kafka can tell whether one was lost" in new.ended.err


def test_one_with_a_past_polls_and_keeps_its_records(known: Left) -> None:
    polls = [note.reason for note in known.street.notes("gazette") if note.stage == "poll"]

    assert polls == [Reason.SEEDED, Reason.FOUND_ENTRIES]
    assert "1 full_text" in known.ended.err
    assert "news.article.v1" in known.waiting


def test_each_says_once_that_kafka_does_not_answer(new: Left, known: Left) -> None:
    for ended in (new.ended, known.ended):
        assert ended.code == BrokerDown.exit_code
        assert ended.out == ""
        assert ended.err.count("trouble: Kafka at 127.0.0.1:1: it does not answer. Nothing is lost") == 1


def test_a_configuration_that_was_broken_since_is_told_and_the_last_good_one_works(broken: Left) -> None:
    assert {*broken.waiting} == {"news.alert.v1", "news.article.v1"}  # the notice, and the article
    assert "topics/nato-russia.yaml:8:21: a concept is missing" in broken.ended.err
    assert "(the last good configuration was used)" in broken.ended.err


def test_what_waited_goes_out_when_kafka_is_back(known: Left) -> None:
    known.street.clock.now = known.street.read(lambda tx: tx.outbox.first(1)[0][1].dt) + timedelta(minutes=5)

    asyncio.run(known.street.cycle())

    assert known.street.read(waiting) == []
    assert SECOND in told(known.street)
