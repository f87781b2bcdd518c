"""feeds.yaml: what is read of it, and what is refused where."""

from datetime import timedelta

import pytest

from articles.subscriptions import feeds
from schemas.errors import ConfigError
from schemas.feed import Auth, AuthKind, BodyFrom, Feed, Source
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


def test_a_feed_without_a_source_has_one_of_its_own_name_and_is_polled_by_its_own_rhythm() -> None:
    (feed,) = feeds("feeds: {wire: {url: http://example.org/}}", PATH)

    assert feed.source == Source(source_id="wire", name="wire")
    assert feed.every is None


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


def test_a_feed_that_is_not_open_to_all_names_the_variable_that_opens_it() -> None:
    basic, bearer, query, named, none = feeds(
        """
feeds:
  a: {url: http://a.example/, auth: {env: WIRE, kind: basic}}
  b: {url: http://b.example/, auth: {env: WIRE}}
  c: {url: http://c.example/, auth: {env: WIRE, kind: query}}
  d: {url: http://d.example/, auth: {env: WIRE, kind: query, parameter: api_key}}
  e: {url: http://e.example/}
""",
        PATH,
    )

    assert basic.auth == Auth(env="WIRE", kind=AuthKind.BASIC)
    assert bearer.auth == Auth(env="WIRE", kind=AuthKind.BEARER)
    assert query.auth == Auth(env="WIRE", kind=AuthKind.QUERY, parameter="token")
    assert named.auth == Auth(env="WIRE", kind=AuthKind.QUERY, parameter="api_key")
    assert none.auth is None


def test_a_secret_itself_is_refused_in_the_file_and_not_repeated() -> None:
    for auth in ("canary", "{env: canary-7f3a}", "{env: A, secret: canary}"):
        with pytest.raises(ConfigError) as caught:
            feeds(f"feeds: {{wire: {{url: http://example.org/, auth: {auth}}}}}", PATH)

        assert "canary" not in str(caught.value)


def test_an_unknown_kind_of_auth_is_refused() -> None:
    with refused(1, 61, "'digest'", "basic, bearer, query"):
        feeds("feeds: {wire: {url: http://a.example/, auth: {env: A, kind: digest}}}", PATH)


def test_auth_without_a_variable_is_refused() -> None:
    with refused(1, 46, "'env' is missing"):
        feeds("feeds: {wire: {url: http://a.example/, auth: {kind: basic}}}", PATH)


def test_a_parameter_is_for_a_query_alone() -> None:
    with refused(1, 66, "bearer has no parameter", "kind: query"):
        feeds("feeds: {wire: {url: http://a.example/, auth: {env: A, parameter: key}}}", PATH)


def test_a_setting_of_the_program_opens_no_feed() -> None:
    with refused(1, 52, "settings of the program"):
        feeds("feeds: {wire: {url: http://a.example/, auth: {env: TOCSIN_HTTP_PROXY}}}", PATH)


def test_bodies_come_from_pages_unless_the_feed_holds_them() -> None:
    page, feed = feeds("feeds: {a: {url: http://a.example/}, b: {url: http://b.example/, body: feed}}", PATH)

    assert (page.body, feed.body) == (BodyFrom.PAGE, BodyFrom.FEED)


def test_a_body_comes_from_nowhere_else() -> None:
    with refused(1, 46, "'mail'", "page, feed"):
        feeds("feeds: {wire: {url: http://a.example/, body: mail}}", PATH)
