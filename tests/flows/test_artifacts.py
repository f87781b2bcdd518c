"""What people look at is short, changes only with the news, and takes foreign text as text."""

from dataclasses import replace
from datetime import timedelta

from flows.artifacts import alert_text, feed_rows
from schemas.alert import Alert, AlertState
from schemas.article import Headline, Origin
from schemas.feed import FeedState
from schemas.reasons import Reason
from tests.flows.ground import NOON

FEED = FeedState(feed_id="zeitung", url="http://zeitung.test/feed.xml", polled_dt=NOON, due_dt=NOON, entries=3, reason=Reason.FOUND_ENTRIES)
HEADLINE = Headline(
    article_id="a", revision=1, content_hash="h", title="Nato\n[und](http://evil) <b>Moskau</b>", url="http://zeitung.test/1>2",
    source_id="zeitung", first_seen_dt=NOON,
)  # fmt: skip
ALERT = Alert(
    alert_id="1", revision=1, topic_id="nato-russia", group_id="g", state=AlertState.OPENED, origin=Origin.LIVE, title="# big `title`",
    opened_dt=NOON, changed_dt=NOON, news_dt=NOON, article_count=1, articles=(HEADLINE,),
)  # fmt: skip


def test_feeds_that_fail_come_first() -> None:
    failing = replace(FEED, feed_id="weg", failures=2, reason=Reason.NOT_FOUND, reason_since_dt=NOON, detail="it answered 404")

    rows = feed_rows([FEED, failing])

    assert [(row["feed"], row["health"], row["reason"]) for row in rows] == [("weg", "failing", "not_found"), ("zeitung", "ok", "")]


def test_a_feed_that_answers_and_is_not_well_follows_with_its_reason_in_words() -> None:
    quiet = replace(FEED, feed_id="stumm", silent=Reason.SILENT, silence="no new entry for 2 d", silent_since_dt=NOON)

    first, _ = feed_rows([FEED, quiet])

    assert (first["feed"], first["health"], first["reason"], first["detail"]) == ("stumm", "suspect", "silent", "")
    assert first["in words"] == "It answers, but nothing new has come for far longer than usual"


def test_a_silence_that_lasts_is_not_written_again() -> None:
    quiet = replace(FEED, silent=Reason.SILENT, silence="no new entry for 2 d", silent_since_dt=NOON)

    assert feed_rows([quiet]) == feed_rows([replace(quiet, silence="no new entry for 3 d")])


def test_a_poll_without_news_changes_nothing() -> None:
    later = NOON + timedelta(minutes=15)

    assert feed_rows([FEED]) == feed_rows([replace(FEED, polled_dt=later, due_dt=later, reason=Reason.NOT_MODIFIED)])


def test_a_thousand_feeds_are_a_hundred_rows_that_say_so() -> None:
    rows = feed_rows([replace(FEED, feed_id=f"feed-{n:04}") for n in range(1000)])

    assert len(rows) == 100
    assert rows[-1]["feed"] == "and 901 more: tocsin feeds list"


def test_a_foreign_title_is_text() -> None:
    text = alert_text([ALERT])

    assert len(text.splitlines()) == 2
    assert "<b>" not in text and "](http://evil)" not in text and "`" not in text
    assert "(<http://zeitung.test/1%3E2>)" in text


def test_before_the_first_alert_it_says_so() -> None:
    assert alert_text([]) == "No topic has rung yet."
