"""A program and all that it started, by what each process is for: how much memory each holds, how much processor time all spend."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil

_LOOK = 0.25  # seconds
_ROLES = {  # a part of the command line
    "connectors.worker_main": "a worker process",
    "prefect.engine": "a monitor run",
    "flows.serve": "flows.serve",
    "prefect server": "Prefect's server",
    "kafka.Kafka": "Kafka",
    "tocsin.web": "the web page",
    "tocsin up": "tocsin up",
}


@dataclass(kw_only=True)
class Memory:
    """Resident bytes: those seen last of what stays, and the most of what comes and goes."""

    last: dict[str, int] = field(default_factory=dict)
    most: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    total: list[int] = field(default_factory=list)


@contextmanager
def watching(program: psutil.Popen) -> Iterator[Memory]:
    memory, ended = Memory(), threading.Event()
    thread = threading.Thread(target=_watch, args=(program, memory, ended), daemon=True)
    thread.start()
    try:
        yield memory
    finally:
        ended.set()
        thread.join()


def cpu(program: psutil.Popen) -> dict[str, float]:
    """Seconds of processor time so far, by role; what has ended counts for the one that had started it."""
    spent: defaultdict[str, float] = defaultdict(float)
    for process in family(program):
        try:
            times, role = process.cpu_times(), role_of(process)
        except psutil.NoSuchProcess:
            continue
        spent[role] += times.user + times.system + times.children_user + times.children_system
    return spent


def cpu_of_a_while(program: psutil.Popen, seconds: float) -> dict[str, float]:
    """By role, in percent of one core."""
    before, began = cpu(program), time.monotonic()
    time.sleep(seconds)
    after, passed = cpu(program), time.monotonic() - began
    # a run that ended meanwhile has moved over to the one that started it: its own role counts below 0 then, and the sum is right
    return {role: 100 * (after.get(role, 0.0) - before.get(role, 0.0)) / passed for role in before | after}


def family(program: psutil.Popen) -> list[psutil.Process]:
    """Its children outlive a moment; a process that ends while we look is left out."""
    try:
        return [psutil.Process(program.pid), *program.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def role_of(process: psutil.Process) -> str:
    """Raises NoSuchProcess where it is on its way in or out, and has no command line."""
    if not (command := " ".join(process.cmdline())):
        raise psutil.NoSuchProcess(process.pid)
    return next((role for part, role in _ROLES.items() if part in command), "another")


def _watch(program: psutil.Popen, memory: Memory, ended: threading.Event) -> None:
    while not ended.wait(_LOOK):
        total, seen = 0, dict[str, int]()
        for process in family(program):
            try:
                role, size = role_of(process), process.memory_info().rss
            except psutil.NoSuchProcess:
                continue
            seen[role], total = max(seen.get(role, 0), size), total + size
        for role, size in seen.items():
            memory.last[role], memory.most[role] = size, max(memory.most[role], size)
        memory.total.append(total)
