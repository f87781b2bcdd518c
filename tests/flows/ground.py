"""What the tests of the flows stand on: a time, a way to run, and a whole `up` in a process of its own."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import psutil

T = TypeVar("T")

NOON = datetime(2021, 10, 22, 12, 0, tzinfo=UTC)
_UP = """
import asyncio, os
from connectors.environment import load
from tocsin.up import up
asyncio.run(up(*load(os.environ), os.environ, ready=lambda text: print("READY", text, flush=True)))
"""


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def eventually(true: Callable[[], Any], seconds: float) -> Any:
    """What another process does can only be looked for."""
    until = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < until, f"not within {seconds:.0f} s"
        time.sleep(0.1)
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Supervised:
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text()

    def wait_ready(self) -> None:
        eventually(lambda: "READY" in self.said or self.process.poll() is not None, 120)
        assert self.process.poll() is None, self.said

    def stop(self) -> float:
        """Ctrl-C, and how many seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        return time.monotonic() - began


@contextmanager
def supervised(environment: dict[str, str], log: Path) -> Iterator[Supervised]:
    clean = {name: text for name, text in os.environ.items() if not name.startswith(("PREFECT_", "TOCSIN_", "KAFKA_"))}
    with log.open("ab") as out:
        process = subprocess.Popen([sys.executable, "-c", _UP], env=clean | environment, stdout=out, stderr=out)
    try:
        yield Supervised(process=process, log=log)
    finally:
        for left in family(process.pid):
            with suppress(psutil.NoSuchProcess):
                left.kill()
        process.wait()


def family(pid: int) -> list[psutil.Process]:
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
