"""python -m tocsin.web [--port N]: the web page alone, until SIGTERM or Ctrl-C. Its settings come from the environment."""

import argparse
import os
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import replace

from schemas.errors import SettingsError, TocsinError

_GRACE = 1  # second for answers under way when it is told to end


def main(arguments: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # uvicorn raises the signal again when it has ended: that is our good end
    try:
        return _run(arguments)
    except TocsinError as error:
        sys.stderr.write(f"tocsin: {error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        return 130


def _run(arguments: Sequence[str]) -> int:
    from uvicorn import Config, Server

    from connectors.clock import now
    from connectors.environment import load
    from connectors.store import open_store
    from tocsin.web import app
    from tocsin.web.guard import authority, loopback

    settings, _ = load(os.environ)
    asked = _parser(settings.web_port).parse_args(arguments)
    host = loopback(asked.host)
    with _listening(host, asked.port) as listening:
        port = listening.getsockname()[1]
        config = Config(
            app(open_store(settings.database_url), replace(settings, web_port=port), now),
            access_log=False,
            log_level="warning",
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=_GRACE,
        )
        sys.stderr.write(f"web page: http://{authority(host, port)}/\n")
        Server(config).run(sockets=[listening])
    return 0


def _parser(port: int) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tocsin.web", description="The web page: only to be read, only from this machine.")
    parser.add_argument("--port", type=int, default=port, help="0: any that is free (default: TOCSIN_WEB_PORT, else %(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="an address of this machine alone (default: %(default)s)")
    return parser


def _listening(host: str, port: int) -> socket.socket:
    """Ours before anything is opened, so that a taken port is said in our words. Raises SettingsError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        fix = "Choose another one with --port or TOCSIN_WEB_PORT"
        raise SettingsError("TOCSIN_WEB_PORT", f"cannot listen at {host} port {port}: {error}", fix) from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
