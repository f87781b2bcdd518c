"""Every process of a child and of its children: each child leads a session, which outlives it while one of them lives."""

import json
import os
import time
from contextlib import suppress
from pathlib import Path

import psutil

_LOOK = 0.05  # seconds
_KILLED = 2.0  # seconds: a killed process ends at once, unless it waits for a disk


def members(mark: Path) -> list[psutil.Process]:
    """Of the session that the process written in `mark` (see connectors.node.alive) led or leads; the leader first."""
    try:
        noted = json.loads(mark.read_text(encoding="utf-8"))
        leader, started = int(noted["pid"]), float(noted["started"])
    except (FileNotFoundError, ValueError, KeyError):
        return []
    with suppress(psutil.NoSuchProcess):
        if abs(psutil.Process(leader).create_time() - started) > 1:
            return []  # a pid is not given again while its session lives: this is a stranger, and none of ours is left
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
