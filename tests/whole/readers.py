"""Other people's clients: the streams as kafka-python's console consumer and kcat print them."""

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from schemas.streams import STREAMS


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """One record as a client printed it."""

    stream: str
    partition: int
    offset: int
    key: str
    value: bytes
    headers: tuple[tuple[str, str], ...]


Reader = Callable[[str], list[Read]]  # of the broker's address: every record of our streams


def kafka_python(servers: str) -> list[Read]:
    """Ends when nothing came for a while. It prints what Python writes for its records."""
    topics = [word for stream in STREAMS for word in ("-t", stream.name)]
    options = ["-C", "auto_offset_reset=earliest", "-C", "consumer_timeout_ms=3000", "-f", "full", "-l", "ERROR"]
    printed = _run([sys.executable, "-W", "ignore", "-m", "kafka.consumer", "-b", servers, *topics, *options])
    return [_of_python(line) for line in printed.splitlines()]


def kcat(servers: str) -> list[Read]:
    if not (command := shutil.which("kcat")):
        pytest.skip("kcat is not installed here")
    return [read for stream in STREAMS for read in _of_kcat(_run([command, "-C", "-b", servers, "-t", stream.name, "-e", "-q", "-J"]))]


def _of_python(line: str) -> Read:
    called = ast.parse(line, mode="eval").body
    assert isinstance(called, ast.Call)
    said = {word.arg: ast.literal_eval(word.value) for word in called.keywords if word.arg != "timestamp_type"}
    return Read(
        stream=said["topic"],
        partition=said["partition"],
        offset=said["offset"],
        key=said["key"].decode(),
        value=said["value"],
        headers=tuple((name, text.decode()) for name, text in said["headers"]),
    )


def _of_kcat(printed: str) -> Iterator[Read]:
    for said in map(json.loads, printed.splitlines()):
        words = iter(said["headers"])
        yield Read(
            stream=said["topic"],
            partition=said["partition"],
            offset=said["offset"],
            key=said["key"],
            value=said["payload"].encode(),
            headers=tuple(zip(words, words, strict=True)),
        )


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
