"""SQL of lanes: one row each, worked by one holder at a time, and only that holder moves it on."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from connectors.process import is_alive
from connectors.store import tables as t
from schemas.errors import LostLane

Taken = tuple[str, str]  # stage, key

_c, _lane = t.lanes.c, t.lanes.c.lane == bindparam("of")
_held = (_lane, _c.holder == bindparam("by"))
_HELD_BY = select(_c.holder, _c.free_dt, _c.taken).where(_lane)
_LEASE, _TAKE = update(t.lanes).where(_lane), update(t.lanes).where(*_held).values(taken=bindparam("items"))
_freed = {"holder": "", "free_dt": bindparam("from_dt"), "taken": "[]"}
_FREE = update(t.lanes).where(*_held).values(_freed)
_MOVE = update(t.lanes).where(*_held).values(_freed | {"position": bindparam("to")})
_REST = update(t.lanes).where(_lane, _c.holder == "", _c.free_dt < bindparam("until")).values(free_dt=bindparam("until"))
_DEATHS = select(t.deaths.c.key, t.deaths.c["count"]).where(
    t.deaths.c.stage == bindparam("of_stage"), t.deaths.c.key.in_(bindparam("keys", expanding=True))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lane:
    lane: str
    position: int
    holder: str
    free_dt: datetime
    log_id: str


class Lanes:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def get(self, lane: str) -> Lane | None:
        row = self._db.execute(select(t.lanes).where(t.lanes.c.lane == lane)).mappings().first()
        return Lane(**{name: row[name] for name in Lane.__slots__}) if row else None

    def starting(self, prefix: str) -> dict[str, Lane]:
        """Every lane whose name starts so."""
        rows = self._db.execute(select(t.lanes).where(t.lanes.c.lane.startswith(prefix, autoescape=True))).mappings()
        return {row["lane"]: Lane(**{name: row[name] for name in Lane.__slots__}) for row in rows}

    def open(self, lane: str, position: int, log_id: str, now: datetime) -> None:
        """A stream's lane at its first position, or at another one in another log. Whoever held it lost it."""
        self._db.execute(delete(t.lanes).where(t.lanes.c.lane == lane))
        self._insert(lane, position, log_id, now)

    def lease(self, lane: str, holder: str, taken: Iterable[Taken], now: datetime, until: datetime) -> bool:
        """False while somebody else holds it. A holder that we follow, who did not settle and is not known to live, died over its items."""
        row = self._db.execute(_HELD_BY, {"of": lane}).first()
        if row is None:
            self._insert(lane, 0, "", now)
        elif row.free_dt > now:
            return False
        elif row.holder and not is_alive(row.holder):
            self._count_deaths(json.loads(row.taken))
        self._db.execute(_LEASE, {"of": lane, "holder": holder, "free_dt": until, "taken": json.dumps(list(taken))})
        return True

    def take(self, lane: str, holder: str, taken: Iterable[Taken]) -> None:
        """What the holder of a lease is about to work on."""
        if self._db.execute(_TAKE, {"of": lane, "by": holder, "items": json.dumps(list(taken))}).rowcount == 0:
            raise LostLane(lane)

    def move(self, lane: str, holder: str, position: int | None, free_dt: datetime) -> None:
        """Moved on and free from then on; position None: where it was. Raises LostLane: the fence against zombies."""
        ours = {"of": lane, "by": holder, "from_dt": free_dt}
        moved = self._db.execute(_FREE, ours) if position is None else self._db.execute(_MOVE, ours | {"to": position})
        if moved.rowcount == 0:
            raise LostLane(lane)

    def rest(self, lane: str, until: datetime) -> None:
        """Free not before then. Where somebody holds it nothing changes: a lease ends by its holder's own word."""
        if self._db.execute(_REST, {"of": lane, "until": until}).rowcount == 0 and self.get(lane) is None:
            self._insert(lane, 0, "", until)

    def renew(self, holders: Collection[str], until: datetime) -> None:
        self._db.execute(update(t.lanes).where(t.lanes.c.holder.in_(holders)).values(free_dt=until))

    def held(self) -> dict[str, str]:
        """Lane to holder."""
        return {row.lane: row.holder for row in self._db.execute(select(t.lanes.c.lane, t.lanes.c.holder).where(t.lanes.c.holder != ""))}

    def free(self, lanes: Collection[str], now: datetime) -> None:
        """Of holders that are known to be dead: at once, and still counted against their items."""
        self._db.execute(update(t.lanes).where(t.lanes.c.lane.in_(lanes)).values(free_dt=now))

    def deaths(self, stage: str, keys: Sequence[str]) -> dict[str, int]:
        """How often a process died that worked on these items."""
        return {key: count for key, count in self._db.execute(_DEATHS, {"of_stage": stage, "keys": list(keys)})}

    def survived(self, items: Iterable[Taken]) -> None:
        for stage, key in items:
            self._db.execute(delete(t.deaths).where(t.deaths.c.stage == stage, t.deaths.c.key == key))

    def _count_deaths(self, taken: Iterable[Sequence[str]]) -> None:
        for (stage, key), n in Counter((stage, key) for stage, key in taken).items():
            c = t.deaths.c
            same = update(t.deaths).where(c.stage == stage, c.key == key).values({"count": c["count"] + n})
            if self._db.execute(same).rowcount == 0:
                self._db.execute(insert(t.deaths).values({"stage": stage, "key": key, "count": n}))

    def _insert(self, lane: str, position: int, log_id: str, now: datetime) -> None:
        row = {"lane": lane, "position": position, "holder": "", "free_dt": now, "taken": "[]", "log_id": log_id}
        self._db.execute(insert(t.lanes).values(row))
