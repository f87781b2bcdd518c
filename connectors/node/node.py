"""One Kafka node under a home: prepared, started, stopped, asked how it is. It outlives the process that started it."""

import fcntl
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from connectors.broker.clients import answers
from connectors.broker.options import client
from connectors.node.jars import Progress, jars
from connectors.node.java import Java
from connectors.node.log import last_words, turn_over
from connectors.node.port import holder
from connectors.node.properties import properties
from connectors.node.storage import check_room, format_once
from connectors.pidfile import recall, remember
from schemas.errors import NodeError
from schemas.settings import Settings

_LEAST_FREE = 256 * 2**20  # bytes
_PATIENCE = 60.0  # seconds until it must answer
_GRACE = 10.0  # seconds between SIGTERM and SIGKILL
_ANSWER = 2.0  # seconds
_PORT_PATIENCE = 5.0  # seconds
_LOOK = 0.05  # seconds between looks at a port that is not open yet


@dataclass(frozen=True, kw_only=True, slots=True)
class NodeStatus:
    """memory: resident bytes. trouble: its last words, where it ended without being stopped."""

    running: bool
    answers: bool
    servers: str
    data: str
    log: str
    pid: int | None = None
    started_dt: datetime | None = None
    memory: int | None = None
    trouble: str | None = None


class Node:
    """Synchronous. May be used from several threads and processes: starts wait for one another, the later finds it running."""

    def __init__(self, home: Path, port: int) -> None:
        self._folder, self._port = home.resolve() / "kafka", port
        self._data, self._pid_file = self._folder / "data", self._folder / "node.json"
        self.servers, self.log_path = f"127.0.0.1:{port}", self._folder / "log" / "kafka.log"

    @property
    def pid(self) -> int | None:
        process = recall(self._pid_file)
        return process.pid if process else None

    def prepare(self, progress: Progress = lambda *_: None) -> None:
        """Fetches what jars are missing, verifies all. Raises NodeError."""
        with self._alone():
            check_room(self._folder, _LEAST_FREE)
            jars(self._folder / "jars", progress)

    def start(self) -> None:
        """Returns when it answers, at once where it did before. Raises NodeError."""
        with self._alone():
            self._await_answer(recall(self._pid_file) or self._launch(), time.monotonic() + _PATIENCE)

    def stop(self) -> None:
        """Returns when it has ended: it is asked, and killed where it has not ended 10 s later."""
        if process := recall(self._pid_file):
            process.terminate()
            if psutil.wait_procs([process], timeout=_GRACE)[1]:
                process.kill()
                psutil.wait_procs([process], timeout=_GRACE)
        self._pid_file.unlink(missing_ok=True)

    def status(self) -> NodeStatus:
        process = recall(self._pid_file)
        died = not process and self._pid_file.exists()
        return NodeStatus(
            running=bool(process),
            answers=bool(process) and self._answers(),
            servers=self.servers,
            data=str(self._data),
            log=str(self.log_path),
            pid=process.pid if process else None,
            started_dt=datetime.fromtimestamp(process.create_time(), UTC) if process else None,
            memory=process.memory_info().rss if process else None,
            trouble=last_words(self.log_path) if died else None,
        )

    def _launch(self) -> psutil.Process:
        check_room(self._folder, _LEAST_FREE)
        for port in (self._port, self._port + 1):
            _refuse_taken(port)
        java = Java(jars=jars(self._folder / "jars", lambda *_: None), logs=self.log_path.parent)
        turn_over(self.log_path)
        format_once(self._data, self._port, java)
        file = self._folder / "node.properties"
        file.write_text(properties(self._port, self._data), encoding="utf-8")
        return remember(self._pid_file, java.spawn("kafka.Kafka", str(file), output=self.log_path))

    def _await_answer(self, process: psutil.Process, deadline: float) -> None:
        while recall(self._pid_file) == process and time.monotonic() < deadline:
            if _is_open(self._port) and self._answers():
                return
            time.sleep(_LOOK)
        words = last_words(self.log_path)
        if recall(self._pid_file) != process:
            advice = "Make room on its disk" if "No space left" in words else f"Its log is {self.log_path}"
            raise NodeError(f"it ended while it started: {words}", advice)
        raise NodeError(
            f"process {process.pid} gives no answer after {_PATIENCE:.0f} s: {words}", f"tocsin kafka stop; see {self.log_path}"
        )

    def _answers(self) -> bool:
        return answers(client(Settings(kafka_port=self._port)), _ANSWER)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _refuse_taken(port: int) -> None:
    """A port without a listener may still be busy with the end of its last one: that passes."""
    until = time.monotonic() + _PORT_PATIENCE
    while not _is_free(port):
        if (who := holder(port)) or time.monotonic() > until:
            raise NodeError(
                f"port {port} is taken by {who or 'we cannot see whom'}", "Stop it, or choose another port with TOCSIN_KAFKA_PORT"
            )
        time.sleep(_LOOK)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
