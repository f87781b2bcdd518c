"""Worker processes: hostile bytes are read where a crash, a hang or a flood of memory costs one item and no neighbour."""

import asyncio
import contextlib
import os
import pickle
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TypeVar, cast

from connectors.doors import WorkerFailed
from connectors.worker_main import HEADER

T = TypeVar("T")

_MEMORY = 2**30  # bytes of address space
_TASKS = 2_000  # until a process is replaced, in case a library leaks
_LARGEST = 64 * 2**20  # bytes of an answer
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZ")  # no secret reaches hostile bytes


class Processes:
    """The Workers door. At most `count` processes, started when there is work for them, that live on for the next.

    Not multiprocessing: its spawned children import the parent's main module again, Prefect for 3 s, and a fork copies its threads' locks.
    """

    def __init__(self, count: int, deadline: float = 15, memory: int = _MEMORY) -> None:
        self._workers = [_Worker(deadline, memory) for _ in range(count)]
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()  # the one that worked last is warm

    async def __aenter__(self) -> "Processes":
        for worker in self._workers:
            self._idle.put_nowait(worker)
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for worker in self._workers:
            await worker.end()

    async def run(self, work: Callable[..., T], *args: object) -> T:
        """`work` is a function at the top of a module that the child can import too. Raises WorkerFailed."""
        task = pickle.dumps((work.__module__, work.__qualname__, args))
        worker = await self._idle.get()
        try:
            return cast(T, await worker.run(task))
        finally:
            self._idle.put_nowait(worker)


class _Worker:
    """One place for a process: whoever fails or is cancelled in it leaves it empty, and the next task starts another."""

    def __init__(self, deadline: float, memory: int) -> None:
        self._deadline, self._memory = deadline, memory
        self._process: Process | None = None
        self._tasks = 0

    async def run(self, task: bytes) -> object:
        usable = False
        try:
            async with asyncio.timeout(self._deadline):
                answer, problem = pickle.loads(await self._exchange(task))
            self._tasks += 1
            usable = problem != "memory" and self._tasks < _TASKS
        except TimeoutError:
            raise WorkerFailed("deadline") from None
        except (EOFError, ConnectionError):
            raise WorkerFailed(await self._cause()) from None
        finally:
            if not usable:
                await self.end()
        if problem is not None:
            raise WorkerFailed(problem)
        return answer

    async def end(self) -> None:
        process, self._process, self._tasks = self._process, None, 0
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate(b"")  # closes both pipes, waits for its end

    async def _exchange(self, task: bytes) -> bytes:
        process = self._process or await self._start()
        assert process.stdin and process.stdout
        process.stdin.write(HEADER.pack(len(task)))
        process.stdin.write(task)
        await process.stdin.drain()
        (size,) = HEADER.unpack(await process.stdout.readexactly(HEADER.size))
        if size > _LARGEST:
            raise WorkerFailed(f"its answer has {size} bytes, more than {_LARGEST}")
        return await process.stdout.readexactly(size)

    async def _start(self) -> Process:
        limits = str(self._memory), str(max(1, round(self._deadline)))
        # -P: no module of the working directory may stand in for one of ours
        command = (sys.executable, "-P", "-W", "ignore", "-m", "connectors.worker_main", *limits)
        self._process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, env=_environment())
        return self._process

    async def _cause(self) -> str:
        """Why a process is gone: the kernel ends one past its CPU time by SIGXCPU."""
        code = await self._process.wait() if self._process else None
        return "deadline" if code == -signal.SIGXCPU else f"died ({_by(code)})"


def _by(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit code {code}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    return kept | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
