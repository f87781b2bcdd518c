"""SQL of single facts: a name and a text."""

from sqlalchemy import Connection, delete, insert, select

from connectors.store import tables as t


class Facts:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def get(self, name: str) -> str | None:
        return self._db.scalar(select(t.facts.c.value).where(t.facts.c.name == name))

    def starting(self, prefix: str) -> dict[str, str]:
        rows = self._db.execute(select(t.facts.c.name, t.facts.c.value).where(t.facts.c.name.startswith(prefix, autoescape=True)))
        return {name: value for name, value in rows}

    def set(self, name: str, value: str | None) -> None:
        self._db.execute(delete(t.facts).where(t.facts.c.name == name))
        if value is not None:
            self._db.execute(insert(t.facts).values(name=name, value=value))
