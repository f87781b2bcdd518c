"""SQL of jobs: work that is due at a time, one a (stage, key)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from connectors.store import tables as t
from schemas.work import Job


class Jobs:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def due_lanes(self, stage: str, now: datetime) -> dict[str, bool]:
        """Lanes with due jobs; False: somebody works on the lane, or it rests."""
        c, free_dt = t.jobs.c, t.lanes.c.free_dt
        query = select(c.lane, free_dt).outerjoin(t.lanes, t.lanes.c.lane == c.lane).where(c.stage == stage, c.due_dt <= now)
        return {lane: free_dt is None or free_dt <= now for lane, free_dt in self._db.execute(query.distinct())}

    def is_due(self, stages: Sequence[str], now: datetime) -> bool:
        query = select(t.jobs.c.key).where(t.jobs.c.stage.in_(stages), t.jobs.c.due_dt <= now).limit(1)
        return self._db.scalar(query) is not None

    def due(self, stage: str, lane: str, now: datetime, limit: int) -> list[Job]:
        """The earliest first."""
        c = t.jobs.c
        query = select(t.jobs).where(c.stage == stage, c.lane == lane, c.due_dt <= now).order_by(c.due_dt, c.key).limit(limit)
        return [Job(**row) for row in self._db.execute(query).mappings()]

    def get(self, stage: str, key: str) -> Job | None:
        row = self._db.execute(select(t.jobs).where(t.jobs.c.stage == stage, t.jobs.c.key == key)).mappings().first()
        return Job(**row) if row else None

    def put(self, job: Job) -> None:
        """The job of its (stage, key): the latest word counts."""
        self._db.execute(delete(t.jobs).where(t.jobs.c.stage == job.stage, t.jobs.c.key == job.key))
        row = {c.name: getattr(job, c.name) for c in t.jobs.c}
        self._db.execute(insert(t.jobs).values(row | {"lane": job.lane.replace("\0", "")}))  # a foreign record may have named it

    def put_all(self, jobs: Iterable[Job]) -> None:
        for job in jobs:
            self.put(job)

    def done(self, job: Job) -> bool:
        """False where a newer word was put under its key while we worked: that one stays."""
        c = t.jobs.c
        same = delete(t.jobs).where(c.stage == job.stage, c.key == job.key, c.due_dt == job.due_dt, c.value == job.value)
        return self._db.execute(same).rowcount == 1

    def waiting(self) -> dict[str, int]:
        """How many jobs each stage has, due or not."""
        rows = self._db.execute(select(t.jobs.c.stage, func.count()).group_by(t.jobs.c.stage))
        return {stage: count for stage, count in rows}
