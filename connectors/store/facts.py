"""SQL of single facts: a name and a text."""

from sqlalchemy import Connection, select

from connectors.store import tables as t
from connectors.store.values import Values

_FACTS = Values(t.facts)


class Facts:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def get(self, name: str) -> str | None:
        value: str | None = _FACTS.get(self._db, name)
        return value

    def starting(self, prefix: str) -> dict[str, str]:
        rows = self._db.execute(select(t.facts.c.name, t.facts.c.value).where(t.facts.c.name.startswith(prefix, autoescape=True)))
        return {name: value for name, value in rows}

    def set(self, name: str, value: str | None) -> None:
        if value is None:
            _FACTS.remove(self._db, name)
        else:
            _FACTS.put(self._db, name, value)
