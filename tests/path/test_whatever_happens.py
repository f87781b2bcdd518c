"""Kills, zombies, bugs, poison, dead channels and a dead broker: nothing is lost, and nothing is told twice."""

import asyncio
import json
from dataclasses import replace
from functools import partial

import pytest

from connectors.doors import Unsent
from pipeline import poll
from pipeline.drive import Shift
from pipeline.intake import FromJobs
from pipeline.path import path
from pipeline.shape import Report, turn
from pipeline.start import House
from schemas.errors import LostLane
from schemas.feed import DueFeed
from schemas.reasons import Reason
from tests.town import FEED, FEEDS, NEWS, SPORT, Town, answer, as_one_that_dies, cycle, rss


class Killed(BaseException):
    """kill -9, as far as one process can play it."""


def test_a_dead_channel_holds_no_other_and_gets_its_alert_later(town: Town) -> None:
    town.mail.trouble = Unsent("connection refused", permanent=False)
    town.prints(NEWS)
    report = town.run()
    assert (report.reasons[Reason.DELIVERED], report.reasons[Reason.CHANNEL_FAILED]) == (1, 1)
    town.mail.trouble = None
    town.later(seconds=10)

    assert town.run().reasons[Reason.DELIVERED] == 1
    assert len(town.mail.sent) == len(town.chat.sent) == 1


def test_each_attempt_is_on_record_before_it_is_made(town: Town) -> None:
    town.prints(NEWS)
    town.mail.trouble = Unsent("no", permanent=False)
    town.run()

    async def ledger(house: House) -> list[str]:
        alert = json.loads(town.broker.all("news.alert.v1")[0].value)
        rows = await house.world.store.read(lambda tx: tx.journal.latest("deliver", ["attempted"], 10))
        assert alert["alert_id"]
        return [row.detail for row in rows]

    assert town.inside(ledger) == ["attempt 1", "attempt 1"]


def test_what_was_committed_is_published_when_the_broker_is_back(town: Town) -> None:
    town.prints(NEWS)
    town.broker.up = False
    report = town.run()
    assert report.reasons[Reason.FULL_TEXT] == 0  # without lanes nothing is polled: see prepare
    town.broker.up = True
    town.run()
    town.later(minutes=15)
    town.prints(NEWS, ("Russia and NATO", "http://zeitung.test/3", "More"))
    town.broker.up = False
    report = town.run()
    assert (report.reasons[Reason.FULL_TEXT], report.reasons[Reason.BROKER_DOWN]) == (1, 2)
    town.broker.up = True

    town.run()

    assert len(town.broker.all("news.article.v1")) == len(town.mail.sent) == 2


def test_a_kill_after_the_acknowledgement_repeats_the_same_id(town: Town) -> None:
    def kill() -> None:
        town.broker.accident = lambda: None
        raise Killed

    town.prints(NEWS)
    town.run()
    town.later(minutes=15)
    town.prints(NEWS, ("Russia and NATO", "http://zeitung.test/3", "More"))
    town.broker.accident = kill
    with pytest.raises(BaseException):  # noqa: B017
        town.inside(lambda house: Shift(path(house, ("poll", "extract")), house.world).all())
    town.later(seconds=11)  # the relay's lease is over

    town.run()

    ids = [json.loads(r.value)["meta"]["id"] for r in town.broker.all("news.article.v1")]
    assert (len(ids), len(set(ids))) == (3, 2)
    assert len({m.id for m in town.mail.sent}) == len(town.mail.sent) == 2


def test_a_zombie_writes_nothing(town: Town) -> None:
    town.prints(NEWS)

    async def race(house: House) -> int:
        stage, jobs = path(house)["poll"], FromJobs(stage="poll", world=house.world)
        frozen = await jobs.take("host/zeitung.test")
        assert frozen
        assert await jobs.take("host/zeitung.test") is None
        town.later(minutes=10)  # its lease is over
        fresh = await jobs.take("host/zeitung.test")
        assert fresh
        await turn(stage, fresh, house.world)
        with pytest.raises(LostLane):
            await turn(stage, frozen, house.world)
        return await house.world.store.read(lambda tx: len(tx.jobs.due("extract", "host/zeitung.test", town.clock.now, 10)))

    assert town.inside(race) == 1


def test_a_job_that_was_renewed_while_we_worked_stays(town: Town) -> None:
    town.prints(NEWS)

    async def renewed(house: House) -> int:
        stages = path(house)
        await Shift({"poll": stages["poll"]}, house.world).all()
        batch = await FromJobs(stage="extract", world=house.world).take("host/zeitung.test")
        assert batch
        assert batch.items[0].job
        newer = replace(batch.items[0].job, value=batch.items[0].raw.replace(b"Spannungen", b"Hoffnung"))
        await house.world.store.transact(lambda tx: tx.jobs.put(newer))
        await turn(stages["extract"], batch, house.world)
        return await house.world.store.read(lambda tx: len(tx.jobs.due("extract", "host/zeitung.test", town.clock.now, 10)))

    assert town.inside(renewed) == 1


def test_a_bug_in_one_item_quarantines_that_item_alone(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from topics.match import Matcher

    honest = Matcher.tracked

    def broken(self: Matcher, article: object) -> object:
        if article.title == SPORT[0]:  # type: ignore[attr-defined]
            raise KeyError("surprise")
        return honest(self, article)  # type: ignore[arg-type]

    monkeypatch.setattr(Matcher, "tracked", broken)
    town.prints(NEWS, SPORT)

    report = town.run()

    assert (report.reasons[Reason.BUG], report.reasons[Reason.OPENED]) == (1, 1)
    jailed = json.loads(town.broker.all("news.quarantine.v1")[0].value)
    assert jailed["reason"] == "bug"
    assert "KeyError" in jailed["traceback"]


def test_a_bug_in_reading_a_feed_does_not_end_the_feed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.prints(NEWS)
    with monkeypatch.context() as broken:
        broken.setattr("pipeline.poll.schedule", None)
        assert town.run().reasons == {"bug": 1}
    town.later(minutes=2)

    assert town.run().reasons[Reason.OPENED] == 1


def test_an_unreadable_job_is_quarantined_with_its_bytes(town: Town) -> None:
    town.site.pages[FEED] = answer(FEED, rss())

    async def poisoned(house: House) -> Report:
        poison = replace(poll.job(DueFeed(feed_id="zeitung", url=FEED), town.clock.now), value=b"{not json")
        await house.world.store.transact(lambda tx: tx.jobs.put(poison))
        return await cycle(house)

    assert town.inside(poisoned).reasons == {"unreadable": 1}
    assert json.loads(town.broker.all("news.quarantine.v1")[0].value)["raw_b64"] == "e25vdCBqc29u"


def test_an_item_that_kills_its_process_is_worked_alone_and_then_quarantined(town: Town) -> None:
    town.prints(NEWS, SPORT)

    async def poll_alone(house: House) -> Report:
        return await Shift({"poll": path(house)["poll"]}, house.world).all()

    async def die_over_extract(house: House) -> int:
        """A process that takes a batch and is no more."""
        as_one_that_dies(house)
        batch = await FromJobs(stage="extract", world=house.world).take("host/zeitung.test")
        assert batch
        return len(batch.items)

    town.inside(poll_alone)
    sizes = []
    for _ in range(4):
        sizes.append(town.inside(die_over_extract))
        town.later(seconds=11)
    report = town.run()

    assert sizes == [2, 2, 1, 1]  # two together, then one suspect at a time
    assert report.reasons[Reason.CRASHED] == 1
    assert report.reasons[Reason.FULL_TEXT] == 1


def test_a_slow_host_holds_no_other_and_no_host_is_asked_twice_at_once(town: Town) -> None:
    slow = ("Langsam", "http://slow.test/1", "Nato Moskau")
    town.prints(slow, NEWS, SPORT)
    town.site.slow[slow[1]] = 0.5

    async def watch(house: House) -> set[str]:
        stages = path(house)
        await Shift({"poll": stages["poll"]}, house.world).all()
        extracting = asyncio.create_task(Shift({"extract": stages["extract"]}, house.world).all())
        while len(town.broker.all("news.article.v1")) < 2:
            await asyncio.sleep(0.01)
        early = {json.loads(r.value)["title"] for r in town.broker.all("news.article.v1")}
        await extracting
        return early

    assert town.inside(watch) == {NEWS[0], SPORT[0]}
    assert set(town.site.most.values()) == {1}


def test_two_workers_share_everything_and_nothing_happens_twice(town: Town) -> None:
    second = "http://zeitung.test/sport.xml"
    more = tuple((f"Moskau und die Nato {i}", f"http://zeitung.test/a{i}", str(i)) for i in range(5))
    town.prints(NEWS, SPORT, *more)
    town.site.pages[second] = answer(second, rss(*more))
    town.site.slow |= dict.fromkeys(town.site.pages, 0.02)
    town.texts["feeds.yaml"] = FEEDS.replace("feeds: {", f"feeds: {{sport: {{url: '{second}', source: zeitung}}, ")

    async def worker(stopped: asyncio.Event) -> None:
        async with town.house() as house:
            await Shift(path(house), house.world, seconds=None, stopped=stopped, hear=lambda report: None).all()

    async def both() -> None:
        stopped = asyncio.Event()
        workers = asyncio.gather(worker(stopped), worker(stopped))
        while len(town.chat.sent) < 6:
            await asyncio.sleep(0.01)
        stopped.set()
        await workers

    asyncio.run(asyncio.wait_for(both(), 30))

    assert town.site.most == {"zeitung.test": 1}
    assert len({m.id for m in town.mail.sent}) == len(town.mail.sent) == 6


def test_what_is_not_begun_in_time_is_handed_back_uncounted(town: Town) -> None:
    town.prints(NEWS, SPORT)

    async def short(house: House) -> tuple[Report, dict[str, int]]:
        stages = path(house)
        await Shift({"poll": stages["poll"]}, house.world).all()
        batch = await FromJobs(stage="extract", world=house.world).take("host/zeitung.test")
        assert batch
        report = await turn(stages["extract"], batch, house.world, more=lambda: False)
        keys = [item.key for item in batch.items]
        return report, await house.world.store.read(partial(_deaths, keys))

    report, deaths = town.inside(short)

    assert report.reasons == {"full_text": 1}
    assert deaths == {}
    assert town.run().reasons[Reason.FULL_TEXT] == 1


def _deaths(keys: list[str], tx: object) -> dict[str, int]:
    found: dict[str, int] = tx.lanes.deaths("extract", keys)  # type: ignore[attr-defined]
    return found


def test_a_feed_whose_job_went_to_quarantine_is_polled_again(town: Town) -> None:
    town.prints(NEWS)

    async def poisoned(house: House) -> Report:
        poison = replace(poll.job(DueFeed(feed_id="zeitung", url=FEED), town.clock.now), value=b"{not json")
        await house.world.store.transact(lambda tx: tx.jobs.put(poison))
        return await cycle(house)

    town.inside(poisoned)
    town.run()
    town.later(hours=1)

    assert town.run().reasons[Reason.OPENED] == 1
