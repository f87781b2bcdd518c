"""tocsin kafka and tocsin streams, as a person at a terminal sees them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.node import Node
from tests.kafka.node import free_port, make_node, settings_of

pytestmark = pytest.mark.kafka


def tocsin(home: Path, *arguments: str, port: int, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run in an environment where nothing else of ours is set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TOCSIN_", "KAFKA_"))}
    environment = kept | {"TOCSIN_HOME": str(home), "TOCSIN_KAFKA_PORT": str(port)} | variables
    command = [sys.executable, "-c", "from tocsin.cli import main; main()", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=90, check=False)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    node = make_node(tmp_path)
    yield tmp_path, settings_of(node).kafka_port
    node.stop()


def test_it_starts_tells_how_it_is_and_stops(home: tuple[Path, int]) -> None:
    where, port = home
    assert tocsin(where, "kafka", "status", port=port).returncode == 1

    started = tocsin(where, "kafka", "start", "--json", port=port)
    assert started.returncode == 0, started.stderr
    row = json.loads(started.stdout)
    assert (row["running"], row["answers"], row["servers"]) == (True, True, f"127.0.0.1:{port}")

    status = tocsin(where, "kafka", "status", "--json", port=port)
    assert (status.returncode, json.loads(status.stdout)["pid"]) == (0, row["pid"])

    planned = tocsin(where, "streams", "plan", "--json", port=port)
    assert planned.returncode == 0
    assert {json.loads(line)["action"] for line in planned.stdout.splitlines()} == {"create"}
    assert tocsin(where, "streams", "check", port=port).returncode == 1

    stopped = tocsin(where, "kafka", "stop", port=port)
    assert (stopped.returncode, stopped.stdout) == (0, "")
    assert tocsin(where, "kafka", "status", port=port).returncode == 1
    assert "WARN" in tocsin(where, "kafka", "logs", "-n", "3", port=port).stdout


def test_streams_without_a_kafka_say_so_in_words(tmp_path: Path) -> None:
    port = free_port()

    asked = tocsin(tmp_path, "streams", "plan", port=port)

    assert (asked.returncode, asked.stdout) == (4, "")
    assert asked.stderr.startswith(f"tocsin: Kafka at 127.0.0.1:{port}: it does not answer")
    assert len(asked.stderr.splitlines()) == 1


def test_another_kafka_that_is_given_keeps_ours_away(tmp_path: Path, kafka_node: Node) -> None:
    given = {"KAFKA_BOOTSTRAP_SERVERS": kafka_node.servers}

    refused = tocsin(tmp_path, "kafka", "start", port=free_port(), **given)
    assert refused.returncode == 3
    assert "never started" in refused.stderr

    theirs = tocsin(tmp_path, "kafka", "status", "--json", port=free_port(), **given)
    assert (theirs.returncode, json.loads(theirs.stdout)["ours"]) == (0, False)


def test_a_log_that_never_was_is_no_answer(tmp_path: Path) -> None:
    assert tocsin(tmp_path, "kafka", "logs", port=free_port()).returncode == 1
