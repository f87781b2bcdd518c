"""Matches of the past ring as they would have rung: calm, cooldown and repeated texts included."""

from datetime import datetime, timedelta

from alerts.rehearsal import told
from schemas.alert import AlertState
from schemas.article import Origin
from schemas.match import Match
from schemas.topic import Topic
from tests.alerts.news import HOUR, MINUTE, NOW, match, topic

MUCH_LATER = NOW + 100 * HOUR


def states(*matches: tuple[datetime, Match], of: Topic | None = None, until: datetime = MUCH_LATER) -> list[tuple[str, timedelta]]:
    """Of every message, and how long after NOW it was told."""
    return [(alert.state, alert.changed_dt - NOW) for alert in told(matches, of or topic(), until)]


def test_nothing_matched_tells_nothing() -> None:
    assert states() == []


def test_an_alert_opens_goes_on_and_is_resolved_when_it_has_been_calm() -> None:
    later = NOW + HOUR

    assert states((NOW, match("a")), (later, match("b"))) == [
        (AlertState.OPENED, timedelta(0)),
        (AlertState.UPDATED, HOUR),
        (AlertState.RESOLVED, 7 * HOUR),
    ]


def test_after_the_calm_the_next_match_opens_another() -> None:
    alerts = told([(NOW, match("a")), (NOW + 8 * HOUR, match("b"))], topic(), MUCH_LATER)

    assert [alert.state for alert in alerts] == [AlertState.OPENED, AlertState.RESOLVED] * 2
    assert len({alert.alert_id for alert in alerts}) == 2


def test_in_its_cooldown_an_alert_is_silent_and_tells_it_all_at_its_end() -> None:
    quiet = topic(cooldown=30 * MINUTE)
    matches = [(NOW + n * MINUTE, match(f"a{n}")) for n in range(10)]

    alerts = told(matches, quiet, NOW + HOUR)

    assert [(alert.state, alert.new_count, alert.changed_dt - NOW) for alert in alerts] == [
        (AlertState.OPENED, 1, timedelta(0)),
        (AlertState.UPDATED, 9, 30 * MINUTE),
    ]


def test_the_same_article_or_text_is_told_once() -> None:
    again = [(NOW, match("a", "t")), (NOW + MINUTE, match("a", "other")), (NOW + 2 * MINUTE, match("b", "t"))]

    assert states(*again, until=NOW + HOUR) == [(AlertState.OPENED, timedelta(0))]


def test_what_was_known_when_its_feed_was_new_counts_like_news() -> None:
    assert states((NOW, match("a", origin=Origin.SEED)), until=NOW) == [(AlertState.OPENED, timedelta(0))]


def test_what_is_due_after_the_end_is_not_told() -> None:
    assert states((NOW, match("a")), until=NOW + 5 * HOUR) == [(AlertState.OPENED, timedelta(0))]
