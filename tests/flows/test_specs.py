"""The list of deployments is right before any server hears of it."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from prefect.client.schemas.schedules import CronSchedule

from flows.monitor import ALL
from flows.serve import Held, deployment, held_back
from flows.specs import Spec, specs
from schemas.settings import Settings
from schemas.work import STAGES
from tests.flows.ground import NOON, run

SPECS = specs(Settings())


def flow_of(spec: Spec) -> Any:
    module, _, name = spec.entrypoint.rpartition(".")
    return getattr(import_module(module), name)


def test_every_stage_has_a_deployment_of_its_own_that_waits_for_an_operator() -> None:
    alone = [spec for spec in SPECS if spec.name.startswith("monitor-")]

    assert [spec.parameters["stages"] for spec in alone] == [[stage] for stage in STAGES]
    assert all(spec.paused for spec in alone)
    assert [spec.full_name for spec in SPECS if not spec.paused] == ["monitor/monitor", "upkeep/upkeep", "replay/replay"]


def test_the_flow_knows_the_stages_of_the_path_in_their_order() -> None:
    assert tuple(ALL) == STAGES


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_each_names_a_flow_that_takes_its_parameters(spec: Spec) -> None:
    flow = flow_of(spec)

    assert flow.name == spec.flow
    assert flow.isasync  # a sync run waits a second for nothing
    flow.validate_parameters(spec.parameters)
    if spec.cron:
        CronSchedule(cron=spec.cron)


@pytest.mark.parametrize(("cycle", "budget"), [(30, 25), (6, 5), (300, 25)])
def test_a_cycle_begins_nothing_more_in_time_for_the_next_one(cycle: float, budget: float) -> None:
    monitor = specs(Settings(cycle_seconds=cycle))[0]

    assert monitor.every == timedelta(seconds=cycle)
    assert monitor.parameters == {"seconds": budget}


def test_a_deployment_runs_once_at_a_time_and_drops_what_collides() -> None:
    made = run(deployment(SPECS[0], None, NOON))

    assert made.concurrency_limit == 1
    assert made.concurrency_options and made.concurrency_options.collision_strategy == "CANCEL_NEW"
    assert made.entrypoint == "flows.monitor.monitor"
    assert made.paused is False


def test_what_an_operator_switched_off_stays_off() -> None:
    paused = run(deployment(SPECS[0], Held(deployment=True, schedule=True), NOON))
    idle = run(deployment(SPECS[0], Held(deployment=False, schedule=False), NOON))
    resumed = run(deployment(SPECS[1], Held(deployment=False, schedule=True), NOON))

    assert paused.paused is True
    assert [schedule.active for schedule in idle.schedules or ()] == [False]
    assert resumed.paused is False


def test_what_was_never_registered_is_not_held_back() -> None:
    assert held_back([], SPECS) == {}
