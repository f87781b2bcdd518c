"""SQL of the outbox: records that a settled transaction owes to the broker, in order."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from connectors.store import tables as t
from schemas.work import Record


class Outbox:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def put(self, records: Sequence[Record]) -> None:
        if records:
            self._db.execute(insert(t.outbox), [asdict(r) | {"headers": json.dumps(r.headers)} for r in records])

    def first(self, limit: int) -> list[tuple[int, Record]]:
        rows = self._db.execute(select(t.outbox).order_by(t.outbox.c.seq).limit(limit)).mappings()
        return [(row["seq"], _record(row)) for row in rows]

    def drop(self, seqs: Sequence[int]) -> None:
        self._db.execute(delete(t.outbox).where(t.outbox.c.seq.in_(seqs)))

    def depth(self) -> int:
        return self._db.scalar(select(func.count()).select_from(t.outbox)) or 0

    def oldest_dt(self) -> datetime | None:
        return self._db.scalar(select(t.outbox.c.dt).order_by(t.outbox.c.seq).limit(1))


def _record(row: object) -> Record:
    fields = dict(row)  # type: ignore[call-overload]
    headers = tuple((name, value) for name, value in json.loads(fields.pop("headers")))
    fields.pop("seq")
    return Record(**fields, headers=headers)
