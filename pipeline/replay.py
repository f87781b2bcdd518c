"""Replay of what is in quarantine: a job for the stage that failed, with its bytes and its origin. It rings by the ordinary rules."""

import asyncio
import base64
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from connectors.doors import Broker
from connectors.world import World
from pipeline.whole_stream import records
from schemas import codec
from schemas.quarantine import Quarantine
from schemas.streams import QUARANTINE, READERS
from schemas.work import Job


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayed:
    """refused: id to why."""

    replayed: tuple[str, ...]
    refused: dict[str, str]


def quarantined(broker: Broker) -> Iterator[Quarantine]:
    """All that the quarantine stream holds, the oldest first; the same item again is one. Raises BrokerDown."""
    known: dict[str, Quarantine] = {}
    for record in records(broker, QUARANTINE):
        item = codec.load(Quarantine, record.value)
        known[item.quarantine_id] = item
    yield from known.values()


async def replay(world: World, ids: Collection[str]) -> Replayed:
    """ids: of quarantined items, or their beginnings."""
    items = await asyncio.to_thread(lambda: list(quarantined(world.broker)))
    now, jobs, done, refused = world.clock(), list[Job](), list[str](), dict[str, str]()
    for wanted in ids:
        found = [item for item in items if item.quarantine_id.startswith(wanted)]
        if len(found) != 1:
            refused[wanted] = "is not in the quarantine stream" if not found else f"could be {len(found)} items: give more of the id"
        elif found[0].raw_truncated:
            refused[wanted] = "its bytes were too many to be kept whole"
        else:
            jobs.append(_job(found[0], now))
            done.append(found[0].quarantine_id)
    await world.store.transact(lambda tx: tx.jobs.put_all(jobs))
    return Replayed(replayed=tuple(done), refused=refused)


def _job(item: Quarantine, now: datetime) -> Job:
    raw = base64.b64decode(item.raw_b64)
    key = item.quarantine_id if item.stage in READERS else item.key  # many records of a stream share a key
    return Job(stage=item.stage, key=key, lane=item.lane, due_dt=now, kind=item.kind, value=raw)
