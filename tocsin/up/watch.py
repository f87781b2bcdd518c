"""What the supervisor looks after while all is well: cycles that hang, logs that grow."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from flows.cycles import cycles
from tocsin.up.logs import turn_over

MOST_AGE = 120.0  # seconds that a cycle may live: it begins nothing more after 25
_LOOK = 5.0


async def watch(home: Path, logs: Sequence[Path], say: Callable[[str], None]) -> None:
    """Until cancelled."""
    while True:
        for name in await asyncio.to_thread(kill_overdue, home, MOST_AGE):
            say(f"cycle {name} was still at work after {MOST_AGE:.0f} s and was killed; what it had in work is done again")
        await asyncio.to_thread(turn_over, logs)
        await asyncio.sleep(_LOOK)


def kill_overdue(home: Path, most_age: float) -> list[str]:
    """Also one that is frozen: it is not asked. Its worker processes end with it. Returns whom."""
    killed = []
    for cycle in cycles(home):
        if cycle.flow != "monitor" or cycle.process is None:
            continue
        with suppress(psutil.NoSuchProcess):
            if time.time() - cycle.process.create_time() > most_age:
                cycle.process.kill()
                killed.append(cycle.run_id)
    return killed
