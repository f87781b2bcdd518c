"""0 done or yes, 1 the answer is no, 2 usage, 3 configuration, 4 something does not answer, 5 partly done, 130 interrupted."""

import fcntl
import signal
import struct
import subprocess
import termios
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

YES = [
    "status",
    "feeds list",
    "alerts list",
    "topics list",
    "config show",
    "config check",
    "pause",
    "resume",
    "init",
    "store upgrade",
    "--help",
]
NO = [
    "alerts show ffff",
    "explain http://nobody.test/",
    "topics why nato-russia --text Tor",
    "feeds add http://zeitung.test/feed.xml",
    "kafka status",
    "kafka logs",
    "doctor",
]
USAGE = [
    "nothing",
    "feeds list --nothing",
    "run",
    "feeds check",
    "work nothing",
    "pause nothing",
    "topics why nothing --text x",
    "explain",
]


def until_it_reads(process: "subprocess.Popen[str]") -> None:
    """Gives it a letter, and returns when it has taken it."""
    assert process.stdin
    process.stdin.write("N")
    process.stdin.flush()
    while struct.unpack("i", fcntl.ioctl(process.stdin, termios.FIONREAD, bytes(4)))[0]:
        assert process.poll() is None


@pytest.mark.parametrize("command", YES)
def test_yes(terminal: Terminal, command: str) -> None:
    assert terminal.run(*command.split()).code == 0


@pytest.mark.parametrize("command", NO)
def test_no(terminal: Terminal, command: str) -> None:
    ended = terminal.run(*command.split())

    assert ended.code == 1
    assert ended.err or command == "doctor"


@pytest.mark.parametrize("command", USAGE)
def test_usage(terminal: Terminal, command: str) -> None:
    ended = terminal.run(*command.split())

    assert (ended.code, ended.out) == (2, "")
    assert "Usage: tocsin" in ended.err


def test_configuration(terminal: Terminal) -> None:
    terminal.write("routes.yaml", "routes: [}")

    assert terminal.run("config", "check").code == 3


def test_a_kafka_that_does_not_answer(terminal: Terminal) -> None:
    ended = terminal.run("streams", "check")

    assert (ended.code, ended.out) == (4, "")
    assert ended.err.startswith("tocsin: Kafka at 127.0.0.1:1: it does not answer.")


def test_a_database_that_cannot_be_had(terminal: Terminal) -> None:
    nowhere = Terminal(home=terminal.home, more={"TOCSIN_DATABASE_URL": "sqlite:////proc/nowhere/tocsin.db"})

    ended = nowhere.run("status")

    assert (ended.code, ended.out) == (4, "")
    assert ended.err.startswith("tocsin: database /proc/nowhere/tocsin.db: ")


def test_a_file_that_cannot_be_written(terminal: Terminal) -> None:
    ended = terminal.run("init", "/proc/nowhere")

    assert ended.code == 4
    assert ended.err == "tocsin: /proc/nowhere: No such file or directory\n"


def test_partly_done(terminal: Terminal, tmp_path: Path) -> None:
    listed = tmp_path / "list.opml"
    listed.write_text('<opml version="2.0"><body><outline text="a" xmlUrl="https://a.test/"/><outline text="b"/></body></opml>')

    assert terminal.run("feeds", "import", str(listed)).code == 5


def test_interrupted(terminal: Terminal) -> None:
    process = terminal.start("topics", "why", "nato-russia")  # it reads its standard input
    until_it_reads(process)
    process.send_signal(signal.SIGINT)

    out, err = process.communicate(timeout=20)

    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err
