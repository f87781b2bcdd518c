"""SQL of a table that keeps one value a key. Its statements are built once: to build one costs four times what it costs to run it."""

from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update


class Values:
    def __init__(self, table: Table) -> None:
        (key,) = table.primary_key
        same = key == bindparam("of")
        self._get, self._all = select(table.c.value).where(same), select(table.c.value).order_by(key)
        self._change = update(table).where(same).values(value=bindparam("new"))
        self._add = insert(table).values({key: bindparam("of"), table.c.value: bindparam("new")})
        self._remove = delete(table).where(same)

    def get(self, db: Connection, key: str) -> Any:
        """None where there is none."""
        return db.scalar(self._get, {"of": key})

    def all(self, db: Connection) -> list[Any]:
        """In the order of the keys."""
        return list(db.scalars(self._all))

    def put(self, db: Connection, key: str, value: str | bytes) -> None:
        row = {"of": key, "new": value}
        if db.execute(self._change, row).rowcount == 0:
            db.execute(self._add, row)

    def remove(self, db: Connection, key: str) -> None:
        db.execute(self._remove, {"of": key})
