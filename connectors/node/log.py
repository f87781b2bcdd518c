"""What the node has said: one file a start, the last few kept."""

import os
import time
from collections.abc import Generator, Sequence
from pathlib import Path

_KEPT = 5  # logs of earlier starts
_LOOK = 0.25  # seconds


def turn_over(log: Path) -> None:
    """An empty place for this start's log; those of the last starts stand beside it as .1, .2 …"""
    log.parent.mkdir(parents=True, exist_ok=True)
    for n in range(_KEPT - 1, 0, -1):
        if (older := _numbered(log, n)).exists():
            older.replace(_numbered(log, n + 1))
    if log.exists():
        log.replace(_numbered(log, 1))


def last_lines(log: Path, count: int) -> Sequence[str]:
    try:
        return _last(log.read_text(encoding="utf-8", errors="replace"), count)
    except FileNotFoundError:
        return ()


def following(log: Path, count: int) -> Generator[str, None, None]:
    """The last lines, then each as it is written, also into the file of a later start. Does not end."""
    file = log.open(encoding="utf-8", errors="replace")
    try:
        yield from _last(file.read(), count)
        while True:
            if line := file.readline():
                yield line.rstrip("\n")
                continue
            if log.exists() and log.stat().st_ino != os.fstat(file.fileno()).st_ino:
                file.close()
                file = log.open(encoding="utf-8", errors="replace")
            time.sleep(_LOOK)
    finally:
        file.close()


def last_words(log: Path) -> str:
    """The line that says why it ended: its last error, else its last line."""
    lines = [line for line in last_lines(log, 200) if line and not line.startswith(("\t", "WARNING:"))]
    troubles = [line for line in lines if " ERROR " in line or "Exception" in line]
    return (troubles or lines or ["it said nothing"])[-1]


def _last(text: str, count: int) -> Sequence[str]:
    return text.splitlines()[-count:] if count else ()


def _numbered(log: Path, n: int) -> Path:
    return log.with_name(f"{log.name}.{n}")
