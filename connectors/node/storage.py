"""The folder that the node writes to: room on its disk, made ready once."""

import base64
import shutil
import tempfile
import uuid
from pathlib import Path

from connectors.node.java import Java
from connectors.node.properties import properties
from schemas.errors import NodeError


def check_room(folder: Path, least: int) -> None:
    """Raises NodeError where the disk has less than `least` bytes for us."""
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < least:
        problem = f"the disk of {folder} has {free // 2**20} MiB left, it needs {least // 2**20}"
        raise NodeError(problem, "Make room, or choose another place with TOCSIN_HOME")


def format_once(data: Path, port: int, java: Java) -> None:
    """All or nothing: made ready beside its place and moved there, so a kill leaves no half of it.

    A folder without Kafka's mark was deleted under a running node, which wrote on: Kafka refuses it for ever, so it is set aside.
    """
    if (data / "meta.properties").exists():
        return
    if data.exists():
        aside = data.with_name(f"{data.name}.unmarked")
        shutil.rmtree(aside, ignore_errors=True)
        data.rename(aside)
    with tempfile.TemporaryDirectory(dir=data.parent) as scratch:
        made, file = Path(scratch, "data"), Path(scratch, "node.properties")
        file.write_text(properties(port, made), encoding="utf-8")
        java.run("kafka.tools.StorageTool", "format", "--standalone", "--ignore-formatted", "-t", _cluster_id(), "-c", str(file))
        made.rename(data)


def _cluster_id() -> str:
    """As Kafka writes a UUID; one that begins with a dash would be read as an option."""
    while (text := base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        pass
    return text
