"""Which process the node is, over the starts of ours: a file with its pid and start time, so that a pid used again is another process."""

import json
import os
from contextlib import suppress
from pathlib import Path

import psutil


def remember(file: Path, pid: int) -> psutil.Process:
    process, part = psutil.Process(pid), file.with_suffix(".part")
    part.write_text(json.dumps({"pid": pid, "started": process.create_time()}), encoding="utf-8")
    part.replace(file)
    return process


def recall(file: Path) -> psutil.Process | None:
    """The process that is written there, if it still lives."""
    try:
        noted = json.loads(file.read_text(encoding="utf-8"))
        process = psutil.Process(noted["pid"])
        if abs(process.create_time() - noted["started"]) > 1:
            return None
        return process if _lives(process) else None
    except (FileNotFoundError, ValueError, KeyError, psutil.NoSuchProcess):
        return None


def holder(port: int) -> str | None:
    """Who listens on this port, as far as we may know."""
    with suppress(psutil.AccessDenied):
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr and connection.laddr.port == port:
                return _named(connection.pid) if connection.pid else "a process of another user"
    return None


def _lives(process: psutil.Process) -> bool:
    if process.status() != psutil.STATUS_ZOMBIE:
        return True
    with suppress(ChildProcessError):  # where it is ours: its other threads may still hold its ports
        os.waitpid(process.pid, 0)
    return False


def _named(pid: int) -> str:
    try:
        command = " ".join(psutil.Process(pid).cmdline())
    except psutil.Error:
        command = "its command is not ours to see"
    return f"process {pid} ({command if len(command) <= 100 else command[:100] + '…'})"
