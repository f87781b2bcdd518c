"""SQL of what we know of feeds, and of the entries they have shown us."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from connectors.store import tables as t
from schemas import codec
from schemas.feed import FeedState


class Feeds:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def get(self, feed_id: str) -> FeedState | None:
        value = self._db.scalar(select(t.feeds.c.value).where(t.feeds.c.feed_id == feed_id))
        return codec.load(FeedState, value) if value else None

    def all(self) -> list[FeedState]:
        return [codec.load(FeedState, value) for value in self._db.scalars(select(t.feeds.c.value).order_by(t.feeds.c.feed_id))]

    def idle(self) -> list[FeedState]:
        """Those that no poll will ask for again."""
        waiting = select(t.jobs.c.key).where(t.jobs.c.stage == "poll")
        rows = self._db.scalars(select(t.feeds.c.value).where(t.feeds.c.feed_id.not_in(waiting)))
        return [codec.load(FeedState, value) for value in rows]

    def save(self, state: FeedState) -> None:
        self._db.execute(delete(t.feeds).where(t.feeds.c.feed_id == state.feed_id))
        self._db.execute(insert(t.feeds).values(feed_id=state.feed_id, value=codec.dump(state)))

    def remove(self, feed_id: str) -> None:
        self._db.execute(delete(t.feeds).where(t.feeds.c.feed_id == feed_id))


class Seen:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, entry_id: str, digest: str, now: datetime) -> bool:
        """True where this entry is new to us, or changed since."""
        known = self._db.scalar(select(t.seen.c.digest).where(t.seen.c.entry_id == entry_id))
        if known is None:
            self._db.execute(insert(t.seen).values(entry_id=entry_id, digest=digest, seen_dt=now))
        else:
            self._db.execute(update(t.seen).where(t.seen.c.entry_id == entry_id).values(digest=digest, seen_dt=now))
        return known != digest

    def prune(self, before: datetime) -> int:
        return self._db.execute(delete(t.seen).where(t.seen.c.seen_dt < before)).rowcount
