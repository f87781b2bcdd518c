"""ring: a match, or a moment we asked to be woken at, to an alert and its deliveries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from alerts import decide, routes
from connectors.store import Tx
from pipeline import deliver
from pipeline.verdict import Item, Patience, Verdict
from schemas import codec
from schemas.alert import Alert, Wake
from schemas.ids import uid
from schemas.match import Match
from schemas.reasons import Reason
from schemas.streams import MATCHES, Stream
from schemas.topic import Topic
from schemas.work import Job

_LATER = timedelta(minutes=1)
_BURST = timedelta(milliseconds=10)  # changes that share an instant are a microsecond apart: due at once, and told in their order


def job(alert: Alert, at: datetime) -> Job:
    value = codec.dump(Wake(alert_id=alert.alert_id))
    return Job(stage="ring", key=alert.alert_id, lane=f"topic/{alert.topic_id}", due_dt=at, kind="Wake", value=value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ring:
    name: ClassVar[str] = "ring"
    stream: ClassVar[Stream | None] = MATCHES
    attempted: ClassVar[Reason | None] = None
    patience: ClassVar[Patience] = Patience()
    topics: Mapping[str, Topic]
    routes: routes.Routes
    speed: float

    async def work(self, item: Item[Match | Wake]) -> None:
        """Nothing outside: ring only decides."""

    def settle(self, tx: Tx, item: Item[Match | Wake], found: None, now: datetime) -> Verdict:
        if isinstance(item.value, Wake):
            return self._wake(tx, item.value, now)
        if item.value.topic_id not in self.topics and item.job is None:
            return self._later(item, item.value, now)
        return self._match(tx, item.value, now)

    def _later(self, item: Item[Match | Wake], match: Match, now: datetime) -> Verdict:
        """The topic may be newer than the files that this process has read: asked again, it is removed or known."""
        key = uid("match", match.topic_id, match.article.article_id, str(match.article.revision))
        again = Job(stage="ring", key=key, lane=f"topic/{match.topic_id}", due_dt=now + _LATER, kind="Match", value=item.raw)
        return Verdict(reason=Reason.TOPIC_UNKNOWN, jobs=(again,), about=(match.topic_id, match.article.article_id))

    def _match(self, tx: Tx, match: Match, now: datetime) -> Verdict:
        before = tx.alerts.of_group(decide.group_id(match))
        told = tx.alerts.told(match.topic_id, match.article)
        decision = decide.on_match(before, told, match, self.topics.get(match.topic_id), now, self.speed)
        in_alert = decision.alert.alert_id if decision.alert else told
        if in_alert:  # held as the same text under another address: from now on told under this one too
            tx.alerts.tell(match.topic_id, match.article, in_alert)
        about = (match.topic_id, match.article.article_id, match.article.url, *((in_alert,) if in_alert else ()))
        return self._verdict(tx, decision, decision.alert, about, now)

    def _wake(self, tx: Tx, wake: Wake, now: datetime) -> Verdict:
        before = tx.alerts.get(wake.alert_id)
        decision = decide.on_wake(before, self.topics.get(before.topic_id) if before else None, now, self.speed)
        return self._verdict(tx, decision, decision.alert or before, (wake.alert_id,), now)

    def _verdict(self, tx: Tx, decision: decide.Decision, alert: Alert | None, about: tuple[str, ...], now: datetime) -> Verdict:
        if decision.alert:
            tx.alerts.save(decision.alert)
        jobs = [job(alert, decision.look_again_dt)] if alert and decision.look_again_dt else []
        if decision.rings:
            jobs += [deliver.job(d, min(now, decision.rings.changed_dt - _BURST)) for d in routes.deliveries(decision.rings, self.routes)]
        records = (decision.rings,) if decision.rings else ()
        return Verdict(reason=decision.reason, records=records, jobs=tuple(jobs), detail=decision.detail, about=about)
