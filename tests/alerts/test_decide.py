"""When we speak, and the named reason when we do not."""

from datetime import timedelta

import pytest

from alerts import decide
from schemas.alert import SYSTEM, AlertState
from schemas.article import Origin
from schemas.reasons import HELD, Reason
from tests.alerts.news import HOUR, MINUTE, NOW, match, opened, topic


def test_the_first_article_opens_an_alert_that_looks_again_after_the_calm() -> None:
    decision = decide.on_match(None, None, match("a"), topic(calm=2 * HOUR), NOW, 1)

    assert decision.reason is Reason.OPENED
    assert decision.rings is not None and decision.rings.revision == 1
    assert decision.rings.title == "NATO and Russia: Ministers meet: a"
    assert (decision.rings.article_count, decision.rings.new_count) == (1, 1)
    assert decision.look_again_dt == NOW + 2 * HOUR


def test_a_second_article_updates_it() -> None:
    before = opened(topic())

    decision = decide.on_match(before, None, match("second"), topic(), NOW + HOUR, 1)

    assert decision.reason is Reason.UPDATED
    assert decision.rings is not None
    assert (decision.rings.alert_id, decision.rings.revision) == (before.alert_id, 2)
    assert [h.article_id for h in decision.rings.articles] == ["second", "first"]
    assert (decision.rings.article_count, decision.rings.new_count) == (2, 1)


def test_an_alert_carries_its_newest_five_and_counts_all() -> None:
    alert = opened(topic())
    for name in "bcdefg":
        alert = decide.on_match(alert, None, match(name), topic(), NOW, 1).alert or alert

    assert [h.article_id for h in alert.articles] == ["g", "f", "e", "d", "c"]
    assert alert.article_count == 7


@pytest.mark.parametrize("origin", [o for o in Origin if o is not Origin.LIVE])
def test_what_is_not_live_is_held(origin: Origin) -> None:
    decision = decide.on_match(None, None, match("a", origin=origin), topic(), NOW, 1)

    assert (decision.reason, decision.alert) == (Reason.NOT_LIVE, None)
    assert str(origin) in decision.detail


def test_an_article_that_was_told_is_held_and_names_the_alert_that_told_it() -> None:
    decision = decide.on_match(None, "alert-1", match("a"), topic(), NOW, 1)

    assert (decision.reason, decision.alert) == (Reason.DUPLICATE, None)
    assert "alert-1" in decision.detail


def test_a_match_of_a_topic_that_was_removed_is_held() -> None:
    decision = decide.on_match(opened(topic()), None, match("a"), None, NOW, 1)

    assert (decision.reason, decision.alert) == (Reason.TOPIC_REMOVED, None)


def test_within_the_cooldown_articles_join_in_silence_and_are_told_together_when_it_ends() -> None:
    calming = topic(cooldown=HOUR)
    before = opened(calming)

    second = decide.on_match(before, None, match("b"), calming, NOW + 10 * MINUTE, 1)
    third = decide.on_match(second.alert, None, match("c"), calming, NOW + 20 * MINUTE, 1)
    wake = decide.on_wake(third.alert, calming, NOW + HOUR, 1)

    assert [d.reason for d in (second, third, wake)] == [Reason.COOLDOWN, Reason.COOLDOWN, Reason.UPDATED]
    assert second.rings is None and third.rings is None
    assert third.look_again_dt == NOW + HOUR
    assert wake.rings is not None
    assert (wake.rings.revision, wake.rings.article_count, wake.rings.new_count) == (2, 3, 2)


def test_an_article_that_joins_in_the_same_instant_as_the_opening_is_told_too() -> None:
    calming = topic(cooldown=HOUR)

    joined = decide.on_match(opened(calming), None, match("b"), calming, NOW, 1)
    wake = decide.on_wake(joined.alert, calming, NOW + HOUR, 1)

    assert (wake.reason, wake.rings and wake.rings.new_count) == (Reason.UPDATED, 1)


def test_an_article_after_the_cooldown_is_told_with_those_that_joined_before() -> None:
    calming = topic(cooldown=HOUR)
    joined = decide.on_match(opened(calming), None, match("b"), calming, NOW + MINUTE, 1)

    late = decide.on_match(joined.alert, None, match("c"), calming, NOW + 61 * MINUTE, 1)

    assert (late.reason, late.rings and late.rings.new_count) == (Reason.UPDATED, 2)


def test_when_nothing_joined_the_end_of_the_cooldown_says_nothing() -> None:
    calming = topic(cooldown=HOUR)

    wake = decide.on_wake(opened(calming), calming, NOW + HOUR, 1)

    assert (wake.reason, wake.alert, wake.look_again_dt) == (Reason.STILL_ACTIVE, None, NOW + 6 * HOUR)


def test_a_clock_that_was_set_back_does_not_silence_us() -> None:
    calming = topic(cooldown=HOUR)

    decision = decide.on_match(opened(calming), None, match("b"), calming, NOW - 2 * HOUR, 1)

    assert decision.reason is Reason.UPDATED
    assert decision.rings is not None and decision.rings.changed_dt > NOW


def test_without_news_for_the_calm_it_is_resolved() -> None:
    wake = decide.on_wake(opened(topic()), topic(), NOW + 6 * HOUR, 1)

    assert (wake.reason, wake.look_again_dt) == (Reason.RESOLVED, None)
    assert wake.rings is not None
    assert (wake.rings.state, wake.rings.revision, wake.rings.new_count) == (AlertState.RESOLVED, 2, 0)


def test_the_calm_counts_from_the_last_article_even_if_it_joined_in_silence() -> None:
    calming = topic(calm=2 * HOUR, cooldown=HOUR)
    joined = decide.on_match(opened(calming), None, match("b"), calming, NOW + 30 * MINUTE, 1)
    told = decide.on_wake(joined.alert, calming, NOW + HOUR, 1)

    assert told.look_again_dt == NOW + 150 * MINUTE
    assert decide.on_wake(told.alert, calming, NOW + 2 * HOUR, 1).reason is Reason.STILL_ACTIVE


def test_a_calm_shorter_than_the_cooldown_tells_with_the_resolution_what_joined() -> None:
    calming = topic(calm=HOUR, cooldown=3 * HOUR)
    joined = decide.on_match(opened(calming), None, match("b"), calming, NOW + MINUTE, 1)

    wake = decide.on_wake(joined.alert, calming, NOW + 61 * MINUTE, 1)

    assert (wake.reason, wake.rings and wake.rings.new_count) == (Reason.RESOLVED, 1)


def test_news_after_the_resolution_opens_another_alert() -> None:
    first = opened(topic())
    resolved = decide.on_wake(first, topic(), NOW + 6 * HOUR, 1).alert

    decision = decide.on_match(resolved, None, match("b"), topic(), NOW + 6 * HOUR, 1)

    assert decision.reason is Reason.OPENED
    assert decision.rings is not None and resolved is not None
    assert decision.rings.alert_id != first.alert_id
    assert decision.rings.changed_dt > resolved.changed_dt


def test_a_wake_for_nothing_or_for_a_resolved_alert_does_nothing() -> None:
    resolved = decide.on_wake(opened(topic()), topic(), NOW + 6 * HOUR, 1).alert

    for before in (None, resolved):
        decision = decide.on_wake(before, topic(), NOW + 7 * HOUR, 1)
        assert (decision.reason, decision.alert, decision.look_again_dt) == (Reason.ALERT_GONE, None, None)


def test_an_alert_of_a_topic_that_was_removed_is_resolved_and_says_why() -> None:
    wake = decide.on_wake(opened(topic()), None, NOW + MINUTE, 1)

    assert wake.reason is Reason.RESOLVED
    assert wake.reason not in HELD
    assert wake.rings is not None and "not in the configuration" in (wake.rings.detail or "")


def test_speed_divides_calm_and_cooldown() -> None:
    calming = topic(calm=6 * HOUR, cooldown=HOUR)
    decision = decide.on_match(None, None, match("a"), calming, NOW, 60)

    assert decision.look_again_dt == NOW + 6 * MINUTE
    assert decide.on_match(decision.alert, None, match("b"), calming, NOW + timedelta(seconds=59), 60).reason is Reason.COOLDOWN
    assert decide.on_match(decision.alert, None, match("b"), calming, NOW + timedelta(seconds=60), 60).reason is Reason.UPDATED


def test_a_notice_of_the_monitor_is_an_alert_that_keeps_its_id_and_grows() -> None:
    gap = {"reason": Reason.STREAM_GAP, "subject": "news.article.v1/3"}
    first = decide.notice(None, **gap, detail="12 records were lost", now=NOW)  # type: ignore[arg-type]
    second = decide.notice(first, **gap, detail="3 records were lost", now=NOW)  # type: ignore[arg-type]

    assert (first.topic_id, first.title, first.state) == (SYSTEM, "Stream gap: news.article.v1/3", AlertState.OPENED)
    assert first.alert_id == second.alert_id
    assert first.group_id == decide.notice_group(Reason.STREAM_GAP, "news.article.v1/3")
    assert (second.revision, second.state, second.opened_dt) == (2, AlertState.UPDATED, NOW)
    assert second.changed_dt > first.changed_dt
