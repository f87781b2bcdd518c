"""Which runs of ours are at work on this machine: a file for each under the home, with its process. Imports no Prefect."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from connectors.pidfile import recall, remember


@dataclass(frozen=True, kw_only=True, slots=True)
class Cycle:
    """process: None where it is gone."""

    flow: str
    run_id: str
    process: psutil.Process | None
    file: Path


@contextmanager
def noted(home: Path, flow: str, run_id: str) -> Iterator[None]:
    """This process works on that run."""
    file = _folder(home) / f"{flow}.{run_id}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    remember(file, os.getpid())
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def cycles(home: Path) -> list[Cycle]:
    files = sorted(_folder(home).glob("*.json"))
    return [Cycle(flow=f.stem.split(".")[0], run_id=f.stem.split(".")[-1], process=recall(f), file=f) for f in files]


def _folder(home: Path) -> Path:
    return home / "run" / "cycles"
