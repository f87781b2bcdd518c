"""What the monitor has to say about itself: an alert of the topic `system`, on the ordinary way to the channels."""

from datetime import datetime

from alerts import decide, routes
from connectors.store import Tx
from pipeline import deliver
from schemas import codec
from schemas.reasons import Reason


def give(tx: Tx, reason: Reason, subject: str, detail: str, told: routes.Routes, now: datetime) -> None:
    before = tx.alerts.of_group(decide.notice_group(reason, subject))
    alert = decide.notice(before, reason=reason, subject=subject, detail=detail, now=now)
    tx.alerts.save(alert)
    tx.outbox.put([codec.record(alert, now)])
    for delivery in routes.deliveries(alert, told):
        tx.jobs.put(deliver.job(delivery, now))
    tx.journal.add("house", subject, reason, detail, (alert.alert_id,), now)
