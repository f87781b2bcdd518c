"""The deployments, one list: what is registered, when it runs and with which parameters. Imports no Prefect."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from schemas.settings import Settings
from schemas.work import STAGES

BUDGET = 25.0  # seconds after which a cycle begins nothing more: it must have ended when the next one takes its slot, 3 s before its time


@dataclass(frozen=True, kw_only=True, slots=True)
class Spec:
    """entrypoint: module and function. Without every and cron it runs when it is asked to. paused: until an operator says otherwise."""

    name: str
    entrypoint: str
    description: str
    every: timedelta | None = None
    cron: str | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ("tocsin",)
    paused: bool = False

    @property
    def flow(self) -> str:
        return self.entrypoint.rpartition(".")[2]

    @property
    def full_name(self) -> str:
        """As Prefect names it, and as `prefect deployment run` takes it."""
        return f"{self.flow}/{self.name}"


def specs(settings: Settings) -> tuple[Spec, ...]:
    every = timedelta(seconds=settings.cycle_seconds)
    budget = min(BUDGET, settings.cycle_seconds * BUDGET / 30)
    return (
        Spec(
            name="monitor",
            entrypoint="flows.monitor.monitor",
            description="One cycle of the whole path: poll, extract, track, ring, deliver.",
            every=every,
            parameters={"seconds": budget},
        ),
        *(
            Spec(
                name=f"monitor-{stage}",
                entrypoint="flows.monitor.monitor",
                description=f"The stage {stage} alone: for work pools on several machines. Pause `monitor` before these are resumed.",
                every=every,
                parameters={"stages": [stage], "seconds": budget},
                tags=("tocsin", stage),
                paused=True,
            )
            for stage in STAGES
        ),
        Spec(
            name="upkeep",
            entrypoint="flows.upkeep.upkeep",
            description="What is older than it is kept goes; the room on the disk is looked at.",
            cron="17 3 * * *",
        ),
        Spec(
            name="replay",
            entrypoint="flows.replay.replay",
            description="What is in quarantine is tried again: by its ids, or all of one reason.",
        ),
    )
