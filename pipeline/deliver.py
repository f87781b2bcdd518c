"""deliver: an alert to one channel, tried until it took it. Its ledger is the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from alerts import render
from connectors.doors import Channel, Unsent
from connectors.store import Tx
from pipeline.verdict import Item, Patience, Verdict
from schemas import codec
from schemas.alert import Delivery
from schemas.reasons import Reason
from schemas.streams import Stream
from schemas.work import Job


def job(delivery: Delivery, at: datetime) -> Job:
    lane, value = f"channel/{delivery.channel}", codec.dump(delivery)
    return Job(stage="deliver", key=delivery.delivery_id, lane=lane, due_dt=at, kind="Delivery", value=value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Deliver:
    name: ClassVar[str] = "deliver"
    stream: ClassVar[Stream | None] = None
    attempted: ClassVar[Reason | None] = Reason.ATTEMPTED
    patience: ClassVar[Patience] = Patience(first=timedelta(seconds=5), most=timedelta(minutes=15), tries=100)
    channels: Mapping[str, Channel]

    async def work(self, item: Item[Delivery]) -> Unsent | None:
        channel, attempt = self.channels.get(item.value.channel), item.job.attempt + 1 if item.job else 1
        if channel is None:
            return None
        try:
            await channel.send(render.message(item.value, attempt))
        except Unsent as trouble:
            return trouble
        return None

    def settle(self, tx: Tx, item: Item[Delivery], found: Unsent | None, now: datetime) -> Verdict:
        delivery = item.value
        about = (delivery.alert.alert_id, delivery.channel, *(a.article_id for a in delivery.alert.articles[:1]))
        detail = f"{delivery.channel}: alert revision {delivery.alert.revision}"
        if delivery.channel not in self.channels:
            detail = f"{delivery.channel} is not in routes.yaml any more"
            return Verdict(reason=Reason.CHANNEL_REMOVED, quarantine=True, detail=detail, about=about)
        if found is None:
            return Verdict(reason=Reason.DELIVERED, detail=detail, about=about)
        detail = f"{delivery.channel}: {found.problem}"
        if found.permanent:
            return Verdict(reason=Reason.CHANNEL_REFUSED, quarantine=True, detail=detail, about=about)
        return Verdict(reason=Reason.CHANNEL_FAILED, retry=True, detail=detail, about=about)
