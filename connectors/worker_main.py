"""The inside of a worker process: takes pickled work from its standard input, answers on what was its standard output, one at a time."""

import contextlib
import ctypes
import importlib
import logging
import os
import pickle
import resource
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

HEADER = struct.Struct(">Q")
BEGUN = b"begun"
LONGEST_PROBLEM = 500
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def main(memory: int, cpu_seconds: float) -> None:
    tasks, answers = _pipes()
    _prepare(memory)
    while task := read(tasks):
        answer, fit = _done(task, answers, cpu_seconds)
        write(answers, answer)
        if not fit:
            return


def read(pipe: BinaryIO) -> bytes:
    """One message; nothing where the other side is gone."""
    header = pipe.read(HEADER.size)
    return pipe.read(HEADER.unpack(header)[0]) if len(header) == HEADER.size else b""


def write(pipe: BinaryIO, message: bytes) -> None:
    pipe.write(HEADER.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _done(task: bytes, answers: BinaryIO, cpu_seconds: float) -> tuple[bytes, bool]:
    """The pickled (answer, problem), and whether this process may go on."""
    try:
        module, name, args = pickle.loads(task)
        function: Callable[..., Any] = getattr(importlib.import_module(module), name)
        write(answers, BEGUN)  # from here on the time is the document's: what was imported is not its fault
        with _limited(cpu_seconds):
            return pickle.dumps((function(*args), None)), True
    except MemoryError:
        return pickle.dumps((None, "memory")), False
    except Exception as error:  # noqa: BLE001  whatever hostile bytes raise is an answer, not our end
        return pickle.dumps((None, f"{type(error).__name__}: {error}"[:LONGEST_PROBLEM])), True


@contextlib.contextmanager
def _limited(cpu_seconds: float) -> Iterator[None]:
    """Work past this much CPU time ends the process, by SIGPROF."""
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Ours alone: what the work prints goes to standard error, and what it reads from standard input is nothing."""
    tasks, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return os.fdopen(tasks, "rb"), os.fdopen(answers, "wb")


def _prepare(memory: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: the parent decides when we end
    logging.disable()  # the libraries' talk about single documents
    with contextlib.suppress(OSError, AttributeError):  # Linux only; elsewhere the end of standard input ends us
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    with contextlib.suppress(OSError, ValueError):  # macOS knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
