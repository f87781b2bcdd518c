"""SQL of the politeness ledger: a row a host."""

from sqlalchemy import Connection

from connectors.store import tables as t
from connectors.store.values import Values
from schemas import codec
from schemas.host import HostState

_HOSTS = Values(t.hosts)


class Hosts:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def get(self, host: str) -> HostState | None:
        value = _HOSTS.get(self._db, host)
        return codec.load(HostState, value) if value else None

    def all(self) -> list[HostState]:
        return [codec.load(HostState, value) for value in _HOSTS.all(self._db)]

    def save(self, state: HostState) -> None:
        _HOSTS.put(self._db, state.host, codec.dump(state))
