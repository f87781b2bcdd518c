"""SQL of the outbox: records that settled transactions owe to the broker, in order, and those that a stage of ours has yet to read."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from connectors.store import tables as t
from schemas.work import Record

_ROWS = 500  # bound parameters that every database takes

_ADD, _DEPTH = insert(t.outbox), select(func.count()).select_from(t.outbox).where(~t.outbox.c.sent)


class Outbox:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def put(self, records: Sequence[Record]) -> None:
        if records:
            self._db.execute(_ADD, [asdict(r) | {"headers": json.dumps(r.headers), "sent": False} for r in records])

    def first(self, limit: int) -> list[tuple[int, Record]]:
        """What is owed, the oldest first."""
        rows = self._db.execute(select(t.outbox).where(~t.outbox.c.sent).order_by(t.outbox.c.seq).limit(limit)).mappings()
        return [(row["seq"], _record(row)) for row in rows]

    def sent(self, seqs: Sequence[int], unread: Collection[str]) -> None:
        """The broker has these. unread: the streams that a stage of ours reads: their records are kept until it has."""
        c = t.outbox.c
        ours = c.seq.in_(seqs)
        self._db.execute(delete(t.outbox).where(ours, c.stream.not_in(unread)))
        self._db.execute(update(t.outbox).where(ours).values(sent=True))

    def read(self, ids: Sequence[str]) -> None:
        """A stage has settled these, so the broker has them, whether we have noted that already or not."""
        for begin in range(0, len(ids), _ROWS):
            self._db.execute(delete(t.outbox).where(t.outbox.c.id.in_(ids[begin : begin + _ROWS])))

    def again(self, stream: str) -> int:
        """What no stage has settled goes out once more, under its own id: the log that held it is gone. How many that is."""
        lost = update(t.outbox).where(t.outbox.c.stream == stream, t.outbox.c.sent)
        return self._db.execute(lost.values(sent=False)).rowcount

    def depth(self) -> int:
        """How many are owed."""
        return self._db.scalar(_DEPTH) or 0

    def oldest_dt(self) -> datetime | None:
        """Of what is owed."""
        return self._db.scalar(select(t.outbox.c.dt).where(~t.outbox.c.sent).order_by(t.outbox.c.seq).limit(1))


def _record(row: Mapping[Any, Any]) -> Record:
    fields = {name: row[name] for name in ("stream", "key", "id", "dt", "value")}
    return Record(**fields, headers=tuple((name, value) for name, value in json.loads(row["headers"])))
