"""The folder that the node writes to: room on its disk, made ready once, logs turned over."""

import base64
import shutil
import tempfile
import uuid
from collections.abc import Sequence
from pathlib import Path

from connectors.node.java import Java
from connectors.node.properties import properties
from schemas.errors import NodeError

_KEPT = 5  # logs of earlier starts


def check_room(folder: Path, least: int) -> None:
    """Raises NodeError where the disk has less than `least` bytes for us."""
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < least:
        problem = f"the disk of {folder} has {free // 2**20} MiB left, it needs {least // 2**20}"
        raise NodeError(problem, "Make room, or choose another place with TOCSIN_HOME")


def format_once(data: Path, port: int, java: Java) -> None:
    """All or nothing: made ready beside its place and moved there, so a kill leaves no half of it."""
    if data.exists():
        return
    with tempfile.TemporaryDirectory(dir=data.parent) as scratch:
        made, file = Path(scratch, "data"), Path(scratch, "node.properties")
        file.write_text(properties(port, made), encoding="utf-8")
        java.run("kafka.tools.StorageTool", "format", "--standalone", "--ignore-formatted", "-t", _cluster_id(), "-c", str(file))
        made.rename(data)


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
        return log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    except FileNotFoundError:
        return ()


def last_words(log: Path) -> str:
    """The line that says why it ended: its last error, else its last line."""
    lines = [line for line in last_lines(log, 200) if line and not line.startswith(("\t", "WARNING:"))]
    troubles = [line for line in lines if " ERROR " in line or "Exception" in line]
    return (troubles or lines or ["it said nothing"])[-1]


def _numbered(log: Path, n: int) -> Path:
    return log.with_name(f"{log.name}.{n}")


def _cluster_id() -> str:
    """As Kafka writes a UUID; one that begins with a dash would be read as an option."""
    while (text := base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        pass
    return text
