"""SQL of the politeness ledger: a row a host."""

from datetime import datetime

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

    def prune(self, before: datetime) -> int:
        """Those that were not asked since then; how many."""
        gone = [state.host for state in self.all() if state.last_dt < before]
        for host in gone:
            _HOSTS.remove(self._db, host)
        return len(gone)

    def save(self, state: HostState) -> None:
        _HOSTS.put(self._db, state.host, codec.dump(state))
