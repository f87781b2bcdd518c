"""The supervisor, with small programs of the tests' own as its children: what ends comes back, and nothing stays behind."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from connectors.pidfile import recall, remember
from schemas.errors import AlreadyRunning, Unreachable
from tests.flows.ground import run
from tocsin.up import sessions
from tocsin.up.child import Program
from tocsin.up.lock import alone
from tocsin.up.logs import last_words, turn_over
from tocsin.up.programs import refuse_taken
from tocsin.up.supervisor import Supervisor

# a parent that starts a child and, where it is told to end, leaves it behind; the file says that both are there
PARENT = """
import pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
time.sleep(600)
"""


class Town:
    def __init__(self, home: Path) -> None:
        self.home, self.sign, self.said = home, home / "sign", list[str]()
        self.back = asyncio.Event()

    def program(self, code: str = PARENT, needed: bool = True, patience: float = 20) -> Program:
        async def answers(_: int) -> bool:
            return self.sign.exists()

        command = [sys.executable, "-c", code, str(self.sign)]
        return Program("paper", command, self.home, dict(os.environ), answers, patience=patience, grace=5, needed=needed)

    def say(self, text: str) -> None:
        self.said.append(text)
        if text.startswith("paper is up") and len(self.said) > 1:
            self.back.set()

    @property
    def mark(self) -> Path:
        return self.home / "run" / "paper.pid"

    @property
    def alive(self) -> list[int]:
        return [process.pid for process in sessions.members(self.mark)]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    yield made
    sessions.end(made.mark, 0)


def lives(pid: int) -> bool:
    """An orphan that nobody has buried yet does not."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def within(work: Coroutine[Any, Any, None], seconds: float = 40) -> None:
    run(asyncio.wait_for(work, seconds))


def test_a_killed_child_comes_back_and_what_it_left_behind_is_gone(town: Town) -> None:
    async def work() -> None:
        supervisor = Supervisor([[town.program()]], town.say)
        await supervisor.start()
        parent, child = town.alive
        keeping = asyncio.create_task(supervisor.keep())
        town.sign.unlink()
        os.kill(parent, signal.SIGKILL)
        await town.back.wait()

        assert town.said[1] == "paper ended (SIGKILL); it is started again in 1 s"
        assert not {parent, child} & set(town.alive) and not lives(child)
        keeping.cancel()
        await supervisor.stop()

    within(work())


def test_after_the_stop_no_process_is_left_and_no_mark(town: Town) -> None:
    async def work() -> None:
        supervisor = Supervisor([[town.program()]], town.say)
        await supervisor.start()
        before = town.alive
        await supervisor.stop()

        assert len(before) == 2
        assert not any(lives(pid) for pid in before)
        assert not town.mark.exists()

    within(work())


def test_what_a_killed_supervisor_left_is_found_and_ended_even_without_its_leader(town: Town) -> None:
    async def work() -> None:
        program = town.program()
        await program.start()
        parent, child = town.alive
        os.kill(parent, signal.SIGKILL)
        await program.ended()

        assert recall(town.mark) is None
        assert await asyncio.to_thread(sessions.end, town.mark, 5) == 1
        assert not lives(child)

    within(work())


def test_a_child_that_ends_while_it_starts_says_why_and_the_others_are_stopped(town: Town) -> None:
    async def work() -> None:
        supervisor = Supervisor([[town.program("import sys; sys.exit('no disk')")]], town.say)
        with pytest.raises(Unreachable, match=r"paper: it ended while it started: no disk\. Its log is .*paper\.log"):
            await supervisor.start()
        await supervisor.stop()

        assert town.alive == []

    within(work())


def test_a_child_that_never_answers_is_given_up(town: Town) -> None:
    async def work() -> None:
        with pytest.raises(Unreachable, match="no answer after 1 s"):
            await town.program("import time; time.sleep(600)", patience=1).start()

        assert town.alive == []

    within(work())


def test_what_is_not_needed_does_not_keep_the_others_from_their_work(town: Town) -> None:
    async def work() -> None:
        await Supervisor([[town.program("import sys; sys.exit('port taken')", needed=False)]], town.say).start()

        assert "port taken" in town.said[0]

    within(work())


def test_a_home_has_one_supervisor_and_the_second_is_told_who(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(AlreadyRunning, match=f"process {os.getpid()}"), alone(tmp_path):
        raise AssertionError

    with alone(tmp_path):
        pass  # it is free again


def test_a_taken_port_is_said_with_who_has_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Unreachable, match=rf"port {port} is taken by process {os.getpid()} .*TOCSIN_PREFECT_PORT"):
            refuse_taken(port)


def test_a_stranger_with_a_pid_of_ours_is_left_alone(tmp_path: Path) -> None:
    mark = tmp_path / "paper.pid"
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True) as stranger:
        remember(mark, stranger.pid)
        ours = mark.read_text().rpartition("/")[0]
        mark.write_text(f"{ours}/1")

        assert sessions.members(mark) == []
        stranger.kill()


def test_a_pid_of_an_earlier_start_of_the_machine_is_a_strangers(tmp_path: Path) -> None:
    mark = tmp_path / "paper.pid"
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True) as stranger:
        remember(mark, stranger.pid)
        mark.write_text(f"earlier{mark.read_text()}")

        assert (sessions.members(mark), recall(mark)) == ([], None)
        stranger.kill()


def test_a_log_that_has_grown_is_turned_over_under_a_child_that_goes_on_writing(tmp_path: Path) -> None:
    log = tmp_path / "paper.log"
    with log.open("ab", buffering=0) as child:
        for number in range(5):
            child.write(f"{number}: news\n".encode())
            turn_over([log], largest=5)
        child.write(b"last words\n\n")

    assert log.read_text() == "last words\n\n"
    assert [file.read_text() for file in sorted(tmp_path.glob("paper.log.*"))] == ["4: news\n", "3: news\n", "2: news\n"]
    assert last_words(log) == "last words"
