"""Several processes at once, with older and newer files, late and early: none undoes what another did, none accuses who lives."""

import asyncio
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from connectors.store import Tx
from pipeline import replay
from pipeline.drive import Shift
from pipeline.intake import ALONE, FromJobs
from pipeline.path import path
from pipeline.poll import Poll
from pipeline.shape import Report, turn
from pipeline.start import House
from schemas.errors import StoreDown
from schemas.exchange import Response
from schemas.reasons import Reason
from tests.town import FEED, FEEDS, NEWS, SPORT, Town, answer, as_one_that_dies, cycle, rss

MORE = ("Russia and NATO", "http://zeitung.test/3", "More")
BURST = tuple((f"Nato und Moskau {n}", f"http://zeitung.test/n{n}", f"text {n}") for n in range(6))


async def some(house: House, *stages: str) -> Report:
    report = await Shift(path(house, stages), house.world, seconds=10).all()
    while not await house.world.relay.empty():
        await asyncio.sleep(0.02)
    return report


def without_pages(town: Town, *items: tuple[str, str, str]) -> None:
    """Each of these is told from its summary alone, so that their texts differ."""
    town.prints(*items)
    for _, url, _ in items:
        town.site.pages[url] = answer(url, status=404)


def test_a_worker_with_older_files_does_not_end_a_new_feed(town: Town) -> None:
    town.texts["feeds.yaml"] = "feeds: {}\n"
    town.prints(NEWS)

    async def race() -> None:
        async with town.house() as old:
            stages = path(old)
            town.texts["feeds.yaml"] = FEEDS
            async with town.house():
                pass  # any start enrols the new feed
            await Shift(stages, old.world, seconds=10).all()

    asyncio.run(race())

    assert town.run().reasons[Reason.OPENED] == 1


def test_a_match_of_a_topic_that_a_worker_does_not_know_yet_is_asked_again(town: Town) -> None:
    town.prints(NEWS)
    topic = town.texts.pop("topics/nato-russia.yaml")

    async def race() -> Report:
        async with town.house() as old:
            ring = path(old, ["ring"])
            town.texts["topics/nato-russia.yaml"] = topic
            async with town.house() as new:
                await some(new, "poll", "extract", "track")
            return await Shift(ring, old.world, seconds=5).all()

    assert asyncio.run(race()).reasons == {"topic_unknown": 1}
    town.later(minutes=1)
    assert town.run().reasons[Reason.OPENED] == 1


def test_an_address_that_changes_during_a_poll_is_polled_next(town: Town) -> None:
    new = "http://zeitung.test/neu.xml"
    town.prints(SPORT)
    town.run()
    town.later(minutes=20)

    async def race() -> None:
        async with town.house() as old:
            batch = await FromJobs(stage="poll", world=old.world).take("host/zeitung.test")
            assert batch
            town.texts["feeds.yaml"] = FEEDS.replace(FEED, new)
            town.site.pages[new] = answer(new, rss(NEWS, at=town.clock.now))
            async with town.house():
                pass
            await turn(path(old)["poll"], batch, old.world)

    asyncio.run(race())
    town.later(minutes=1)
    town.prints(SPORT)
    town.site.pages.setdefault(NEWS[1], answer(NEWS[1], status=404))

    assert town.run().reasons[Reason.OPENED] == 1


def test_what_was_seeded_and_changes_before_its_page_was_visited_stays_silent(town: Town) -> None:
    town.prints(NEWS)
    town.later(hours=30)
    town.inside(lambda house: some(house, "poll"))
    town.site.pages[FEED] = answer(FEED, town.site.pages[FEED].body.replace(b"Spannungen", b"Gespr&#228;che"))
    town.later(minutes=20)

    report = town.run()

    assert report.reasons[Reason.NOT_LIVE] == 1
    assert not town.mail.sent


def test_a_burst_is_told_in_its_order(town: Town) -> None:
    without_pages(town, *BURST)

    town.run()

    assert [m.delivery.alert.revision for m in town.mail.sent] == [1, 2, 3, 4, 5, 6]


def test_every_quarantined_match_of_a_topic_goes_back(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    without_pages(town, *BURST[:3])
    with monkeypatch.context() as broken:
        broken.setattr("alerts.decide.on_match", None)
        assert town.run().reasons[Reason.BUG] == 3
    town.later(minutes=1)

    async def again(house: House) -> Report:
        items = await asyncio.to_thread(lambda: list(replay.quarantined(town.broker)))
        await replay.replay(house.world, [q.quarantine_id for q in items if q.stage == "ring"])
        return await cycle(house)

    reasons = town.inside(again).reasons

    assert (reasons[Reason.OPENED], reasons[Reason.UPDATED]) == (1, 2)


def test_one_host_under_many_spellings_is_one_lane(town: Town) -> None:
    town.prints(NEWS, ("Tor 2", "http://Zeitung.test:80/2", "y"), ("Tor 3", "http://zeitung.test./3", "y"))

    async def lanes(house: House) -> set[str]:
        await some(house, "poll")
        return await house.world.store.read(lambda tx: set(tx.jobs.due_lanes("extract", town.clock.now)))

    assert town.inside(lanes) == {"host/zeitung.test"}


def test_a_page_is_not_asked_before_its_server_wants_it(town: Town) -> None:
    town.prints(NEWS)
    town.site.pages[NEWS[1]] = Response(url=NEWS[1], status=429, headers={"retry-after": "3600"})
    town.run()
    town.later(minutes=50)
    town.run()

    assert len([visit for visit in town.site.visits if visit.url == NEWS[1]]) == 1


def test_what_another_reads_while_we_start_is_no_gap(town: Town) -> None:
    town.prints(SPORT)
    town.run()
    town.later(minutes=20)
    town.prints(SPORT, NEWS)

    async def race() -> list[Any]:
        async with town.house() as worker:
            loop, committed = asyncio.get_running_loop(), town.broker.committed

            def meanwhile(stage: str, stream: str) -> Any:
                """Called between two looks of the start of another."""
                town.broker.committed = committed  # type: ignore[method-assign]
                asyncio.run_coroutine_threadsafe(cycle(worker), loop).result(20)
                return {}

            town.broker.committed = meanwhile  # type: ignore[method-assign]
            async with town.house():
                pass
            return await worker.world.store.read(lambda tx: tx.journal.latest("house", [Reason.STREAM_GAP], 9))

    assert asyncio.run(race()) == []


def test_a_follower_whose_relay_ended_ends_too(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.prints(NEWS)

    async def follow(house: House) -> None:
        async def broken() -> None:
            raise KeyError("a bug of ours")

        monkeypatch.setattr(house.world.relay, "flush", broken)
        await asyncio.wait_for(Shift(path(house), house.world, seconds=None, hear=lambda report: None).all(), 10)

    with pytest.raises(KeyError):
        town.inside(follow)


def deaths(stage: str, key: str, tx: Tx) -> dict[str, int]:
    return tx.lanes.deaths(stage, [key])


def test_who_is_late_and_lives_is_not_counted_as_dead(town: Town) -> None:
    async def race(house: House) -> dict[str, int]:
        jobs = FromJobs(stage="poll", world=house.world)
        assert await jobs.take("host/zeitung.test")
        town.later(seconds=11)
        assert await jobs.take("host/zeitung.test")
        return await house.world.store.read(partial(deaths, "poll", "zeitung"))

    assert town.inside(race) == {}


def test_what_processes_have_died_over_is_worked_while_nothing_else_is(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else its neighbours would be in work at each of its deaths, and be quarantined with it."""
    others = [f"http://{n}.test/feed.xml" for n in range(3)]
    town.site.pages |= {url: answer(url, rss(SPORT)) for url in [FEED, *others]}
    town.site.slow |= dict.fromkeys([FEED, *others], 0.05)
    more = "".join(f"other-{n}: {{url: '{url}', source: zeitung}}, " for n, url in enumerate(others))
    town.texts["feeds.yaml"] = FEEDS.replace("feeds: {", f"feeds: {{{more}")
    inside, beside_the_suspect, honest = set[str](), set[str](), Poll.work

    async def watched(self: Poll, item: Any) -> Any:
        inside.add(item.key)
        found = await honest(self, item)
        if "zeitung" in inside:
            beside_the_suspect.update(inside)
        inside.discard(item.key)
        return found

    async def go(house: House) -> Report:
        await house.world.store.transact(lambda tx: tx.lanes._count_deaths([("poll", "zeitung")] * ALONE))
        return await Shift(path(house, ["poll"]), house.world, seconds=10).all()

    monkeypatch.setattr(Poll, "work", watched)
    report = town.inside(go)

    assert report.reasons == {"seeded": 4}
    assert beside_the_suspect == {"zeitung"}


def test_who_died_is_counted(town: Town) -> None:
    async def die(house: House) -> None:
        as_one_that_dies(house)
        assert await FromJobs(stage="poll", world=house.world).take("host/zeitung.test")

    async def after(house: House) -> dict[str, int]:
        assert await FromJobs(stage="poll", world=house.world).take("host/zeitung.test")
        return await house.world.store.read(partial(deaths, "poll", "zeitung"))

    town.inside(die)
    town.later(seconds=11)

    assert town.inside(after) == {"zeitung": 1}


def test_trouble_of_the_store_accuses_nobody(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.prints(NEWS)

    async def trouble(house: House) -> None:
        real = house.world.store.transact

        async def transact(work: Any) -> Any:
            if getattr(getattr(work, "func", None), "__name__", "") == "_settle":
                raise StoreDown("database", "the disk is full", "free some")
            return await real(work)

        monkeypatch.setattr(house.world.store, "transact", transact)
        with suppress(StoreDown):
            await cycle(house)

    for _ in range(4):
        town.inside(trouble)
        town.later(minutes=1)

    assert town.run().reasons[Reason.OPENED] == 1
