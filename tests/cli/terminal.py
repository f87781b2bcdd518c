"""The command line as its users have it: in this process where only words count, in one of its own where pipes and imports do."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from tocsin.cli import main

PROGRAM = (sys.executable, "-c", "from tocsin.cli import main; main()")


@dataclass(frozen=True, kw_only=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Standard output as it must be with --json: an object a line, and nothing else."""
        found = [json.loads(line) for line in self.out.splitlines()]
        assert all(isinstance(row, dict) for row in found)
        return found


@dataclass(frozen=True, kw_only=True)
class Terminal:
    """Its own home and configuration, and no other variable of ours."""

    home: Path
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        return self.home / "config"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TOCSIN_", "KAFKA_", "PREFECT_"))}
        ours = {"TOCSIN_HOME": str(self.home), "TOCSIN_CONFIG": str(self.config), "TOCSIN_KAFKA_PORT": "1", "NO_COLOR": "1"}
        return kept | ours | dict(self.more)

    def run(self, *arguments: str) -> Ended:
        """In this process."""
        out, err = StringIO(), StringIO()
        with self._here(arguments), redirect_stdout(out), redirect_stderr(err):
            try:
                main()
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 0
        return Ended(code=code, out=out.getvalue(), err=err.getvalue())

    def start(self, *arguments: str, **options: Any) -> "subprocess.Popen[str]":
        """In a process of its own, its three streams piped unless `options` say otherwise; Ctrl-C reaches it, in a background job too."""
        streams: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE) | options
        return subprocess.Popen([*PROGRAM, *arguments], env=self.environment, text=True, preexec_fn=_hear_interrupts, **streams)

    def write(self, path: str, text: str) -> None:
        target = self.config / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    @contextmanager
    def _here(self, arguments: tuple[str, ...]) -> Iterator[None]:
        before, typed = dict(os.environ), sys.argv
        os.environ.clear()
        os.environ.update(self.environment)
        sys.argv = ["tocsin", *arguments]
        try:
            yield
        finally:
            sys.argv = typed
            os.environ.clear()
            os.environ.update(before)


def _hear_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
