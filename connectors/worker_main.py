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
from collections.abc import Callable
from typing import Any, BinaryIO

HEADER = struct.Struct(">Q")
LONGEST_PROBLEM = 500
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def main(memory: int, cpu_seconds: int) -> None:
    tasks, answers = _pipes()
    _prepare(memory)
    while work := read(tasks):
        _raise_cpu_limit(cpu_seconds)
        answer, fit = _done(work)
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


def _done(work: bytes) -> tuple[bytes, bool]:
    """The pickled (answer, problem), and whether this process may go on."""
    try:
        module, name, args = pickle.loads(work)
        function: Callable[..., Any] = getattr(importlib.import_module(module), name)
        return pickle.dumps((function(*args), None)), True
    except MemoryError:
        return pickle.dumps((None, "memory")), False
    except Exception as error:  # noqa: BLE001  whatever hostile bytes raise is an answer, not our end
        return pickle.dumps((None, f"{type(error).__name__}: {error}"[:LONGEST_PROBLEM])), True


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


def _raise_cpu_limit(seconds: int) -> None:
    """The limit counts from the start of the process, so each task moves it on."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 1 + seconds, hard))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
