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
from connectors.worker_main import BEGUN, HEADER

T = TypeVar("T")

_MEMORY = 2**30  # bytes of address space
_CPU = 10  # seconds
_DEADLINE = 11  # seconds by the clock, from when the work begins
_START = 60  # seconds in which a process is there and has imported what it needs, on a machine under load
_SLOW = 0.5  # seconds after which work gives up its place: more than 99 feeds of 100 and pages of 100 take
_NICE = 10  # a tenth of a neighbour's time where there is no other: 19 would starve honest work that is only large
_TASKS = 2_000  # until a process is replaced, in case a library leaks
_LARGEST = 64 * 2**20  # bytes of an answer
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZ")  # no secret reaches hostile bytes


class Processes:
    """The Workers door. At most `count` processes, started when there is work for them, that live on for the next.

    Work that turns out slow leaves its place to another process and goes on beside it, with what CPU time the others leave it: at most
    `count` do so at a time. So hostile documents hold up nobody.

    Not multiprocessing: its spawned children import the parent's main module again, Prefect for 3 s, and a fork copies its threads' locks.
    """

    def __init__(self, count: int, deadline: float = _DEADLINE, memory: int = _MEMORY) -> None:
        self._deadline, self._memory = deadline, memory
        self._places, self._spare = asyncio.Semaphore(count), asyncio.Semaphore(count)  # both first come, first served
        self._workers: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._aside: set[_Worker] = set()

    async def __aenter__(self) -> "Processes":
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for worker in list(self._workers):
            await worker.end()

    async def run(self, work: Callable[..., T], *args: object) -> T:
        """`work` is a function at the top of a module that the child can import too. Raises WorkerFailed."""
        task = pickle.dumps((work.__module__, work.__qualname__, args))
        await self._places.acquire()
        worker = self._idle.pop() if self._idle else self._new()  # the one that worked last is warm
        watch = asyncio.create_task(self._set_aside_if_slow(worker))
        try:
            return cast(T, await worker.run(task))
        finally:
            watch.cancel()
            await self._give_back(worker)

    def _new(self) -> "_Worker":
        worker = _Worker(self._deadline, self._memory)
        self._workers.add(worker)
        return worker

    async def _set_aside_if_slow(self, worker: "_Worker") -> None:
        await worker.begun.wait()
        await asyncio.sleep(_SLOW)
        await self._spare.acquire()
        self._aside.add(worker)
        worker.step_back()
        self._places.release()

    async def _give_back(self, worker: "_Worker") -> None:
        if worker not in self._aside:
            self._idle.append(worker)
            return self._places.release()
        self._aside.remove(worker)
        self._workers.remove(worker)
        self._spare.release()
        await worker.end()


class _Worker:
    """One place for a process: whoever fails or is cancelled in it leaves it empty, and the next task starts another."""

    def __init__(self, deadline: float, memory: int) -> None:
        self._deadline, self._memory = deadline, memory
        self._process: Process | None = None
        self._tasks = 0
        self.begun = asyncio.Event()

    async def run(self, task: bytes) -> object:
        usable = False
        try:
            answer, problem = pickle.loads(await self._exchange(task))
            self._tasks += 1
            usable = problem != "memory" and self._tasks < _TASKS
        except TimeoutError:
            raise WorkerFailed("deadline") from None
        except (EOFError, ConnectionError):
            raise WorkerFailed(await self._cause()) from None
        finally:
            self.begun.clear()
            if not usable:
                await self.end()
        if problem is not None:
            raise WorkerFailed(problem)
        return answer

    def step_back(self) -> None:
        """From now on with the CPU time that others leave."""
        if self._process:
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICE)

    async def end(self) -> None:
        process, self._process, self._tasks = self._process, None, 0
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate(b"")  # closes both pipes, waits for its end

    async def _exchange(self, task: bytes) -> bytes:
        """The answer. The deadline counts from when the work begins: a machine under load may be slow to start a process."""
        async with asyncio.timeout(_START):
            process = self._process or await self._start()
            assert process.stdin
            process.stdin.write(HEADER.pack(len(task)))
            process.stdin.write(task)
            await process.stdin.drain()
            message = await self._message(process)
        if message != BEGUN:
            return message
        self.begun.set()
        async with asyncio.timeout(self._deadline):
            return await self._message(process)

    async def _message(self, process: Process) -> bytes:
        assert process.stdout
        (size,) = HEADER.unpack(await process.stdout.readexactly(HEADER.size))
        if size > _LARGEST:
            raise WorkerFailed(f"its answer has {size} bytes, more than {_LARGEST}")
        return await process.stdout.readexactly(size)

    async def _start(self) -> Process:
        # -P: no module of the working directory may stand in for one of ours
        command = (sys.executable, "-P", "-W", "ignore", "-m", "connectors.worker_main", str(self._memory), str(_CPU))
        self._process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, env=_environment())
        return self._process

    async def _cause(self) -> str:
        """Why a process is gone: its timer ends one past its CPU time by SIGPROF."""
        code = await self._process.wait() if self._process else None
        return "deadline" if code == -signal.SIGPROF else f"died ({_by(code)})"


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
