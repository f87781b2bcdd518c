"""SQL of what we know of feeds, and of the entries they have shown us."""

from datetime import datetime
from enum import Enum, auto

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from connectors.store import tables as t
from connectors.store.values import Values
from schemas import codec
from schemas.feed import FeedMemory, FeedPages, FeedState

_STATES, _MEMORIES, _PAGES = Values(t.feeds), Values(t.feed_memory), Values(t.feed_pages)

_entry = t.seen.c.entry_id == bindparam("of")
_DIGEST, _MEET, _MET_AGAIN = select(t.seen.c.digest).where(_entry), insert(t.seen), update(t.seen).where(_entry)


class Novelty(Enum):
    """Of an entry: did we know it?"""

    NEW = auto()
    CHANGED = auto()
    KNOWN = auto()


class Feeds:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def get(self, feed_id: str) -> FeedState | None:
        value = _STATES.get(self._db, feed_id)
        return codec.load(FeedState, value) if value else None

    def all(self) -> list[FeedState]:
        return [codec.load(FeedState, value) for value in _STATES.all(self._db)]

    def idle(self) -> list[FeedState]:
        """Those that no poll will ask for again."""
        waiting = select(t.jobs.c.key).where(t.jobs.c.stage == "poll")
        rows = self._db.scalars(select(t.feeds.c.value).where(t.feeds.c.feed_id.not_in(waiting)))
        return [codec.load(FeedState, value) for value in rows]

    def save(self, state: FeedState) -> None:
        _STATES.put(self._db, state.feed_id, codec.dump(state))

    def memory(self, feed_id: str) -> FeedMemory:
        """Empty where we have none."""
        value = _MEMORIES.get(self._db, feed_id)
        return codec.load(FeedMemory, value) if value else FeedMemory(feed_id=feed_id)

    def remember(self, memory: FeedMemory) -> None:
        _MEMORIES.put(self._db, memory.feed_id, codec.dump(memory))

    def pages(self, feed_id: str) -> FeedPages:
        """Empty where we have none."""
        value = _PAGES.get(self._db, feed_id)
        return codec.load(FeedPages, value) if value else FeedPages(feed_id=feed_id)

    def save_pages(self, pages: FeedPages) -> None:
        _PAGES.put(self._db, pages.feed_id, codec.dump(pages))

    def remove(self, feed_id: str) -> None:
        for values in (_STATES, _MEMORIES, _PAGES):
            values.remove(self._db, feed_id)


class Seen:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, entry_id: str, digest: str, now: datetime) -> Novelty:
        known = self._db.scalar(_DIGEST, {"of": entry_id})
        if known is None:
            self._db.execute(_MEET, {"entry_id": entry_id, "digest": digest, "seen_dt": now})
            return Novelty.NEW
        self._db.execute(_MET_AGAIN, {"of": entry_id, "digest": digest, "seen_dt": now})
        return Novelty.KNOWN if known == digest else Novelty.CHANGED

    def prune(self, before: datetime) -> int:
        return self._db.execute(delete(t.seen).where(t.seen.c.seen_dt < before)).rowcount
