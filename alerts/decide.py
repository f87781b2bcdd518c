"""The decision to speak: (alert before, who told the article, new match or wake, topic, now) to an alert to tell, or a reason to hold it.

A match:
1. What is not live (seed, back-fill, replay) is held.
2. The topic is not in the configuration any more: held.
3. The topic has told this article, or the same text, in any alert, open or resolved: held as duplicate.
4. No alert, or a resolved one: opened.
5. Within the topic's cooldown since the alert's last record: it joins in silence, and the wake at the end of the cooldown tells it.
6. Anything else: updated.

A wake:
1. The alert is not there, or resolved already: gone.
2. The topic is not in the configuration any more: resolved.
3. Articles joined in silence and the cooldown is over: updated.
4. Without news for the topic's calm: resolved. What joined in silence is told with it.
5. Anything else: still active, look again when 3 or 4 is due.

An article joins at most one alert of its topic: whoever saves `Decision.alert` of a match notes the article as told in that transaction.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from schemas.alert import SYSTEM, Alert, AlertState
from schemas.article import Origin
from schemas.ids import uid
from schemas.match import Match
from schemas.reasons import Reason
from schemas.topic import Topic

_SHOWN = 5  # headlines in an alert
_TITLE = 300  # characters
_DETAIL = 1000
_TICK = timedelta(microseconds=1)  # a batch is settled at one instant: what comes later in it must compare as later


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """alert: as it is from now on, to be saved. silent: saved, but neither published nor delivered.

    look_again_dt: when the alert's wake is due from now on; None leaves it as it is.
    """

    reason: Reason
    detail: str = ""
    alert: Alert | None = None
    silent: bool = False
    look_again_dt: datetime | None = None

    @property
    def rings(self) -> Alert | None:
        """The alert to publish and to deliver."""
        return None if self.silent else self.alert


def group_id(match: Match) -> str:
    """What one alert is about: today one alert a topic at a time; stories come here."""
    return match.topic_id


def on_match(before: Alert | None, told: str | None, match: Match, topic: Topic | None, now: datetime, speed: float) -> Decision:
    """before: the group's latest alert. told: the topic's alert that told the article or its text. speed divides calm and cooldown."""
    if match.origin is not Origin.LIVE:
        return Decision(reason=Reason.NOT_LIVE, detail=f"its origin is {match.origin}")
    if topic is None:
        return Decision(reason=Reason.TOPIC_REMOVED, detail=f"topic {match.topic_id} is not in the configuration any more")
    if told is not None:
        return Decision(reason=Reason.DUPLICATE, detail=f"told already, in alert {told}")
    if before is None or before.state is AlertState.RESOLVED:
        opened = _opened(before, match, topic, now)
        return Decision(reason=Reason.OPENED, alert=opened, look_again_dt=_next_look(opened, topic, speed))
    if _cooling(before, topic, now, speed):
        joined = replace(_joined(before, match, topic), news_dt=max(now, before.changed_dt + _TICK))
        detail = f"joined alert {before.alert_id} in silence, told when its cooldown ends"
        return Decision(reason=Reason.COOLDOWN, detail=detail, alert=joined, silent=True, look_again_dt=_next_look(joined, topic, speed))
    told_now = _published(replace(_joined(before, match, topic), news_dt=now), AlertState.UPDATED, now)
    return Decision(reason=Reason.UPDATED, alert=told_now, look_again_dt=_next_look(told_now, topic, speed))


def on_wake(before: Alert | None, topic: Topic | None, now: datetime, speed: float) -> Decision:
    if before is None or before.state is AlertState.RESOLVED:
        return Decision(reason=Reason.ALERT_GONE, detail="resolved already" if before else "no such alert")
    if topic is None:
        detail = f"topic {before.topic_id} is not in the configuration any more"
        return Decision(reason=Reason.RESOLVED, detail=detail, alert=_resolved(before, now, detail))
    if _to_tell(before) and not _cooling(before, topic, now, speed):
        told_now = _published(before, AlertState.UPDATED, now)
        return Decision(reason=Reason.UPDATED, alert=told_now, look_again_dt=_next_look(told_now, topic, speed))
    if now >= before.news_dt + topic.calm / speed:
        return Decision(reason=Reason.RESOLVED, alert=_resolved(before, now, None))
    return Decision(reason=Reason.STILL_ACTIVE, look_again_dt=_next_look(before, topic, speed))


def notice_group(reason: Reason, subject: str) -> str:
    return f"{SYSTEM}/{reason}/{subject}"


def notice(before: Alert | None, *, reason: Reason, subject: str, detail: str, now: datetime) -> Alert:
    """What the monitor says about itself, as an alert of the topic SYSTEM. before: what it said last in that group."""
    opened = before is None or before.state is AlertState.RESOLVED
    changed_dt = _later(before, now)
    return Alert(
        alert_id=uid("alert", SYSTEM, reason, subject, changed_dt.isoformat()) if before is None or opened else before.alert_id,
        revision=1 if before is None or opened else before.revision + 1,
        topic_id=SYSTEM,
        group_id=notice_group(reason, subject),
        state=AlertState.OPENED if opened else AlertState.UPDATED,
        origin=Origin.LIVE,
        title=_clipped(f"{reason.replace('_', ' ').capitalize()}: {subject}", _TITLE),
        opened_dt=changed_dt if before is None or opened else before.opened_dt,
        changed_dt=changed_dt,
        news_dt=changed_dt,
        article_count=0,
        detail=_clipped(detail, _DETAIL),
    )


def _opened(before: Alert | None, match: Match, topic: Topic, now: datetime) -> Alert:
    changed_dt = _later(before, now)
    return Alert(
        alert_id=uid("alert", match.topic_id, group_id(match), match.article.article_id, str(match.article.revision)),
        revision=1,
        topic_id=match.topic_id,
        group_id=group_id(match),
        state=AlertState.OPENED,
        origin=match.origin,
        title=_title(match, topic),
        opened_dt=changed_dt,
        changed_dt=changed_dt,
        news_dt=changed_dt,
        article_count=1,
        new_count=1,
        articles=(match.article,),
        evidence=match.evidence,
        score=match.score,
        threshold=match.threshold,
        severity=topic.severity,
    )


def _joined(before: Alert, match: Match, topic: Topic) -> Alert:
    """With the match's article, at the same revision."""
    return replace(
        before,
        title=_title(match, topic),
        article_count=before.article_count + 1,
        new_count=before.new_count + 1 if _to_tell(before) else 1,
        articles=(match.article, *before.articles)[:_SHOWN],
        evidence=match.evidence,
        score=match.score,
        threshold=match.threshold,
        severity=topic.severity,
    )


def _published(alert: Alert, state: AlertState, now: datetime) -> Alert:
    """The next revision: whatever joined before it is told by it."""
    changed_dt = _later(alert, now)
    return replace(alert, state=state, revision=alert.revision + 1, changed_dt=changed_dt, news_dt=min(alert.news_dt, changed_dt))


def _resolved(before: Alert, now: datetime, detail: str | None) -> Alert:
    quiet = replace(before, new_count=before.new_count if _to_tell(before) else 0, detail=detail)
    return _published(quiet, AlertState.RESOLVED, now)


def _to_tell(alert: Alert) -> bool:
    """Articles joined in silence since the alert's last record."""
    return alert.news_dt > alert.changed_dt


def _cooling(alert: Alert, topic: Topic, now: datetime, speed: float) -> bool:
    """Either way of the last record, so that a clock that was set back by hours does not silence us for hours."""
    return abs(now - alert.changed_dt) < topic.cooldown / speed


def _next_look(alert: Alert, topic: Topic, speed: float) -> datetime:
    calm = alert.news_dt + topic.calm / speed
    return min(calm, alert.changed_dt + topic.cooldown / speed) if _to_tell(alert) else calm


def _later(before: Alert | None, now: datetime) -> datetime:
    """now, or just after the record before, where a clock went back or two changes share an instant: the latest alert is found by it."""
    return now if before is None else max(now, before.changed_dt + _TICK)


def _title(match: Match, topic: Topic) -> str:
    return _clipped(f"{topic.title}: {match.article.title}", _TITLE)


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
