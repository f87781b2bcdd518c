"""Whatever comes in whatever order at whatever time: nothing told twice, nothing lost, every alert ends."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from alerts import decide
from schemas.alert import Alert, AlertState
from schemas.article import Origin
from schemas.match import Match
from schemas.reasons import HELD, Reason
from schemas.topic import Topic
from tests.alerts.news import HOUR, NOW, match, topic

Course: TypeAlias = list[Match | timedelta | str]


@dataclass(kw_only=True)
class Ring:
    """What the stage of that name does, in memory: one topic, its alerts, what it told, the wakes it asked for."""

    topic: Topic | None
    now: datetime = NOW
    alerts: dict[str, Alert] = field(default_factory=dict)
    told: list[tuple[Match, str]] = field(default_factory=list)
    wakes: dict[str, datetime] = field(default_factory=dict)
    published: list[Alert] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def take(self, found: Match) -> None:
        same = (
            i
            for m, i in self.told
            if {m.article.article_id, m.article.content_hash} & {found.article.article_id, found.article.content_hash}
        )
        before = max(self.alerts.values(), key=lambda a: a.changed_dt, default=None)
        decision = decide.on_match(before, next(same, None), found, self.topic, self.now, 1)
        self._settle(decision, None)
        if decision.alert:
            self.told.append((found, decision.alert.alert_id))
        assert decision.alert is not None or decision.reason in HELD

    def follow(self) -> None:
        """The wakes that are due."""
        for alert_id, due in list(self.wakes.items()):
            if due <= self.now:
                del self.wakes[alert_id]
                self._settle(decide.on_wake(self.alerts[alert_id], self.topic, self.now, 1), alert_id)

    def _settle(self, decision: decide.Decision, alert_id: str | None) -> None:
        assert decision.reason is not Reason.STILL_ACTIVE or (decision.look_again_dt and decision.look_again_dt > self.now), "no busy wakes"
        self.reasons.append(decision.reason)
        if decision.alert:
            self.alerts[decision.alert.alert_id] = decision.alert
            alert_id = decision.alert.alert_id
        if decision.rings:
            self.published.append(decision.rings)
        if decision.look_again_dt:
            assert alert_id is not None
            self.wakes[alert_id] = decision.look_again_dt


matches = st.builds(
    match,
    name=st.sampled_from("abcdefgh"),
    text=st.sampled_from([None, None, "the same agency text"]),
    origin=st.sampled_from([Origin.LIVE, Origin.LIVE, Origin.LIVE, Origin.SEED]),
    revision=st.integers(1, 3),
)
waits = st.timedeltas(timedelta(0), 4 * HOUR) | st.just(timedelta(0))
steps = st.lists(matches | waits | st.sampled_from(["follow", "remove", "restore"]), max_size=40)
topics = st.builds(topic, calm=st.timedeltas(timedelta(seconds=1), 8 * HOUR), cooldown=st.timedeltas(timedelta(0), 8 * HOUR))


def run(ring: Ring, course: Course) -> None:
    of = ring.topic
    for step in course:
        if isinstance(step, Match):
            ring.take(step)
        elif isinstance(step, timedelta):
            ring.now += step
        elif step == "follow":
            ring.follow()
        else:
            ring.topic = None if step == "remove" else of


@given(topics, steps)
def test_an_article_is_told_at_most_once_and_every_alert_ends_with_all_of_its_told(of: Topic, course: Course) -> None:
    ring = Ring(topic=of)

    run(ring, course)
    for _ in range(50):
        if not ring.wakes:
            break
        ring.now = max(ring.now, min(ring.wakes.values()))
        ring.follow()

    assert not ring.wakes
    assert all(alert.state is AlertState.RESOLVED for alert in ring.alerts.values())
    ids = Counter(m.article.article_id for m, _ in ring.told)
    texts = Counter(m.article.content_hash for m, _ in ring.told)
    assert all(n == 1 for n in (ids + texts).values())
    joined = Counter(alert_id for _, alert_id in ring.told)
    assert joined == {i: a.article_count for i, a in ring.alerts.items()}
    assert joined == sum((Counter({a.alert_id: a.new_count}) for a in ring.published), Counter())


@given(topics, steps)
def test_revisions_grow_by_one_and_the_latest_alert_is_the_last_changed(of: Topic, course: Course) -> None:
    ring = Ring(topic=of)

    run(ring, course)

    for alert_id in ring.alerts:
        revisions = [a.revision for a in ring.published if a.alert_id == alert_id]
        assert revisions == list(range(1, len(revisions) + 1))
    changes = [a.changed_dt for a in ring.published]
    assert all(a < b for a, b in pairwise(changes))


@given(topics, steps, st.lists(waits, max_size=5))
def test_at_most_one_alert_is_open_even_where_the_clock_goes_back(of: Topic, course: Course, back: list[timedelta]) -> None:
    ring = Ring(topic=of)

    run(ring, [*course, *(-wait for wait in back), *course])

    assert sum(a.state is not AlertState.RESOLVED for a in ring.alerts.values()) <= 1
    assert ring.reasons.count(Reason.OPENED) == len(ring.alerts)
