"""Matches of the past, in the order of their time, to the alerts that a topic would have told."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from alerts import decide
from schemas.alert import Alert
from schemas.article import Origin
from schemas.match import Match
from schemas.topic import Topic


def told(matches: Iterable[tuple[datetime, Match]], topic: Topic, until: datetime) -> tuple[Alert, ...]:
    """Every message of an alert: opened, updated, resolved. Matches count as live, wherever they came from."""
    return tuple(_Telling(topic).messages(matches, until))


class _Telling:
    """One topic as ring has it, without a database: its latest alert, what it has told, and when it looks again."""

    def __init__(self, topic: Topic) -> None:
        self._topic = topic
        self._alert: Alert | None = None
        self._look_dt: datetime | None = None
        self._told: dict[str, str] = {}  # an article, or a text, to the alert that told it

    def messages(self, matches: Iterable[tuple[datetime, Match]], until: datetime) -> Iterator[Alert]:
        for now, match in matches:
            yield from self._wakes(now)
            decision = decide.on_match(self._alert, self._in_alert(match), replace(match, origin=Origin.LIVE), self._topic, now, 1)
            if in_alert := decision.alert.alert_id if decision.alert else self._in_alert(match):
                self._told |= {match.article.article_id: in_alert, match.article.content_hash: in_alert}
            yield from self._taken(decision)
        yield from self._wakes(until)

    def _in_alert(self, match: Match) -> str | None:
        return self._told.get(match.article.article_id) or self._told.get(match.article.content_hash)

    def _wakes(self, now: datetime) -> Iterator[Alert]:
        while self._look_dt is not None and self._look_dt <= now:
            at, self._look_dt = self._look_dt, None
            yield from self._taken(decide.on_wake(self._alert, self._topic, at, 1))

    def _taken(self, decision: decide.Decision) -> Iterator[Alert]:
        self._alert = decision.alert or self._alert
        self._look_dt = decision.look_again_dt or self._look_dt
        if decision.rings:
            yield decision.rings
