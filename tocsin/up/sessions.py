"""Every process of a child and of its children: each child leads a session, which outlives it while one of them lives."""

import os
import time
from contextlib import suppress
from pathlib import Path

import psutil

from connectors import pidfile
from connectors.process import is_stranger, pid_of

_LOOK = 0.05  # seconds
_KILLED = 2.0  # seconds: a killed process ends at once, unless it waits for a disk


def members(mark: Path) -> list[psutil.Process]:
    """Of the session that the process written in `mark` (see connectors.pidfile) led or leads; the leader first."""
    holder = pidfile.noted(mark)
    if not holder or is_stranger(holder):  # a pid is not given again while its session lives: none of ours is left
        return []
    leader = pid_of(holder)
    found = [process for process in psutil.process_iter() if _session(process.pid) == leader and _lives(process)]
    return sorted(found, key=lambda process: process.pid != leader)


def end(mark: Path, grace: float) -> int:
    """Tells the leader to end, and kills whoever is left after `grace` seconds. How many there were. Synchronous."""
    before = members(mark)
    if before and grace:
        with suppress(psutil.NoSuchProcess):
            before[0].terminate()
        _await_none(mark, grace)
    for process in members(mark):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    _await_none(mark, _KILLED)
    mark.unlink(missing_ok=True)
    return len(before)


def _await_none(mark: Path, seconds: float) -> None:
    """Looks, and does not wait for them as a parent: that is asyncio's, where they are children of ours."""
    until = time.monotonic() + seconds
    while members(mark) and time.monotonic() < until:
        time.sleep(_LOOK)


def _lives(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except (ProcessLookupError, PermissionError):
        return None
