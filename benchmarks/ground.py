"""Where a measurement takes place: homes of its own, ports of its own, a Kafka; at the end all of it is gone."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

import psutil
from kafka import KafkaAdminClient

from connectors.node import Node
from connectors.node.jars import jars
from schemas.streams import STREAMS

ROOT = Path(__file__).resolve().parents[1]
_OURS = ("TOCSIN_", "PREFECT_", "KAFKA_")  # settings of whoever measures would be measured with
_LOOK = 0.05  # seconds between looks
_GRACE = 15.0  # seconds for a program that was told to stop


@dataclass(frozen=True, kw_only=True, slots=True)
class Home:
    folder: Path
    variables: Mapping[str, str]

    @property
    def config(self) -> Path:
        return self.folder / "config"


class Ground:
    def __init__(self, folder: Path, first_port: int, ends: ExitStack) -> None:
        self._folder, self._ports, self._numbers, self._ends = folder, count(first_port), count(), ends

    def port(self) -> int:
        """Free, and the next one too: Kafka takes two."""
        while not (_is_free(port := next(self._ports)) and _is_free(port + 1)):
            pass
        next(self._ports)
        return port

    def home(self, name: str, **chosen: object) -> Home:
        """chosen: settings by their field's name. The jars are those of this machine's cache."""
        folder = self._folder / f"{name}-{next(self._numbers)}"
        (folder / "kafka").mkdir(parents=True)
        (folder / "kafka" / "jars").symlink_to(_jar_cache())
        settings = {f"TOCSIN_{field.upper()}": str(value) for field, value in chosen.items()}
        rest = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        ours = {"TOCSIN_HOME": str(folder), "TOCSIN_CONFIG": str(folder / "config"), "PYTHONPATH": str(ROOT), "HOOK_SECRET": "bench"}
        return Home(folder=folder, variables=rest | ours | settings)

    @cached_property
    def node(self) -> Node:
        """One for all that need a broker and no more."""
        node = Node(self.home("node").folder, self.port())
        self._ends.callback(node.stop)
        node.start()
        return node

    def no_streams(self) -> int:
        """The node's port; none of our streams is on it any more."""
        admin = KafkaAdminClient(bootstrap_servers=self.node.servers)
        names = [stream.name for stream in STREAMS]
        if there := [topic["name"] for topic in admin.describe_topics(names) if not topic["error_code"]]:
            admin.delete_topics(there)
        while any(not topic["error_code"] for topic in admin.describe_topics(names)):
            pass
        admin.close()
        return int(self.node.servers.rpartition(":")[2])


@contextmanager
def ground(first_port: int, scratch: Path | None = None) -> Iterator[Ground]:
    if scratch:
        scratch.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="tocsin-bench-", dir=scratch))
    with ExitStack() as ends:
        ends.callback(shutil.rmtree, folder, ignore_errors=True)
        yield Ground(folder, first_port, ends)


@contextmanager
def program(command: Sequence[str], home: Home, name: str) -> Iterator[psutil.Popen]:
    """A command with its output in `<home>/<name>.out` and `.err`; told to stop at the end, and killed with all its descendants."""
    with (home.folder / f"{name}.out").open("wb") as out, (home.folder / f"{name}.err").open("wb") as errors:
        process = psutil.Popen(command, env=dict(home.variables), cwd=home.folder, stdin=subprocess.PIPE, stdout=out, stderr=errors)
    try:
        yield process
    finally:
        stop(process)


def stop(process: psutil.Popen) -> list[psutil.Process]:
    """Whoever was left when the program itself had ended."""
    family: list[psutil.Process] = []
    with suppress(psutil.NoSuchProcess):
        family = process.children(recursive=True)
    if process.stdin:
        process.stdin.close()
    with suppress(psutil.NoSuchProcess, psutil.TimeoutExpired):
        process.terminate()
        process.wait(_GRACE)
    left = [member for member in [process, *family] if member.is_running() and member.status() != psutil.STATUS_ZOMBIE]
    for member in left:
        with suppress(psutil.NoSuchProcess):
            member.kill()
    psutil.wait_procs(left, timeout=_GRACE)
    return left


def awaited(process: psutil.Popen, there: Callable[[], bool], seconds: float, errors: Path) -> float:
    """The instant (of time.monotonic) at which it came true. Raises RuntimeError, with the last of `errors`, where it does not in time."""
    until = time.monotonic() + seconds
    while not there():
        if process.poll() is not None or time.monotonic() > until:
            how = "it does not get there" if process.poll() is None else f"it ended with {process.returncode}"
            raise RuntimeError(f"{' '.join(process.args)}: {how}: {errors.read_text(encoding='utf-8')[-1000:]}")
        time.sleep(_LOOK)
    return time.monotonic()


def tocsin(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("tocsin")), *arguments]


def _jar_cache() -> Path:
    folder = Path(os.environ.get("TOCSIN_TEST_JARS") or "~/.cache/tocsin/kafka").expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        jars(folder, lambda *_: None)
    return folder


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return True
    return False
