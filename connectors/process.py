"""Who we are among all processes of all machines, and whether one that we know of is dead."""

import os
import socket
from functools import cache
from pathlib import Path

import psutil


@cache
def machine() -> str:
    """This start of this machine; a container counts as one."""
    boot = Path("/proc/sys/kernel/random/boot_id")
    return f"{socket.gethostname()}:{boot.read_text().strip()[:8] if boot.exists() else int(psutil.boot_time())}"


def identity() -> str:
    """machine/pid/start time: a pid that is used again is another process."""
    return f"{machine()}/{os.getpid()}/{_started(os.getpid())}"


def is_dead(holder: str) -> bool:
    """True where `holder` begins with the identity of a process of this machine that is no more. Of other machines we know nothing."""
    where, pid, started, *_ = holder.split("/")
    return where == machine() and _started(int(pid)) != started


def _started(pid: int) -> str:
    try:
        process = psutil.Process(pid)
        return "" if process.status() == psutil.STATUS_ZOMBIE else str(int(process.create_time() * 100))
    except psutil.NoSuchProcess:
        return ""
