"""Who listens on a port."""

from contextlib import suppress

import psutil


def holder(port: int) -> str | None:
    """Who listens on this port, as far as we may know."""
    with suppress(psutil.AccessDenied):
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr and connection.laddr.port == port:
                return _named(connection.pid) if connection.pid else "a process of another user"
    return None


def _named(pid: int) -> str:
    try:
        command = " ".join(psutil.Process(pid).cmdline())
    except psutil.Error:
        command = "its command is not ours to see"
    return f"process {pid} ({command if len(command) <= 100 else command[:100] + '…'})"
