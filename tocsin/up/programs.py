"""The programs that are kept alive: Prefect's server, where none is given, the process that serves our deployments, and the web page."""

import asyncio
import http.client
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from connectors.node.port import holder
from connectors.pidfile import recall
from flows import server
from schemas.errors import Unreachable
from schemas.settings import Settings
from tocsin.up.child import Program

_SERVING = "serving.json"  # flows.serve writes it when everything is registered


def environment(settings: Settings, home: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Of every child. PYTHONSAFEPATH: no module of the working directory may stand in for one of ours."""
    found = server.variables(settings, home, given)
    return found | {
        "TOCSIN_HOME": str(home),
        "TOCSIN_CONFIG": str(Path(settings.config).absolute()),
        "PYTHONSAFEPATH": "1",
        "PYTHONUNBUFFERED": "1",
    }


def server_child(settings: Settings, home: Path, variables: Mapping[str, str]) -> Program:
    """It runs in its own folder: Prefect reads .env and prefect.toml from the working directory."""
    command = [sys.executable, "-m", "prefect", "server", "start"]
    folder = home / "prefect"

    async def answers(_: int) -> bool:
        return await asyncio.to_thread(_healthy, settings.prefect_port, "/api/health")

    return Program("prefect-server", command, home, variables, answers, grace=2.5, folder=folder)


def serve_child(home: Path, variables: Mapping[str, str]) -> Program:
    async def answers(pid: int) -> bool:
        process = recall(home / "run" / _SERVING)
        return process is not None and process.pid == pid

    return Program("flows", [sys.executable, "-m", "flows.serve"], home, variables, answers, grace=5)


def web_child(settings: Settings, home: Path, variables: Mapping[str, str]) -> Program:
    async def answers(_: int) -> bool:
        return await asyncio.to_thread(_healthy, settings.web_port, "/healthz")

    return Program("web", [sys.executable, "-m", "tocsin.web"], home, variables, answers, patience=60, grace=2, needed=False)


def refuse_taken(port: int) -> None:
    """Raises Unreachable where somebody else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            who = holder(port) or os.strerror(error.errno or 0)
            fix = "Stop it, or choose another port with TOCSIN_PREFECT_PORT"
            raise Unreachable("Prefect's server", f"port {port} is taken by {who}", fix) from error


def _healthy(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
