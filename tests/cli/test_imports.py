"""A light command starts light: `import prefect` alone takes three seconds."""

import subprocess
import sys

import pytest

from tests.cli.terminal import Terminal

HEAVY = {"prefect", "trafilatura", "kafka", "apprise", "fastapi"}
LIGHT = [
    "--help",
    "--version",
    "feeds --help",
    "feeds list",
    "feeds export",
    "hosts list",
    "feeds parse -",
    "topics list",
    "topics lint",
    "topics why nato-russia --text Nato",
    "topics forms nato-russia",
    "topics schema",
    "alerts list",
    "alerts held",
    "explain http://zeitung.test/1",
    "config show",
    "init",
    "pause",
    "resume",
]

_SEE = """
import sys
from tocsin.cli import main
try:
    main()
except SystemExit:
    pass
print(*sys.modules, file=sys.stderr)
"""


def loaded(terminal: Terminal, command: str, typed: str = "") -> set[str]:
    """The top-level modules that are there at its end."""
    run = [sys.executable, "-c", _SEE, *command.split()]
    ended = subprocess.run(run, env=terminal.environment, input=typed, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in ended.stderr.splitlines()[-1].split()}


@pytest.mark.parametrize("command", LIGHT)
def test_a_light_command_loads_nothing_heavy(terminal: Terminal, command: str) -> None:
    assert loaded(terminal, command) & HEAVY == set()


@pytest.mark.parametrize("command", ["status", "feeds check http://127.0.0.1:9/", "kafka status", "tail articles --no-follow"])
def test_no_command_that_looks_loads_prefect_or_trafilatura(terminal: Terminal, command: str) -> None:
    assert loaded(terminal, command) & {"prefect", "trafilatura"} == set()
