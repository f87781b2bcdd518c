"""upkeep: what is older than it is kept goes, and the room on the disk is looked at."""

import shutil
from datetime import datetime, timedelta
from typing import Annotated, Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from pydantic import Field

from connectors.store import Tx
from flows import artifacts
from flows.run import opened, run_name

Days = Annotated[int, Field(ge=1, le=3650)]

_LEAST_FREE = 2**30  # bytes


@flow(name="upkeep", flow_run_name=run_name)
async def upkeep(journal_days: Days = 30, seen_days: Days = 400) -> State[Any]:
    """Keep the journal (and with it the ledger of deliveries) and the entries we have seen for so many days.

    What we know of a host is kept as long as entries are, from the last time that it was asked.
    An entry that a feed shows again after we forgot it is news to us.
    """
    async with opened() as house:
        now, speed = house.world.clock(), house.settings.speed
        journal, seen = now - timedelta(days=journal_days) / speed, now - timedelta(days=seen_days) / speed
        gone = await house.world.store.transact(lambda tx: _prune(tx, journal, seen))
        free = shutil.disk_usage(house.home).free
    rows = [*({"what": f"{what} removed", "count": count} for what, count in gone.items()), {"what": "free MiB", "count": free // 2**20}]
    await artifacts.put_table("upkeep", rows, "What the last upkeep did.")
    said = ", ".join(f"{row['count']} {row['what']}" for row in rows)
    if free < _LEAST_FREE:
        return Failed(message=f"{said}: less than {_LEAST_FREE // 2**20}. Make room, or move the home with TOCSIN_HOME")
    return Completed(message=said)


def _prune(tx: Tx, journal: datetime, seen: datetime) -> dict[str, int]:
    return {"journal rows": tx.journal.prune(journal), "seen entries": tx.seen.prune(seen), "hosts": tx.hosts.prune(seen)}
