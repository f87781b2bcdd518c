"""One feed's bytes become a delivered alert, by the ordinary rules."""

import json

from pipeline.shape import Report
from pipeline.start import House
from schemas.reasons import Reason
from tests.town import FEED, NEWS, SPORT, Town, answer, cycle


def test_a_feed_becomes_an_alert_at_each_channel(town: Town) -> None:
    town.prints(NEWS, SPORT)

    report = town.run()

    assert report.reasons == {"seeded": 1, "full_text": 2, "matched": 1, "no_match": 1, "opened": 1, "delivered": 2}
    assert [m.text for m in town.mail.sent] == [m.text for m in town.chat.sent]
    assert NEWS[0] in town.mail.sent[0].text


def test_its_records_name_their_schema_and_their_stream(town: Town) -> None:
    town.prints(NEWS)

    town.run()

    record = json.loads(town.broker.all("news.article.v1")[0].value)
    assert record["$schema"] == "/article/1.0.0"
    assert record["meta"]["stream"] == "news.article.v1"
    assert record["title"] == NEWS[0]


def test_a_first_poll_stays_silent_about_what_is_old(town: Town) -> None:
    town.prints(NEWS)
    town.later(hours=25)

    assert town.run().reasons == {"seeded": 1, "full_text": 1, "matched": 1, "not_live": 1}


def test_nothing_rings_twice(town: Town) -> None:
    town.prints(NEWS)
    town.run()
    town.later(minutes=15)

    report = town.run()

    assert report.reasons == {"not_modified": 1}
    assert len(town.mail.sent) == 1


def test_the_same_text_under_another_address_rings_once(town: Town) -> None:
    town.prints(NEWS)
    town.run()
    town.later(minutes=15)
    town.prints(NEWS, (NEWS[0], "http://zeitung.test/copy", NEWS[2]))

    report = town.run()

    assert report.reasons[Reason.DUPLICATE] == 1
    assert len(town.mail.sent) == 1


def test_a_second_article_updates_the_alert_and_calm_resolves_it(town: Town) -> None:
    town.prints(NEWS)
    town.run()
    town.later(minutes=15)
    town.prints(NEWS, ("Russia and NATO", "http://zeitung.test/3", "More"))
    assert town.run().reasons[Reason.UPDATED] == 1
    town.later(hours=7)

    assert town.run().reasons[Reason.RESOLVED] == 1
    assert [json.loads(r.value)["state"] for r in town.broker.all("news.alert.v1")] == ["opened", "updated", "resolved"]


def test_a_dead_page_rings_from_its_summary_and_its_body_follows(town: Town) -> None:
    town.site.pages[NEWS[1]] = answer(NEWS[1], status=503)
    town.prints(NEWS)
    assert town.run().reasons == {"seeded": 1, "summary_only": 1, "matched": 1, "opened": 1, "delivered": 2}
    del town.site.pages[NEWS[1]]
    town.prints(NEWS)
    town.later(minutes=3)

    assert town.run().reasons == {"full_text": 1, "matched": 1, "duplicate": 1}
    first, second = (json.loads(r.value) for r in town.broker.all("news.article.v1"))
    assert first["article_id"] == second["article_id"]
    assert (first["revision"], second["revision"]) == (1, 2)
    assert (first["body_status"], second["body_status"]) == ("summary_only", "full")


def test_a_headline_that_goes_back_and_forth_gives_a_new_id_each_time(town: Town) -> None:
    town.site.pages[NEWS[1]] = answer(NEWS[1], status=503)
    for title in ("A", "B", "A", "B"):
        town.prints((title, *NEWS[1:]))
        town.site.pages[FEED] = answer(FEED, town.site.pages[FEED].body)
        town.run()
        town.later(minutes=15)

    assert len({json.loads(r.value)["meta"]["id"] for r in town.broker.all("news.article.v1")}) == 4


def test_a_page_that_stays_dead_ends_in_quarantine(town: Town) -> None:
    town.prints(NEWS)
    town.site.pages[NEWS[1]] = answer(NEWS[1], status=503)
    gave_up = []
    for _ in range(6):
        gave_up.append(town.run().reasons[Reason.GAVE_UP])
        town.later(hours=2)

    assert gave_up == [0, 0, 0, 0, 0, 1]
    jailed = json.loads(town.broker.all("news.quarantine.v1")[0].value)
    assert (jailed["stage"], jailed["reason"], jailed["attempts"]) == ("extract", "gave_up", 6)


def test_a_page_that_is_not_there_is_published_from_its_summary_and_not_asked_for_again(town: Town) -> None:
    town.prints(NEWS)
    town.site.pages[NEWS[1]] = answer(NEWS[1], status=404)

    report = town.run()

    assert report.reasons[Reason.SUMMARY_ONLY] == report.reasons[Reason.OPENED] == 1
    assert len(town.broker.all("news.quarantine.v1")) == 1


def test_a_feed_that_is_no_feed_says_so_and_waits_longer(town: Town) -> None:
    town.site.pages[FEED] = answer(FEED, b"<html><body>login</body></html>")

    assert town.run().reasons == {"not_a_feed": 1}
    town.later(minutes=16)
    assert town.run().reasons == {}
    assert json.loads(town.broker.all("news.feed_health.v1")[0].value)["reason"] == "not_a_feed"


def test_a_feed_that_left_the_configuration_is_asked_no_more(town: Town) -> None:
    town.prints(NEWS)
    town.run()
    town.texts["feeds.yaml"] = "feeds: {}\n"
    town.later(minutes=15)

    assert town.run().reasons == {"feed_removed": 1}
    town.later(minutes=15)
    assert town.run().reasons == {}


def test_a_topic_that_left_the_configuration_resolves_its_alert(town: Town) -> None:
    town.prints(NEWS)
    town.run()
    del town.texts["topics/nato-russia.yaml"]
    town.later(hours=7)

    assert town.run().reasons[Reason.RESOLVED] == 1


def test_an_alert_for_a_channel_that_left_the_configuration_is_kept_in_quarantine(town: Town) -> None:
    town.prints(NEWS)

    async def without_mail(house: House) -> Report:
        house.__dict__["channels"] = {"chat": town.chat}
        return await cycle(house)

    report = town.inside(without_mail)

    assert report.reasons[Reason.CHANNEL_REMOVED] == 1
    assert len(town.chat.sent) == 1
