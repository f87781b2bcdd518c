"""One reason a feed, in words; the documents show the same ones."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from articles import answers, health_words
from articles.health_words import Health, Standing, health
from schemas.feed import FeedState
from schemas.reasons import Reason
from tests.repository.files import text

NOON = datetime(2021, 10, 22, 12, 0, tzinfo=UTC)
STATE = FeedState(feed_id="zeitung", url="https://zeitung.example/rss", reason=Reason.NOTHING_NEW, reason_since_dt=NOON)
QUIET = replace(STATE, silent=Reason.SILENT, silence="no new entry for 2 d", silent_since_dt=NOON)
OF_FEEDS = tuple(Reason)[: tuple(Reason).index(Reason.FULL_TEXT)]


@pytest.mark.parametrize("reason", OF_FEEDS)
def test_every_reason_that_a_feed_can_have_has_words(reason: Reason) -> None:
    said = health_words.words(reason)

    assert said in health_words.WORDS.values() and said[0].isupper() and said[-1] != "."


def test_the_documents_have_the_same_words() -> None:
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| ([^|]+) \| [^|]+ \|$", text("docs/feeds.md"), re.MULTILINE))

    assert {reason: rows.get(reason) for reason in OF_FEEDS} == {reason: health_words.WORDS[reason] for reason in OF_FEEDS}


def test_a_feed_that_was_never_polled_is_unknown() -> None:
    assert health(None) == health(FeedState(feed_id="a", url="u"))
    assert health(None).standing is Standing.UNKNOWN


def test_a_feed_that_is_well_says_how_its_last_poll_ended() -> None:
    assert health(STATE) == Health(standing=Standing.OK, reason=Reason.NOTHING_NEW, words="Read, nothing new", detail="", since_dt=NOON)


def test_what_makes_it_suspect_comes_before_how_its_last_poll_ended() -> None:
    found = health(QUIET)

    assert (found.standing, found.reason) == (Standing.SUSPECT, Reason.SILENT)
    assert found.told == "It answers, but nothing new has come for far longer than usual: no new entry for 2 d"


def test_a_failure_comes_before_what_makes_it_suspect() -> None:
    assert health(replace(QUIET, reason=Reason.TIMEOUT)).standing is Standing.FAILING


def test_a_feed_is_not_blamed_for_our_network() -> None:
    assert health(replace(STATE, reason=Reason.NETWORK_DOWN)).standing is Standing.UNKNOWN


@pytest.mark.parametrize("reason", Reason)
def test_a_feed_fails_where_its_reason_is_a_failure(reason: Reason) -> None:
    assert (health(replace(STATE, reason=reason)).standing is Standing.FAILING) is answers.failing(reason)
