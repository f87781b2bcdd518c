"""A real Kafka for the tests: one node a session, its jars fetched once a machine."""

import fcntl
import os
import random
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from connectors.node import Node
from connectors.node.jars import jars
from schemas.settings import Settings


@pytest.fixture(scope="session")
def kafka_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    node = make_node(tmp_path_factory.mktemp("kafka"))
    node.start()
    yield node
    node.stop()


def make_node(home: Path) -> Node:
    """Not started, on a free port, with the jars of this machine's cache."""
    (home / "kafka").mkdir(parents=True)
    (home / "kafka" / "jars").symlink_to(jar_cache())
    return Node(home, free_port())


def jar_cache() -> Path:
    folder = Path(os.environ.get("TOCSIN_TEST_JARS") or "~/.cache/tocsin/kafka").expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        jars(folder, lambda *_: None)
    return folder


def settings_of(node: Node) -> Settings:
    return Settings(kafka_port=int(node.servers.rpartition(":")[2]))


def free_port() -> int:
    """One whose next is free too: the controller's. Below those that the system hands to outgoing connections."""
    while True:
        with socket.socket() as first, socket.socket() as second, suppress(OSError):
            port = random.randrange(21000, 29000, 2)
            first.bind(("127.0.0.1", port))
            second.bind(("127.0.0.1", port + 1))
            return port
