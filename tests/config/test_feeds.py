"""feeds.yaml: what is read of it, and what is refused where."""

from datetime import timedelta

from articles.subscriptions import feeds
from schemas.feed import Feed, Source
from tests.config.refusals import refused

PATH = "feeds.yaml"


def test_a_feed_has_its_address_its_pace_and_its_source() -> None:
    text = """
feeds:
  wire: {url: "https://example.org/feed.xml", every: 5m, source: agency}
sources:
  agency: {name: The Agency, family: agencies, tier: 1}
"""
    source = Source(source_id="agency", name="The Agency", family="agencies", tier="1")

    assert feeds(text, PATH) == (Feed(feed_id="wire", url="https://example.org/feed.xml", every=timedelta(minutes=5), source=source),)


def test_a_feed_without_a_source_has_one_of_its_own_name_and_is_polled_each_quarter_of_an_hour() -> None:
    (feed,) = feeds("feeds: {wire: {url: http://example.org/}}", PATH)

    assert feed.source == Source(source_id="wire", name="wire")
    assert feed.every == timedelta(minutes=15)


def test_a_source_named_like_the_feed_is_the_feeds_own() -> None:
    (feed,) = feeds("feeds: {wire: {url: http://example.org/}}\nsources: {wire: {name: The Wire}}", PATH)

    assert feed.source.name == "The Wire"


def test_no_feeds_yet_is_no_mistake() -> None:
    assert feeds("feeds:\n  # none yet\n", PATH) == ()


def test_an_unknown_source_is_refused_where_it_is_named() -> None:
    with refused(4, 13, "no source 'agencey'", "Did you mean agency?"):
        feeds("feeds:\n  wire:\n    url: http://example.org/\n    source: agencey\nsources: {agency: {}}", PATH)


def test_an_unknown_key_of_a_feed_is_refused() -> None:
    with refused(4, 5, "'evry'", "Did you mean every?"):
        feeds("feeds:\n  wire:\n    url: http://example.org/\n    evry: 5m", PATH)


def test_an_unknown_key_of_the_file_is_refused() -> None:
    with refused(2, 1, "'source'", "Did you mean sources?"):
        feeds("feeds: {}\nsource: {}", PATH)


def test_a_feed_without_an_address_is_refused() -> None:
    with refused(3, 5, "'url' is missing"):
        feeds("feeds:\n  wire:\n    every: 5m", PATH)


def test_a_bad_address_is_refused() -> None:
    with refused(3, 10, "no http or https"):
        feeds("feeds:\n  wire:\n    url: example.org/feed", PATH)


def test_a_bad_pace_is_refused() -> None:
    with refused(1, 49, "'often'"):
        feeds("feeds: {wire: {url: http://example.org/, every: often}}", PATH)


def test_a_pace_of_nothing_is_refused() -> None:
    with refused(1, 49, "too short"):
        feeds("feeds: {wire: {url: http://example.org/, every: 0s}}", PATH)


def test_a_bad_id_is_refused() -> None:
    with refused(2, 3, "'The Wire'", "small letters"):
        feeds("feeds:\n  The Wire: {url: http://example.org/}", PATH)


def test_one_address_is_not_polled_under_two_names() -> None:
    with refused(3, 6, "feed 'a' has this address"):
        feeds("feeds:\n  a: {url: http://example.org/}\n  b: {url: http://example.org/}", PATH)


def test_a_list_of_feeds_is_refused() -> None:
    with refused(2, 3, "a map is wanted"):
        feeds("feeds:\n  - http://example.org/", PATH)
