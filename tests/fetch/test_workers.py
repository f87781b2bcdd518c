"""The Workers door: whatever happens in a worker process, its caller gets an answer or WorkerFailed, and neighbours go on."""

import asyncio
import os
import select
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from connectors.doors import WorkerFailed, Workers
from connectors.memory_site import InlineWorkers
from connectors.workers import Processes
from tests.fetch import labour


@asynccontextmanager
async def door(kind: str) -> AsyncIterator[Workers]:
    if kind == "inline":
        yield InlineWorkers()
    else:
        async with Processes(1) as workers:
            yield workers


@pytest.mark.parametrize("kind", ["inline", "processes"])
def test_work_is_answered(kind: str) -> None:
    """Both twins return what the function returns."""

    async def story() -> None:
        async with door(kind) as workers:
            assert await workers.run(labour.double, 21) == 42

    asyncio.run(story())


@pytest.mark.parametrize("kind", ["inline", "processes"])
def test_what_the_work_raises_is_named(kind: str) -> None:
    """Both twins turn an exception into its text."""

    async def story() -> None:
        async with door(kind) as workers:
            with pytest.raises(WorkerFailed, match="ValueError: these bytes are bad"):
                await workers.run(labour.complain)

    asyncio.run(story())


def test_no_process_is_started_without_work() -> None:
    """A cycle with nothing to do costs nothing."""

    async def story() -> int:
        async with Processes(2):
            return len(children())

    assert asyncio.run(story()) == 0


def test_one_process_serves_many_tasks() -> None:
    """It stays warm, and the one that worked last is taken first."""

    async def story() -> set[int]:
        async with Processes(2) as workers:
            return {await workers.run(labour.process_id) for _ in range(5)}

    seen = asyncio.run(story())

    assert len(seen) == 1 and os.getpid() not in seen


def test_a_large_body_goes_there_and_back() -> None:
    """Larger than any pipe's buffer."""

    async def story() -> bytes:
        async with Processes(1) as workers:
            return await workers.run(labour.echo, bytes(10 * 2**20))

    assert len(asyncio.run(story())) == 10 * 2**20


def test_a_process_that_dies_is_named_and_replaced() -> None:
    """The exit code stands in the problem, and the next task is done."""

    async def story() -> int:
        async with Processes(1) as workers:
            with pytest.raises(WorkerFailed, match=r"died \(exit code 3\)"):
                await workers.run(labour.die)
            return await workers.run(labour.double, 1)

    assert asyncio.run(story()) == 2


@pytest.mark.parametrize("work", [labour.spin, labour.sleep])
def test_work_past_its_deadline_is_ended(work: object) -> None:
    """Whether it burns or waits; and the next task is done."""

    async def story() -> int:
        async with Processes(1, deadline=1) as workers:
            await workers.run(labour.double, 0)
            with pytest.raises(WorkerFailed, match="deadline"):
                await workers.run(work)  # type: ignore[arg-type]
            return await workers.run(labour.double, 1)

    assert asyncio.run(story()) == 2


def test_work_that_eats_memory_is_stopped() -> None:
    """By the limit on its address space, before the machine swaps."""

    async def story() -> int:
        async with Processes(1) as workers:
            with pytest.raises(WorkerFailed, match="memory"):
                await workers.run(labour.eat)
            return await workers.run(labour.double, 1)

    assert asyncio.run(story()) == 2


def test_neighbours_of_a_dying_process_go_on() -> None:
    """Ten good tasks beside five that kill their process."""

    async def story() -> list[object]:
        async with Processes(2) as workers:
            work = [workers.run(labour.double, i) for i in range(10)]
            deaths = [workers.run(labour.die) for _ in range(5)]
            return list(await asyncio.gather(*work, *deaths, return_exceptions=True))

    answers = asyncio.run(story())

    assert answers[:10] == [2 * i for i in range(10)]
    assert all(isinstance(a, WorkerFailed) for a in answers[10:])


def test_printing_and_reading_do_not_break_the_protocol() -> None:
    """What work prints goes to standard error, and its standard input is empty."""

    async def story() -> str:
        async with Processes(1) as workers:
            return await workers.run(labour.chatter)

    assert asyncio.run(story()) == ""


def test_a_cancelled_task_leaves_a_usable_worker() -> None:
    """Its process is not reused half way through an answer."""

    async def story() -> int:
        async with Processes(1) as workers:
            await workers.run(labour.double, 0)
            task = asyncio.create_task(workers.run(labour.sleep))
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(task, 0.05)
            return await workers.run(labour.double, 1)

    assert asyncio.run(story()) == 2


def test_no_secret_reaches_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hostile bytes are read with the smallest environment."""
    monkeypatch.setenv("KAFKA_SASL_PASSWORD", "hush")

    async def story() -> dict[str, str]:
        async with Processes(1) as workers:
            return await workers.run(labour.environment)

    assert "KAFKA_SASL_PASSWORD" not in asyncio.run(story())


def test_leaving_ends_every_process() -> None:
    """A busy one too."""

    async def story() -> None:
        async with Processes(2) as workers:
            await workers.run(labour.double, 1)

    asyncio.run(story())

    assert children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends children with their parent on Linux only")
def test_workers_die_with_a_killed_parent() -> None:
    """Even one that is busy and would not see the end of its input."""
    story = (
        "import asyncio, os\nfrom connectors.workers import Processes\nfrom tests.fetch import labour\n"
        "async def main():\n"
        "    async with Processes(1) as workers:\n"
        "        print(await workers.run(labour.process_id), flush=True)\n"
        "        await workers.run(labour.spin)\n"
        "asyncio.run(main())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", story], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert parent.stdout
    worker = int(parent.stdout.readline())
    handle = os.pidfd_open(worker)

    parent.kill()
    parent.communicate()

    assert wait_for_end(handle)


def wait_for_end(handle: int) -> bool:
    """A process handle becomes readable when the process has ended."""
    try:
        return bool(select.select([handle], [], [], 5)[0])
    finally:
        os.close(handle)


def children() -> list[str]:
    """Worker processes of this one that live."""
    return [p.name() for p in psutil.Process().children() if "connectors.worker_main" in p.cmdline()]
