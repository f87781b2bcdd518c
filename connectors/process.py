"""Who we are among all processes of all machines, and whether one that we know of is dead or alive."""

import os
import socket
from contextlib import suppress
from functools import cache
from pathlib import Path

import psutil

_PROC = Path("/proc")


@cache
def machine() -> str:
    """This start of this machine; a container, or a namespace of pids, counts as one."""
    boot, pids = _PROC / "sys/kernel/random/boot_id", _PROC / "self/ns/pid"
    start = boot.read_text().strip()[:8] if boot.exists() else str(int(psutil.boot_time()))
    return f"{socket.gethostname()}:{start}:{pids.stat().st_ino if pids.exists() else 0}"


def identity() -> str:
    """machine/pid/start: a pid that is used again is another process."""
    return f"{machine()}/{os.getpid()}/{_started(os.getpid())}"


def is_dead(holder: str) -> bool:
    """True where `holder` begins with the identity of a process of this machine that is no more. Of other machines we know nothing."""
    where, _, who = holder.partition("/")
    pid, _, rest = who.partition("/")
    return where == machine() and _started(int(pid)) != rest.partition("/")[0]


def is_alive(holder: str) -> bool:
    """True where it is a process of this machine that lives: it may be late, or frozen. Of other machines we know nothing."""
    return holder.split("/")[0] == machine() and not is_dead(holder)


def _started(pid: int) -> str:
    """In ticks since the machine's start where there is /proc: a clock that is set does not move it. Empty: no such process."""
    if _PROC.exists():
        with suppress(OSError):
            after_name = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
            return "" if after_name[0] in "ZX" else after_name[19]
        return ""
    try:
        process = psutil.Process(pid)
        return "" if process.status() == psutil.STATUS_ZOMBIE else str(int(process.create_time()))
    except psutil.NoSuchProcess:
        return ""
