"""Hostile answers: each ends in time, with a named failure, and none takes our memory."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fetch.hostile import HOSTILE, street

DEADLINE = 2.0  # seconds
GROWTH = 32 * 2**20  # bytes, of all of them together

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="a process is asked for its peak of memory in /proc")


@pytest.fixture(scope="module")
def visit() -> Any:
    """All of them side by side, visited by a process of its own."""

    async def story() -> bytes:
        async with street() as urls:
            command = (sys.executable, "-m", "tests.fetch.visitor", json.dumps(urls), str(DEADLINE))
            child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
            return (await child.communicate())[0]

    return json.loads(asyncio.run(story()))


@pytest.mark.parametrize("name", HOSTILE)
def test_each_ends_with_a_named_failure(name: str, visit: Any) -> None:
    failure, _ = visit["ends"][name]

    assert failure == HOSTILE[name].ends


@pytest.mark.parametrize("name", HOSTILE)
def test_each_ends_within_a_second_of_its_deadline(name: str, visit: Any) -> None:
    _, seconds = visit["ends"][name]

    assert seconds <= DEADLINE + 1


def test_all_of_them_together_take_little_memory(visit: Any) -> None:
    assert visit["growth"] <= GROWTH
