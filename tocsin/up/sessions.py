"""Every process of a child and of its children: each child leads a session, which outlives it while one of them lives."""

import json
import os
from contextlib import suppress
from pathlib import Path

import psutil


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
    found = [process for process in psutil.process_iter() if _session(process.pid) == leader and process.pid != os.getpid()]
    return sorted(found, key=lambda process: process.pid != leader)


def end(mark: Path, grace: float) -> int:
    """Tells the leader to end, and kills whoever is left after `grace` seconds. How many there were. Synchronous."""
    before = members(mark)
    if before and grace:
        with suppress(psutil.NoSuchProcess):
            before[0].terminate()
        psutil.wait_procs(before, timeout=grace)
    left = members(mark)
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(left, timeout=2)
    mark.unlink(missing_ok=True)
    return len(before)


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except (ProcessLookupError, PermissionError):
        return None
