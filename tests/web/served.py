"""The web page behind a real socket, and a client that can ask for any host by any method."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from socket import create_server
from typing import Any

import orjson
from uvicorn import Config, Server

from connectors.store import Store
from schemas.settings import Settings
from tests.web.filled import NOON, database
from tocsin.web import app


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return orjson.loads(self.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Client:
    port: int

    def ask(self, path: str, method: str = "GET", host: str | None = None) -> Answer:
        """host: the Host header; without it, the right one; empty: none at all."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest(method, path, skip_host=True)
        if host != "":
            connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        text = response.read().decode()
        connection.close()
        return Answer(status=response.status, headers=headers, text=text)


@contextmanager
def served(folder: Path, store: Store, clock: Callable[[], datetime] = lambda: NOON) -> Iterator[Client]:
    with create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        web = app(store, Settings(web_port=port, database_url=database(folder)), clock)
        server = Server(Config(web, log_level="critical", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield Client(port=port)
        finally:
            server.should_exit = True
            thread.join()
