"""The article that started it: a German report of 22.10.2021 that names Russia late. It must ring, at its real date."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from demo.article import articles
from demo.news_site import Site, feeds_yaml
from schemas.exchange import Response
from tests.town import ManualClock, Town, cycle

BASE = "http://demo.test"
SIX_IN_BRUSSELS = datetime(2021, 10, 22, 16, 0, tzinfo=UTC)
TOPIC = "topics/nato-russia.yaml"
TRACKED = "?utm_source=rss&utm_medium=feed"  # as one of the papers writes its links


@pytest.fixture
def town(tmp_path: Path, pytestconfig: pytest.Config) -> Town:
    """The local news site as it stood that evening, read with the topic that we ship."""
    town = Town(folder=tmp_path, clock=ManualClock(SIX_IN_BRUSSELS))
    site = Site(articles(), town.clock, moved=False)
    for feed in site.feeds:
        town.site.pages[BASE + feed.path] = Response(url=BASE + feed.path, status=200, body=site.feed(feed.feed_id, BASE).body)
    for printed in site.released():
        if page := site.page(printed.path, BASE):
            for link in (printed.link, printed.link + TRACKED):
                town.site.pages[BASE + link] = Response(url=BASE + printed.path, status=200, body=page.body)
    town.texts["feeds.yaml"] = feeds_yaml(BASE, speed=1)
    town.texts[TOPIC] = (pytestconfig.rootpath / "config" / TOPIC).read_text(encoding="utf-8")
    return town


def test_the_example_rings_at_its_real_date(town: Town) -> None:
    town.run()

    told = {a.url: m for m in town.mail.sent for a in m.delivery.alert.articles[:1]}
    seed = next(m for url, m in told.items() if "nato-treffen" in url)
    headline = seed.delivery.alert.articles[0]
    assert seed.delivery.alert.topic_id == "nato-russia"
    assert headline.published_dt == datetime(2021, 10, 22, 15, 40, tzinfo=UTC)
    assert {e.field for e in seed.delivery.alert.evidence if e.concept == "russia"} == {"body"}


def test_what_rings_that_evening_is_what_should(town: Town) -> None:
    expected = {a.title for a in articles() if a.topic == "nato-russia" and a.published <= SIX_IN_BRUSSELS}

    town.run()

    matched = {json.loads(r.value)["article"]["title"] for r in town.broker.all("news.match.v1")}
    assert matched == expected


def test_the_same_evening_again_rings_nothing(town: Town) -> None:
    town.run()
    sent = len(town.mail.sent)

    town.inside(cycle)

    assert len(town.mail.sent) == sent
