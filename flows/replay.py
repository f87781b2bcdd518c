"""replay: what is in quarantine is tried again at the stage that failed. It rings by the ordinary rules."""

import asyncio
from typing import Annotated, Any

from prefect import flow
from prefect.artifacts import acreate_progress_artifact, aupdate_progress_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from pydantic import Field

from connectors.world import World
from flows.artifacts import harmless, put_table
from flows.outcome import Outcome
from flows.run import opened, run_name
from pipeline import replay as quarantine
from schemas.reasons import Reason

Ids = Annotated[list[str], Field(description="Of quarantined items, or their beginnings.")]
Why = Annotated[Reason | None, Field(description="Every item that was quarantined for this reason.")]

NONE: list[str] = []
_AT_ONCE = 1000  # each look reads the quarantine stream


@flow(name="replay", flow_run_name=run_name)
async def replay(ids: Ids = NONE, reason: Why = None) -> State[Any]:
    """Put a job for every item that is named, by its id or by its reason. What cannot be replayed is named with why."""
    async with opened() as house:
        wanted = [*ids, *(await _of_reason(house.world, reason) if reason else [])]
        done, refused = await _replay(house.world, list(dict.fromkeys(wanted)))
    if refused:
        await put_table("replay-refused", [{"id": id_, "why": why} for id_, why in refused.items()], "What the last replay could not take.")
    said = f"{done} sent back, {len(refused)} refused"
    if wanted and not done:
        return Failed(message=said)
    return Completed(name=Outcome.PARTIAL if refused else Outcome.PUBLISHED if done else Outcome.QUIET, message=said)


async def _of_reason(world: World, reason: Reason) -> list[str]:
    found = await asyncio.to_thread(lambda: list(quarantine.quarantined(world.broker)))
    return [item.quarantine_id for item in found if item.reason is reason]


async def _replay(world: World, ids: list[str]) -> tuple[int, dict[str, str]]:
    done, refused, shown = 0, dict[str, str](), None
    with harmless():
        shown = ids and await acreate_progress_artifact(progress=0.0, key="replay", description=f"{len(ids)} quarantined items")
    for first in range(0, len(ids), _AT_ONCE):
        part = await quarantine.replay(world, ids[first : first + _AT_ONCE])
        done, refused = done + len(part.replayed), refused | part.refused
        if shown:
            with harmless():
                await aupdate_progress_artifact(artifact_id=shown, progress=100 * min(first + _AT_ONCE, len(ids)) / len(ids))
    return done, refused
