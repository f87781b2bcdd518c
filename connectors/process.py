"""Who we are among all processes of all machines, and whether one that we know of is dead or alive."""

import os
import socket
from contextlib import suppress
from dataclasses import dataclass
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


def identity(pid: int | None = None) -> str:
    """machine/pid/start of that process, of ours where none is named: a pid that is used again is another process."""
    pid = os.getpid() if pid is None else pid
    return f"{machine()}/{pid}/{_look(pid).started}"


def is_dead(holder: str) -> bool:
    """True where `holder` begins with the identity of a process of this machine that is no more. Of other machines we know nothing."""
    return _is_ours(holder) and not (_is_same(holder) and _look(pid_of(holder)).lives)


def is_alive(holder: str) -> bool:
    """True where it is a process of this machine that lives: it may be late, or frozen. Of other machines we know nothing."""
    return _is_ours(holder) and not is_dead(holder)


def is_unburied(holder: str) -> bool:
    """True where it has ended, and its parent has not asked how."""
    return _is_ours(holder) and _is_same(holder) and not _look(pid_of(holder)).lives


def is_stranger(holder: str) -> bool:
    """True where its pid is another process's now, or it was a process of another start of the machine."""
    return not _is_ours(holder) or (bool(_look(pid_of(holder)).started) and not _is_same(holder))


def pid_of(holder: str) -> int:
    return int(holder.split("/")[1])


@dataclass(frozen=True, slots=True)
class _Look:
    """started: in ticks since the machine's start where there is /proc: a clock that is set does not move it. Empty: no such process."""

    started: str = ""
    lives: bool = False


def _is_ours(holder: str) -> bool:
    return holder.split("/")[0] == machine()


def _is_same(holder: str) -> bool:
    return [_look(pid_of(holder)).started] == holder.split("/")[2:3]


def _look(pid: int) -> _Look:
    if _PROC.exists():
        with suppress(OSError):
            after_name = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
            return _Look(after_name[19], after_name[0] not in "ZX")
        return _Look()
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        return _Look(str(int(process.create_time())), process.status() != psutil.STATUS_ZOMBIE)
    return _Look()
