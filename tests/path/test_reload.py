"""Topics change while the house works: what is wrong is not taken, what works goes on, and no article is lost on the way."""

import asyncio
from collections import Counter

import pytest

from pipeline.drive import Shift
from pipeline.path import path
from pipeline.shape import Report
from pipeline.start import prepare
from schemas.errors import ConfigError
from schemas.reasons import Reason
from tests.town import NEWS, SPORT, TOPIC, Town, answer

FAILING = TOPIC + "    tests: {hits: [Ein spätes Tor]}\n"
BURST = tuple((f"Nato und Moskau {n}", f"http://zeitung.test/n{n}", f"text {n}") for n in range(40))


def test_a_topic_whose_own_test_fails_is_not_taken_and_the_one_before_rings_on(town: Town) -> None:
    town.prints(SPORT)
    town.run()
    town.texts["topics/nato-russia.yaml"] = FAILING
    town.later(minutes=20)
    town.prints(NEWS, SPORT)

    assert town.run().reasons[Reason.OPENED] == 1


def test_a_topic_whose_own_test_fails_is_told_with_its_line(town: Town) -> None:
    town.run()
    town.texts["topics/nato-russia.yaml"] = FAILING

    async def refused() -> str:
        async with town.house() as house:
            assert [topic.topic_id for topic in house.config.topics] == ["nato-russia"]
            return str(house.refused)

    assert asyncio.run(refused()).startswith("topics/nato-russia.yaml:10:20: topic 'nato-russia': this test should hit and does not")


def test_where_none_was_ever_right_nothing_is_taken(town: Town) -> None:
    town.texts["topics/nato-russia.yaml"] = FAILING

    with pytest.raises(ConfigError, match="this test should hit and does not"):
        town.run()


def test_a_topic_that_is_put_right_is_taken_by_the_house_that_refused_it(town: Town) -> None:
    town.run()

    async def titles() -> list[str]:
        compiled, found = None, list[str]()
        for text in (TOPIC, FAILING, TOPIC.replace("NATO and Russia", "Put right")):
            town.texts["topics/nato-russia.yaml"] = text
            async with town.house(prepared=False) as house:
                compiled = house.topics = compiled or house.topics
                await prepare(house)
                found += [f"{topic.title}{', refused' * (house.refused is not None)}" for topic in house.config.topics]
        return found

    assert asyncio.run(titles()) == ["NATO and Russia", "NATO and Russia, refused", "Put right"]


def test_a_change_in_the_middle_of_the_work_loses_no_article_and_matches_none_twice(town: Town) -> None:
    town.prints(SPORT)
    town.run()
    town.later(minutes=20)
    town.prints(*BURST, SPORT)
    for _, url, _ in BURST:
        town.site.pages[url] = answer(url, status=404)

    async def changed() -> Counter[Reason]:
        """As `work` does: the old house stops after a batch, and another goes on with the new files."""
        found: Counter[Reason] = Counter()
        for more in ("", "    severity: critical\n", "    cooldown: 1s\n"):
            town.texts["topics/nato-russia.yaml"] = TOPIC + more
            async with town.house() as house:
                renewed = asyncio.Event()

                def hear(report: Report, renewed: asyncio.Event = renewed, last: bool = bool("cooldown" in more)) -> None:
                    found.update(report.reasons)
                    matched = found[Reason.MATCHED]
                    if (matched and not last) or matched >= len(BURST):
                        renewed.set()

                await Shift(path(house), house.world, seconds=None, stopped=renewed, hear=hear).all()
        return found

    found = asyncio.run(changed())

    assert found[Reason.MATCHED] == len(BURST)
    assert found[Reason.BUG] == found[Reason.CRASHED] == 0
