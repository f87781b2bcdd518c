"""python -m tocsin.web, as a supervisor starts and ends it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection, create_server

from tests.web.served import Client


@contextmanager
def started(home: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")} | {"TOCSIN_HOME": str(home)}
    command = [sys.executable, "-m", "tocsin.web", *arguments]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def told(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    return process.stderr.readline()


def test_it_serves_what_the_environment_names_and_ends_within_two_seconds(tmp_path: Path) -> None:
    with started(tmp_path, "--port", "0") as process:
        address = told(process).removeprefix("web page: ").strip()
        port = int(address.rstrip("/").rpartition(":")[2])
        assert Client(port=port).ask("/healthz").status == 200

        with create_connection(("127.0.0.1", port)) as waiting:
            waiting.sendall(b"GET / HTTP/1.1\r\nHost: half of a request")  # a client that never ends what it began
            asked = time.monotonic()
            process.send_signal(signal.SIGTERM)
            code = process.wait(10)

    assert code == 0 and time.monotonic() - asked < 2
    assert (tmp_path / "state" / "tocsin.db").exists()


def test_a_port_that_is_taken_is_said_with_what_to_do(tmp_path: Path) -> None:
    with create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        with started(tmp_path, "--port", port) as process:
            said = told(process)
            code = process.wait(20)

    assert code == 3
    assert "TOCSIN_WEB_PORT: cannot listen at 127.0.0.1 port" in said and "Choose another one with --port" in said


def test_it_does_not_start_where_others_can_reach_it(tmp_path: Path) -> None:
    with started(tmp_path, "--host", "0.0.0.0") as process:
        said = told(process)
        code = process.wait(20)

    assert code == 3 and "needs a token, which is not supported yet" in said
    assert not (tmp_path / "state").exists()
