"""SQL of the journal: every verdict of every stage, with its reason and whom it is about."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select

from connectors.store import tables as t
from schemas.work import Noted

_ADD, _ADD_SUBJECTS = insert(t.journal), insert(t.journal_subjects)


class Journal:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, stage: str, key: str, reason: str, detail: str, subjects: Iterable[str], now: datetime) -> None:
        """subjects: the other names by which this row is found: an article's id, an address, an alert's id."""
        key, detail = _plain(key), _plain(detail[:2000])
        row = {"stage": stage, "key": key, "reason": reason, "detail": detail, "dt": now}
        seq = self._db.execute(_ADD, row).inserted_primary_key
        others = [{"seq": seq[0], "subject": s} for s in dict.fromkeys(map(_plain, subjects)) if s != key] if seq else []
        if others:
            self._db.execute(_ADD_SUBJECTS, others)

    def about(self, subjects: Collection[str]) -> list[Noted]:
        """In the order in which it happened."""
        named = select(t.journal_subjects.c.seq).where(t.journal_subjects.c.subject.in_(subjects))
        return self._rows(select(t.journal).where(or_(t.journal.c.key.in_(subjects), t.journal.c.seq.in_(named))).order_by(t.journal.c.seq))

    def latest(self, stage: str, reasons: Sequence[str], limit: int) -> list[Noted]:
        """The newest first."""
        c = t.journal.c
        return self._rows(select(t.journal).where(c.stage == stage, c.reason.in_(reasons)).order_by(c.seq.desc()).limit(limit))

    def counts(self, since: datetime) -> dict[tuple[str, str], int]:
        """By stage and reason."""
        c = t.journal.c
        rows = self._db.execute(select(c.stage, c.reason, func.count()).where(c.dt >= since).group_by(c.stage, c.reason))
        return {(stage, reason): count for stage, reason, count in rows}

    def prune(self, before: datetime) -> int:
        old = select(t.journal.c.seq).where(t.journal.c.dt < before)
        self._db.execute(delete(t.journal_subjects).where(t.journal_subjects.c.seq.in_(old)))
        return self._db.execute(delete(t.journal).where(t.journal.c.dt < before)).rowcount

    def _rows(self, query: object) -> list[Noted]:
        rows = list(self._db.execute(query).mappings())  # type: ignore[call-overload]
        c = t.journal_subjects.c
        names: dict[int, list[str]] = {}
        for seq, subject in self._db.execute(select(c.seq, c.subject).where(c.seq.in_([r["seq"] for r in rows]))):
            names.setdefault(seq, []).append(subject)
        return [Noted(**row, subjects=tuple(sorted(names.get(row["seq"], ())))) for row in rows]


def _plain(text: str) -> str:
    """PostgreSQL keeps no NUL, and a foreign record may hold one."""
    return text.replace("\0", "")
