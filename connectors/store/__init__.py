"""The state, behind two verbs: `transact` writes, `read` reads. SQLAlchemy Core; SQLite here, PostgreSQL by address."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from typing import Any, TypeVar, cast

from sqlalchemy import Connection

from connectors.store import revision
from connectors.store.alerts import Alerts
from connectors.store.articles import Articles
from connectors.store.engine import Database, database
from connectors.store.facts import Facts
from connectors.store.feeds import Feeds, Seen
from connectors.store.group import Group
from connectors.store.hosts import Hosts
from connectors.store.jobs import Jobs
from connectors.store.journal import Journal
from connectors.store.labels import Labels
from connectors.store.lanes import Lanes
from connectors.store.outbox import Outbox

T = TypeVar("T")


class Tx:
    """One open transaction, as the areas it can touch. Nothing in it awaits."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self.lanes, self.jobs, self.outbox = Lanes(db), Jobs(db), Outbox(db)
        self.journal, self.facts = Journal(db), Facts(db)
        self.feeds, self.seen, self.hosts = Feeds(db), Seen(db), Hosts(db)
        self.articles, self.alerts, self.labels = Articles(db), Alerts(db), Labels(db)

    def savepoint(self) -> AbstractContextManager[Any]:
        """Undone alone where the block raises."""
        return self._db.begin_nested()


class Store:
    """Transactions run on threads of their own, one after another where the database has one writer."""

    def __init__(self, db: Database) -> None:
        self._database, self._group = db, Group(db)
        self._writers = ThreadPoolExecutor(db.writers, thread_name_prefix="store-write")
        self._readers = ThreadPoolExecutor(4, thread_name_prefix="store-read")

    async def transact(self, work: Callable[[Tx], T]) -> T:
        """All of `work`, or nothing of it; it may run again from the start. Raises StoreDown."""
        asked = self._group.ask(lambda db: work(Tx(db)))
        self._writers.submit(self._group.write)
        return cast(T, await asyncio.wrap_future(asked))

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Without a lock; what `work` writes is refused. Raises StoreDown."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, work)

    def read_now(self, work: Callable[[Tx], T]) -> T:
        return self._database.read(lambda db: work(Tx(db)))

    def write_now(self, work: Callable[[Tx], T]) -> T:
        """transact, for a thread of its own or a command that has no loop."""
        return self._database.write(lambda db: work(Tx(db)))

    def close(self) -> None:
        self._writers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self._database.close()


def open_store(url: str) -> Store:
    """Makes what is not there yet. Raises StoreRevision where another release made it, StoreDown where it cannot be had."""
    with ExitStack() as stack:
        db = database(url)
        stack.callback(db.close)
        revision.ensure(db)
        stack.pop_all()
    return Store(db)
