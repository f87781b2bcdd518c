"""What the supervisor keeps alive: a program of ours, or the Kafka node."""

import asyncio
import os
import signal
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import psutil

from connectors.node import Node
from connectors.pidfile import remember
from schemas.errors import Unreachable
from tocsin.up import sessions
from tocsin.up.logs import last_words

_LOOK = 0.2  # seconds between looks whether it answers
_KAFKA_LOOK = 1.0


class Child(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def log(self) -> Path: ...
    @property
    def needed(self) -> bool:
        """Where it is not, the others work on while it cannot start."""

    async def start(self) -> None:
        """Returns when it answers. Raises TocsinError."""

    async def ended(self) -> str:
        """Returns when it has ended, with how; at once where it does not run."""

    async def stop(self) -> None: ...

    def kill(self) -> None:
        """At once, with all that it started."""


class Program:
    """A program in a session of its own. answers: of the running process, whether it does what it is for."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        home: Path,
        environment: Mapping[str, str],
        answers: Callable[[int], Awaitable[bool]],
        *,
        patience: float = 120,
        grace: float = 4,
        folder: Path | None = None,
        needed: bool = True,
    ) -> None:
        self.name, self.log, self.needed = name, home / "log" / f"{name}.log", needed
        self._command, self._environment, self._folder = command, environment, folder
        self._answers, self._patience, self._grace = answers, patience, grace
        self._mark = home / "run" / f"{name}.pid"
        self._process: Process | None = None

    async def start(self) -> None:
        await asyncio.to_thread(sessions.end, self._mark, 0)  # what its last life left: a run whose server of runs is gone
        for folder in (self.log.parent, self._mark.parent):
            folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            process = self._process = await asyncio.create_subprocess_exec(
                *self._command, env=self._environment, cwd=self._folder, stdin=DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        with suppress(psutil.NoSuchProcess):  # where it ended at once, the next lines say so
            remember(self._mark, process.pid)
        until = time.monotonic() + self._patience
        while not await self._answers(process.pid):
            if process.returncode is not None:
                raise Unreachable(self.name, f"it ended while it started: {last_words(self.log)}", f"Its log is {self.log}")
            if time.monotonic() > until:
                self.kill()
                raise Unreachable(self.name, f"no answer after {self._patience:.0f} s: {last_words(self.log)}", f"Its log is {self.log}")
            await asyncio.sleep(_LOOK)

    async def ended(self) -> str:
        return _how(await self._process.wait()) if self._process else "it did not start"

    async def stop(self) -> None:
        if self._process and self._process.returncode is None:
            self._process.terminate()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), self._grace)
        await asyncio.to_thread(sessions.end, self._mark, 0)

    def kill(self) -> None:
        sessions.end(self._mark, 0)


class Kafka:
    """The embedded node. It may have outlived an earlier supervisor: then it is taken over as it is."""

    name, needed = "kafka", True

    def __init__(self, node: Node, grace: float = 3.5) -> None:
        self._node, self._grace, self.log = node, grace, node.log_path
        self._starting: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._starting = asyncio.create_task(asyncio.to_thread(self._node.start))
        await asyncio.shield(self._starting)

    async def ended(self) -> str:
        while await asyncio.to_thread(lambda: self._node.pid):
            await asyncio.sleep(_KAFKA_LOOK)
        return "its process is gone"

    async def stop(self) -> None:
        while self._starting and not self._starting.done() and not self._node.pid:
            await asyncio.sleep(_LOOK)  # a thread cannot be cancelled: what it is about to start is there in a second
        stopping = asyncio.create_task(asyncio.to_thread(self._node.stop))
        if not (await asyncio.wait([stopping], timeout=self._grace))[0]:
            self.kill()
        await stopping
        if self._starting:
            await asyncio.wait([self._starting])
            self._starting.exception()  # that it was stopped while it started is no news

    def kill(self) -> None:
        if pid := self._node.pid:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _how(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
