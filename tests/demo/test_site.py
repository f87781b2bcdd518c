"""The site brings out its articles over time; its feeds show what is out, as good or bad as each paper writes them."""

from calendar import timegm
from datetime import UTC, datetime, timedelta

import pytest

from alerts.routes import routes
from articles.subscriptions import feeds
from demo import crowd
from demo.article import articles
from demo.news_site import Site, feeds_yaml, routes_yaml
from demo.papers import FEEDS, Format
from schemas.channel import Options
from tests.demo.reading import BASE, Clock, entries

ARTICLES = articles()
SHOWN = {"elbwarte": 6, "harbour-ledger": 6, "courrier-des-quais": 4, "fonar": 4, "mist": 3, "przystan": 3, "presseverbund": 5}
EVENING = datetime(2021, 10, 22, 16, 0, tzinfo=UTC)


def complete() -> Site:
    clock = Clock()
    site = Site(ARTICLES, clock)
    clock.now = site.complete_dt
    return site


def test_a_fresh_site_shows_only_what_is_older_than_a_day() -> None:
    clock = Clock()

    released = Site(ARTICLES, clock).released()

    assert len(released) == 6
    assert all(clock.now - p.published > timedelta(hours=24) for p in released)


def test_the_seed_is_out_after_two_and_a_half_seconds_and_dated_then() -> None:
    clock = Clock()
    site = Site(ARTICLES, clock)
    clock.later(seconds=2.5)

    newest = site.released()[0]

    assert newest.article.slug == "nato-treffen"
    assert newest.published == clock.now.replace(microsecond=0)


def test_everything_is_out_within_ninety_seconds() -> None:
    clock = Clock()
    site = Site(ARTICLES, clock)

    assert site.complete_dt - clock.now <= timedelta(seconds=90)
    assert len(complete().released()) == 31


def test_speed_divides_the_waits_and_leaves_the_past_alone() -> None:
    slow, fast = (Site(ARTICLES, Clock(), speed) for speed in (1, 600))

    assert (slow.complete_dt - slow.start) == 600 * (fast.complete_dt - fast.start)
    assert [p.published for p in slow.released()] == [p.published for p in fast.released()]


def test_a_fixed_clock_keeps_the_real_dates() -> None:
    site = Site(ARTICLES, Clock(EVENING), moved=False)

    seed = next(p for p in site.released() if p.article.slug == "nato-treffen")

    assert seed.published.isoformat() == "2021-10-22T17:40:00+02:00"
    assert all(p.published <= EVENING for p in site.released())
    page = site.page(seed.path, BASE)
    assert page and "Stand: 22.10.2021 17:40 Uhr" in page.body.decode()


@pytest.mark.parametrize("feed_id", SHOWN)
def test_a_feed_parses_into_what_it_shows(feed_id: str) -> None:
    site = complete()
    prints = site.released(feed_id)

    read = entries(site.feed(feed_id, BASE).body)

    assert len(read) == len(prints) == SHOWN[feed_id]
    assert [e.title for e in read] == [p.article.title for p in prints]
    assert [e.summary for e in read] == [p.article.lead for p in prints]
    assert [e.link.partition("?")[0] for e in read] == [BASE + p.link for p in prints]
    found = [e.get("published_parsed") or e.updated_parsed for e in read]
    assert [datetime.fromtimestamp(timegm(t), UTC) for t in found] == [p.published for p in prints]


def test_every_format_occurs() -> None:
    assert {f.format for f in FEEDS} == set(Format)


def test_the_broken_feed_is_no_xml() -> None:
    body = complete().feed("fonar", BASE).body

    assert b"& \xca\xee" in body and b"utm_source=rss&utm_medium" in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_one_feed_has_no_guids() -> None:
    site = complete()
    bare = [f.feed_id for f in FEEDS if not any("id" in e for e in entries(site.feed(f.feed_id, BASE).body))]

    assert bare == ["przystan"]


def test_agency_copies_are_one_text_at_several_addresses() -> None:
    read = entries(complete().feed("presseverbund", BASE).body)

    assert len({e.link for e in read}) == 5
    assert len({e.title for e in read}) == 2


def test_a_feed_changes_its_validators_when_something_comes_out() -> None:
    clock = Clock()
    site = Site(ARTICLES, clock)
    before, again = site.feed("elbwarte", BASE), site.feed("elbwarte", BASE)
    clock.later(seconds=3)

    after = site.feed("elbwarte", BASE)

    assert before == again
    assert after.etag != before.etag and after.modified > before.modified


def test_a_page_never_changes_and_is_not_there_before_its_time() -> None:
    clock = Clock()
    site = Site(ARTICLES, clock)
    assert site.page("/elbwarte/nato-treffen", BASE) is None
    clock.later(seconds=3)
    first = site.page("/elbwarte/nato-treffen", BASE)
    clock.later(seconds=90)

    assert first and site.page("/elbwarte/nato-treffen", BASE) == first


def test_a_crowd_is_out_at_once_and_no_two_are_alike() -> None:
    site = crowd(Site(ARTICLES, Clock()), 500)

    extra = [p for p in site.released() if p.article.feed.startswith("crowd-")]

    assert len(extra) == len({p.path for p in extra}) == len({p.article.text for p in extra}) == 500
    assert sum(len(entries(site.feed(f.feed_id, BASE).body)) for f in site.feeds[7:]) == 500
    assert crowd(Site(ARTICLES, Clock()), 500).articles == site.articles


def test_its_configuration_is_one_that_the_monitor_takes() -> None:
    subscribed = feeds(feeds_yaml(BASE, speed=60), "feeds.yaml")
    kinds = {"webhook": Options(required=("url", "secret"))}
    told = routes(routes_yaml(BASE, "DEMO_SECRET"), "routes.yaml", kinds=kinds, topics=("nato-russia",))

    assert [(f.feed_id, f.url) for f in subscribed] == [(f.feed_id, BASE + f.path) for f in FEEDS]
    assert all(f.every and 5 <= f.every.total_seconds() / 60 <= 15 for f in subscribed)
    assert told.channels["demo"].options["url"] == f"{BASE}/hook"
