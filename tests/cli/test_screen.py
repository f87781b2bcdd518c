"""What a person sees: tables that fit, nothing hostile, no complaint when a pipe ends."""

import json
import os
import pty
import re
import subprocess
import unicodedata
from datetime import timedelta

import pytest

from connectors.store import open_store
from schemas.alert import Alert, AlertState
from schemas.article import Origin
from schemas.reasons import Reason
from tests.cli.terminal import PROGRAM, Terminal
from tests.town import NOON

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31mRed\u202eright to left\u2066\r\nsecond line\ttab\x00"
TABLES = [
    "feeds list",
    "alerts list",
    "alerts held",
    "topics list",
    "topics lint",
    "status",
    "config show",
    "explain http://zeitung.test/1",
]


def screen(terminal: Terminal, *command: str, columns: int = 100) -> str:
    """All that a terminal of so many columns is sent."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([*PROGRAM, *command], env=terminal.environment | {"COLUMNS": str(columns)}, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # Linux says so that the other side is closed
        pass
    os.close(ours)
    assert process.wait(timeout=30) in (0, 1)
    return re.sub(r"\x1b\[[01]m", "", shown.decode())  # the head of a table is bold


def keep_hostile(terminal: Terminal) -> None:
    """A title as no release of ours lets it in, but an older one, or a hand in the database, might have."""
    alert = Alert(
        alert_id="hostile-alert",
        revision=1,
        topic_id="nato-russia",
        group_id="nato-russia",
        state=AlertState.OPENED,
        origin=Origin.LIVE,
        title=HOSTILE,
        opened_dt=NOON,
        changed_dt=NOON + timedelta(hours=1),
        news_dt=NOON,
        article_count=0,
        detail=HOSTILE,
    )
    opened = open_store(f"sqlite:///{terminal.home}/state/tocsin.db")
    opened.write_now(lambda tx: tx.alerts.save(alert))
    opened.write_now(lambda tx: tx.journal.add("ring", HOSTILE, Reason.DUPLICATE, HOSTILE, ("hostile-alert",), NOON))
    opened.close()


def tame(text: str) -> bool:
    return all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in text.replace("\r\n", "\n"))


@pytest.mark.parametrize("command", TABLES)
def test_a_table_fits_into_100_columns(terminal: Terminal, command: str) -> None:
    lines = screen(terminal, *command.split()).splitlines()

    assert len(lines) > 1
    assert max(map(len, lines)) <= 100


def test_a_narrow_column_is_never_broken(terminal: Terminal) -> None:
    head, row = screen(terminal, "feeds", "list").splitlines()

    assert head.split() == ["feed", "health", "in", "words", "since", "next", "gaps"]
    assert re.fullmatch(r"zeitung +ok +New entries found +22 Oct 12:40Z +22 Oct 12:5\dZ +0", row.rstrip())


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["words", "json"])
@pytest.mark.parametrize("command", ["alerts list", "alerts show hostile", "alerts held", "explain hostile-alert"])
def test_a_hostile_title_moves_no_terminal(terminal: Terminal, command: str, form: tuple[str, ...]) -> None:
    keep_hostile(terminal)

    for shown in (screen(terminal, *command.split(), *form), terminal.run(*command.split(), *form).out.replace("\t", " ")):
        assert "Red" in shown
        assert tame(shown)


def test_json_still_holds_every_character(terminal: Terminal) -> None:
    keep_hostile(terminal)

    title = json.loads(terminal.run("alerts", "list", "--json").out.splitlines()[0])["title"]

    assert title == HOSTILE


def test_what_was_typed_is_echoed_tamely(terminal: Terminal) -> None:
    said = terminal.run("explain", HOSTILE.replace("\x00", "")).err

    assert "Red" in said
    assert tame(said)


@pytest.mark.parametrize(
    "command", ["topics list", "feeds list --json", "feeds export", "explain http://zeitung.test/1", "config show", "--help"]
)
def test_a_pipe_that_nobody_reads_is_no_error(terminal: Terminal, command: str) -> None:
    """As before `| head -0`."""
    nobody, into = os.pipe()
    os.close(nobody)

    process = terminal.start(*command.split(), stdout=into)
    os.close(into)

    assert not re.search("Traceback|Error|pipe", process.communicate(timeout=30)[1])
    assert process.returncode == (1 if command == "--help" else 0)  # typer's own way out
