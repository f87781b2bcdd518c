"""A home of our own for tocsin as a user runs it: real processes, their whole environment ours, and who of them is alive."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil

from tests.kafka.node import free_port, jar_cache
from tocsin.shipped import shipped

SECRET = "whole"  # what the webhook is signed with
_UP = 120.0  # seconds until `tocsin up` must say that all is up
_LOOK = 0.1


@dataclass(kw_only=True)
class Home:
    """kafka: of a node that is given; empty: tocsin starts its own."""

    folder: Path
    allow_hosts: str
    variables: Mapping[str, str] = field(default_factory=dict)
    kafka_port: int = field(default_factory=free_port)
    prefect_port: int = field(default_factory=free_port)
    web_port: int = field(default_factory=free_port)

    def configure(self, feeds: str, routes: str) -> None:
        """With the shipped topic."""
        config = self.folder / "config"
        (config / "topics").mkdir(parents=True)
        (config / "feeds.yaml").write_text(feeds, encoding="utf-8")
        (config / "routes.yaml").write_text(routes, encoding="utf-8")
        shutil.copy(shipped() / "topics" / "nato-russia.yaml", config / "topics")

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: text for name, text in os.environ.items() if not name.startswith(("TOCSIN_", "KAFKA_", "PREFECT_"))}
        ours = {
            "TOCSIN_HOME": str(self.folder),
            "TOCSIN_CONFIG": str(self.folder / "config"),
            "TOCSIN_ALLOW_HOSTS": self.allow_hosts,
            "TOCSIN_HOST_PACE": "0.05",
            "TOCSIN_KAFKA_PORT": str(self.kafka_port),
            "TOCSIN_PREFECT_PORT": str(self.prefect_port),
            "TOCSIN_WEB_PORT": str(self.web_port),
            "HOOK_SECRET": SECRET,
        }
        return kept | ours | dict(self.variables)

    def command(self, *arguments: str) -> list[str]:
        return [str(Path(sys.executable).with_name("tocsin")), *arguments]

    def tocsin(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=120, check=False
        )

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.tocsin(*arguments, "--json").stdout.splitlines()]

    def processes(self) -> list[psutil.Process]:
        """Everyone who knows this home, with all that they started."""
        found: set[psutil.Process] = set()
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.environ().get("TOCSIN_HOME") == str(self.folder) or str(self.folder) in " ".join(process.cmdline()):
                    found |= {process, *process.children(recursive=True)}
        return [process for process in found if process.pid != os.getpid() and process.is_running()]

    def api(self, path: str, **asked: Any) -> Any:
        """Prefect's own API, as its UI asks it."""
        secret = b64encode((self.folder / "prefect" / "auth").read_bytes()).decode()
        connection = HTTPConnection("127.0.0.1", self.prefect_port, timeout=10)
        try:
            headers = {"Authorization": f"Basic {secret}", "Content-Type": "application/json"}
            connection.request("POST", f"/api{path}", json.dumps(asked), headers)
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()


@dataclass(kw_only=True)
class Up:
    """`tocsin up`, started, killed and stopped as a person at a terminal would."""

    home: Home
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        return (self.home.folder / "up.log").read_text(encoding="utf-8")

    def start(self) -> float:
        """Seconds until all is up."""
        began, before = time.monotonic(), self.log.count("everything is up") if (self.home.folder / "up.log").exists() else 0
        with (self.home.folder / "up.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.home.command("up"), env=self.home.environment, cwd=self.home.folder, stdout=log, stderr=log, start_new_session=True
            )
        process = self.process
        assert wait(lambda: self.log.count("everything is up") > before or process.poll() is not None, _UP), self.log
        assert process.poll() is None, self.log
        return time.monotonic() - began

    def interrupt(self) -> float:
        """Ctrl-C. Seconds until it has ended."""
        assert self.process
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        return time.monotonic() - began

    def kill(self) -> None:
        """Everyone at once."""
        for process in self.home.processes():
            with suppress(psutil.NoSuchProcess):
                process.kill()
        if self.process:
            self.process.wait(10)


@contextmanager
def running(home: Home) -> Iterator[Up]:
    (home.folder / "kafka").mkdir(parents=True)
    (home.folder / "kafka" / "jars").symlink_to(jar_cache())
    up = Up(home=home)
    try:
        up.start()
        yield up
    finally:
        up.kill()


def wait(until: Callable[[], Any], seconds: float) -> bool:
    """For what other processes do, and tell nobody."""
    end = time.monotonic() + seconds
    while not (done := until()) and time.monotonic() < end:
        time.sleep(_LOOK)
    return bool(done)
