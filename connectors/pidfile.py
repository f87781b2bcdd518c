"""A process that outlives whoever started it, over the starts of ours: a file with its identity, which no later process shares."""

import os
from contextlib import suppress
from pathlib import Path

import psutil

from connectors import process


def remember(file: Path, pid: int) -> psutil.Process:
    part = file.with_suffix(".part")
    part.write_text(process.identity(pid), encoding="utf-8")
    part.replace(file)
    return psutil.Process(pid)


def recall(file: Path) -> psutil.Process | None:
    """The process that is written there, if it still lives."""
    holder = noted(file)
    if not holder:
        return None
    if process.is_unburied(holder):
        with suppress(ChildProcessError):  # where it is ours: its other threads may still hold its ports
            os.waitpid(process.pid_of(holder), 0)
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(process.pid_of(holder)) if process.is_alive(holder) else None
    return None


def noted(file: Path) -> str | None:
    """The identity that is written there, of a process that may be no more (see connectors.process)."""
    with suppress(FileNotFoundError, ValueError, IndexError):
        holder = file.read_text(encoding="utf-8")
        process.pid_of(holder)
        return holder
    return None
