"""The reaper ends exactly the runs that nobody works on."""

import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psutil
from prefect.client.schemas.objects import FlowRun, State, StateType

from flows.cycles import Cycle, cycles, noted
from flows.reaper import GRACE, dead, missed
from tests.flows.ground import NOON
from tocsin.up.watch import kill_overdue

DEPLOYMENT = uuid4()


def at_work(type_: StateType = StateType.RUNNING, since: datetime = NOON - timedelta(hours=1), pool: str | None = None) -> FlowRun:
    return FlowRun(id=uuid4(), flow_id=uuid4(), state=State(type=type_, timestamp=since), work_pool_name=pool)


def scheduled(at: datetime, deployment: UUID = DEPLOYMENT) -> FlowRun:
    made = {"id": uuid4(), "flow_id": uuid4(), "deployment_id": deployment, "expected_start_time": at}
    return FlowRun.model_validate(made | {"state": {"type": StateType.SCHEDULED}})


def mark(run: FlowRun, process: psutil.Process | None) -> dict[str, Cycle]:
    return {str(run.id): Cycle(flow="monitor", run_id=str(run.id), process=process, file=Path("unused"))}


def test_a_run_whose_process_lives_is_left_alone() -> None:
    run = at_work()

    assert dead([run], mark(run, psutil.Process()), NOON, sole=True, grace=GRACE) == []


def test_a_run_whose_process_is_gone_is_dead_on_any_server() -> None:
    run = at_work()

    assert dead([run], mark(run, None), NOON, sole=False, grace=GRACE) == [run]


def test_a_run_that_nobody_has_begun_is_given_time() -> None:
    fresh, old = (at_work(StateType.PENDING, NOON - GRACE / 2), at_work(StateType.PENDING, NOON - GRACE))

    assert dead([fresh, old], {}, NOON, sole=True, grace=GRACE) == [old]


def test_on_a_shared_server_a_run_at_work_without_a_mark_is_another_machines() -> None:
    run = at_work()

    assert dead([run], {}, NOON, sole=False, grace=GRACE) == []
    assert dead([run], {}, NOON, sole=True, grace=GRACE) == [run]


def test_a_run_of_a_work_pool_is_its_workers() -> None:
    assert dead([at_work(pool="news")], {}, NOON, sole=True, grace=GRACE) == []


def test_of_missed_runs_each_deployment_keeps_the_newest() -> None:
    other = uuid4()
    first, second, third = (scheduled(NOON - timedelta(seconds=s)) for s in (90, 60, 30))
    alone, coming = scheduled(NOON - timedelta(seconds=90), other), scheduled(NOON + timedelta(seconds=30))

    assert missed([third, first, alone, coming, second], NOON) == [first, second]


def test_a_run_is_marked_while_it_works_and_not_after(tmp_path: Path) -> None:
    with noted(tmp_path, "monitor", "run-1"):
        (mine,) = cycles(tmp_path)

    assert (mine.flow, mine.run_id) == ("monitor", "run-1")
    assert mine.process and mine.process.pid == os.getpid()
    assert cycles(tmp_path) == []


def test_a_cycle_that_hangs_is_killed_even_where_it_is_frozen(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom flows.cycles import noted\n"
        "with noted(Path(sys.argv[1]), sys.argv[2], sys.argv[2]):\n    os.kill(os.getpid(), signal.SIGSTOP)"
    )
    processes = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), name]) for name in ("monitor", "replay")]
    try:
        until = time.monotonic() + 20
        while any(psutil.Process(p.pid).status() != psutil.STATUS_STOPPED for p in processes):
            assert time.monotonic() < until
            time.sleep(0.05)

        assert kill_overdue(tmp_path, most_age=3600) == []
        assert kill_overdue(tmp_path, most_age=0) == ["monitor"]  # a replay may take its time
        assert processes[0].wait(10) == -9
    finally:
        for process in processes:
            process.kill()
            process.wait()
