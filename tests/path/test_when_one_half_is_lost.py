"""Kafka's folder or our database is gone: named in plain words, nothing skipped in silence, nothing rung again."""

from pathlib import Path

import pytest

from pipeline.drive import Shift
from pipeline.path import path
from pipeline.start import House
from schemas.reasons import Reason
from schemas.streams import ARTICLES, MATCHES
from tests.town import NEWS, Town, cycle


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """On SQLite, whose files can be lost."""
    return Town(folder=tmp_path)


MORE = ("Russia and NATO", "http://zeitung.test/3", "More")


async def only_extract(house: House) -> None:
    """A process that ends after its articles are out, and before they are tracked."""
    await Shift(path(house, ("poll", "extract")), house.world).all()
    while not await house.world.relay.empty():
        await house.world.relay.flush()


def notes(town: Town, reason: Reason) -> list[str]:
    async def read(house: House) -> list[str]:
        return [row.detail for row in await house.world.store.read(lambda tx: tx.journal.latest("house", [reason], 50))]

    return town.inside(read)


def lose_the_database(town: Town) -> None:
    for file in (town.folder / "state").iterdir():
        file.unlink()


def test_a_lost_database_rings_nothing_again(town: Town) -> None:
    town.prints(NEWS)
    town.run()
    lose_the_database(town)
    town.mail.sent.clear()

    report = town.run()

    assert report.reasons[Reason.SEEDED] == report.reasons[Reason.NOT_LIVE] == 1
    assert [m.delivery.alert.topic_id for m in town.mail.sent] == ["system"]
    assert any("Nothing rings again" in note for note in notes(town, Reason.DATABASE_RECREATED))


def test_after_a_lost_database_what_is_new_rings(town: Town) -> None:
    town.prints(NEWS)
    town.run()
    lose_the_database(town)
    town.run()
    town.mail.sent.clear()
    town.later(minutes=15)
    town.prints(NEWS, MORE)

    town.run()

    assert [m.delivery.alert.articles[0].title for m in town.mail.sent] == [MORE[0]]


def test_what_the_lost_database_had_not_read_is_counted(town: Town) -> None:
    town.prints(NEWS)

    town.inside(only_extract)
    lose_the_database(town)
    town.run()

    assert any("1 of news.article.v1" in note for note in notes(town, Reason.DATABASE_RECREATED))


def test_streams_that_were_made_anew_are_read_from_their_start(town: Town) -> None:
    town.prints(NEWS)
    town.run()
    town.broker.recreate(ARTICLES)
    town.broker.recreate(MATCHES)
    town.later(minutes=15)
    town.prints(NEWS, MORE)

    report = town.run()

    assert report.reasons[Reason.UPDATED] == 1
    assert [m.delivery.alert.articles[0].title for m in town.mail.sent if m.delivery.alert.articles] == [NEWS[0], MORE[0]]
    assert any("Reading starts at 0" in note for note in notes(town, Reason.STREAM_RECREATED))


def test_what_a_lost_stream_took_with_it_unread_is_published_again(town: Town) -> None:
    town.prints(NEWS)

    town.inside(only_extract)
    town.broker.recreate(ARTICLES)

    report = town.inside(cycle)

    assert report.reasons[Reason.OPENED] == 1


def test_records_that_kafka_dropped_before_we_read_them_are_counted(town: Town) -> None:
    town.prints(NEWS)
    town.run()
    for partition in range(12):
        town.broker.truncate("news.article.v1", partition, 5)

    town.run()

    assert any("Kafka dropped records before we had read them" in note for note in notes(town, Reason.STREAM_GAP))


def test_each_loss_is_told_under_an_id_of_its_own(town: Town) -> None:
    town.prints(NEWS)
    town.run()
    for _ in range(2):
        town.later(days=3)
        lose_the_database(town)
        town.run()

    ids = [m.id for m in town.mail.sent if m.delivery.alert.topic_id == "system"]
    assert len(set(ids)) == len(ids) == 2


def test_a_lost_stream_brings_back_no_article_that_was_settled(town: Town) -> None:
    town.texts["topics/nato-russia.yaml"] = town.texts["topics/nato-russia.yaml"].replace("[Nato, НАТО]", "[Bundesliga]")
    town.prints(NEWS)
    town.run()
    town.texts["topics/nato-russia.yaml"] = Town(folder=town.folder).texts["topics/nato-russia.yaml"]
    town.broker.recreate(ARTICLES)
    town.later(minutes=1)

    town.run()

    assert [m for m in town.mail.sent if m.delivery.alert.topic_id != "system"] == []
