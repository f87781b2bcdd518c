"""SQL of jobs: work that is due at a time, one a (stage, key)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, or_, select, update

from connectors.store import tables as t
from schemas.work import Job

_NEAR = timedelta(seconds=15)  # longer than a lease: a lane that rests for longer is not waited for

_c = t.jobs.c
_same = (_c.stage == bindparam("of_stage"), _c.key == bindparam("of_key"))
_due = (_c.stage == bindparam("of_stage"), _c.lane == bindparam("of_lane"), _c.due_dt <= bindparam("now"))
_DUE = select(t.jobs).where(*_due).order_by(_c.due_dt, _c.key).limit(bindparam("most"))
_GET, _ADD, _CHANGE = select(t.jobs).where(*_same), insert(t.jobs), update(t.jobs).where(*_same)
_DONE = delete(t.jobs).where(*_same, _c.due_dt == bindparam("of_dt"), _c.value == bindparam("of_value"))


class Jobs:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def due_lanes(self, stage: str, now: datetime) -> dict[str, bool]:
        """Lanes with due jobs; False: somebody works on the lane, or it rests for a moment. Those that rest for longer have nothing due."""
        c, free_dt = t.jobs.c, t.lanes.c.free_dt
        query = select(c.lane, free_dt).outerjoin(t.lanes, t.lanes.c.lane == c.lane).where(c.stage == stage, c.due_dt <= now, _near(now))
        return {lane: free_dt is None or free_dt <= now for lane, free_dt in self._db.execute(query.distinct())}

    def is_due(self, stages: Sequence[str], now: datetime) -> bool:
        c = t.jobs.c
        query = select(c.key).outerjoin(t.lanes, t.lanes.c.lane == c.lane).where(c.stage.in_(stages), c.due_dt <= now, _near(now))
        return self._db.scalar(query.limit(1)) is not None

    def due(self, stage: str, lane: str, now: datetime, limit: int) -> list[Job]:
        """The earliest first."""
        wanted = {"of_stage": stage, "of_lane": lane, "now": now, "most": limit}
        return [Job(**row) for row in self._db.execute(_DUE, wanted).mappings()]

    def get(self, stage: str, key: str) -> Job | None:
        row = self._db.execute(_GET, {"of_stage": stage, "of_key": key}).mappings().first()
        return Job(**row) if row else None

    def put(self, job: Job) -> None:
        """The job of its (stage, key): the latest word counts."""
        row = {c.name: getattr(job, c.name) for c in _c} | {"lane": job.lane.replace("\0", "")}  # a foreign record may have named it
        if self._db.execute(_CHANGE, row | {"of_stage": job.stage, "of_key": job.key}).rowcount == 0:
            self._db.execute(_ADD, row)

    def put_all(self, jobs: Iterable[Job]) -> None:
        for job in jobs:
            self.put(job)

    def done(self, job: Job) -> bool:
        """False where a newer word was put under its key while we worked: that one stays."""
        same = {"of_stage": job.stage, "of_key": job.key, "of_dt": job.due_dt, "of_value": job.value}
        return self._db.execute(_DONE, same).rowcount == 1

    def waiting(self) -> dict[str, int]:
        """How many jobs each stage has, due or not."""
        rows = self._db.execute(select(t.jobs.c.stage, func.count()).group_by(t.jobs.c.stage))
        return {stage: count for stage, count in rows}

    def waiting_in(self, lane: str) -> dict[str, tuple[int, datetime]]:
        """How many jobs each stage has in this lane, and when the first of them is due."""
        c = t.jobs.c
        rows = self._db.execute(select(c.stage, func.count(), func.min(c.due_dt)).where(c.lane == lane).group_by(c.stage))
        return {stage: (count, first_dt) for stage, count, first_dt in rows}


def _near(now: datetime) -> ColumnElement[bool]:
    return or_(t.lanes.c.free_dt.is_(None), t.lanes.c.free_dt <= now + _NEAR)
