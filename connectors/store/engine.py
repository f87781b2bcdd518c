"""One database as two verbs, with the rules that keep many processes on it alive.

SQLite: a writer takes state.lock (flock), then BEGIN IMMEDIATE: without the lock five writers starve one another. WAL, synchronous FULL.
Only the holder of the lock checkpoints, closing included (two checkpoints at once can corrupt SQLite before 3.51.3).
PostgreSQL: an advisory lock in its place, and SERIALIZABLE; a transaction that lost a race all the same runs again.
"""

import fcntl
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from schemas.errors import StoreDown

T = TypeVar("T")

_CHECKPOINT = 4 * 2**20  # bytes of write-ahead log
_BUSY_MS = 5000
_LEAST = 64 * 2**10  # bytes free, under which any trouble is that of a full disk
_AGAIN = ("40001", "40P01")  # serialization failure, deadlock
_TRIES = 20
_LOCK = 0x746F6373696E  # ours among the advisory locks of a PostgreSQL database


class Database(Protocol):
    writers: int

    def write(self, work: Callable[[Connection], T]) -> T: ...

    def read(self, work: Callable[[Connection], T]) -> T: ...

    def close(self) -> None: ...


def database(url: str) -> Database:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return Sqlite(Path(parsed.database or ""))
    return Postgres(parsed)


class Sqlite:
    writers = 1

    def __init__(self, path: Path) -> None:
        self._path, self._mutex = path, threading.Lock()
        self._writer, self._reader = self._engine("BEGIN IMMEDIATE"), self._engine("BEGIN", "query_only=ON")
        with ExitStack() as stack, self._explained():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(path.parent / "state.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            stack.callback(os.close, self._lock)
            with self._locked():  # WAL mode is set on the first connection, and that writes
                self._writer.connect().close()
            self._inode = path.stat().st_ino
            stack.pop_all()

    def write(self, work: Callable[[Connection], T]) -> T:
        with self._locked(), self._explained():
            self._same_file()
            with self._writer.begin() as db:
                result = work(db)
            self._checkpoint()
        return result

    def read(self, work: Callable[[Connection], T]) -> T:
        with self._explained():
            self._same_file()
            with self._reader.connect() as db:
                return work(db)

    def close(self) -> None:
        with self._locked():  # the last connection to leave checkpoints
            self._reader.dispose()
            self._writer.dispose()
        os.close(self._lock)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._mutex:  # threads of one process share the file lock: it does not keep them apart
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._lock, fcntl.LOCK_UN)

    def _same_file(self) -> None:
        """A file that was deleted still takes writes, into nowhere."""
        try:
            same = self._path.stat().st_ino == self._inode
        except FileNotFoundError:
            same = False
        if not same:
            raise StoreDown(f"database {self._path}", "was deleted or replaced while it was in use", "What runs next makes a new one")

    def _checkpoint(self) -> None:
        log = self._path.with_name(self._path.name + "-wal")
        if not log.exists() or log.stat().st_size <= _CHECKPOINT:
            return
        with suppress(sqlite3.Error):  # what was committed stands all the same, and the next writer tries again
            connection = self._writer.raw_connection()  # a checkpoint runs outside of any transaction
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout=0")  # a reader that stays is no reason to hold the lock
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
            connection.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            if type(error) not in (DatabaseError, OperationalError):
                raise  # a constraint, a bad value: a bug of ours, no trouble of the database
            raise StoreDown(f"database {self._path}", str(error.orig), _fix(error.orig, self._path)) from error
        except OSError as error:
            raise StoreDown(f"database {self._path}", str(error.strerror), "Check its folder, the mode of it, and its disk") from error

    def _engine(self, begin: str, *pragmas: str) -> Engine:
        engine = create_engine(URL.create("sqlite", database=str(self._path)))

        def connected(connection: Any, _: object) -> None:
            connection.isolation_level = None  # we begin ourselves: the driver's own BEGIN is DEFERRED
            settings = ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={_BUSY_MS}", "wal_autocheckpoint=0", *pragmas)
            for pragma in settings:
                connection.execute(f"PRAGMA {pragma}")

        event.listen(engine, "connect", connected)
        event.listen(engine, "begin", lambda db: db.exec_driver_sql(begin))
        return engine


class Postgres:
    writers = 4

    def __init__(self, url: URL) -> None:
        self._shown = url.render_as_string(hide_password=True)
        self._engine = create_engine(url, isolation_level="SERIALIZABLE", pool_pre_ping=True, pool_size=10)

    def write(self, work: Callable[[Connection], T]) -> T:
        """One writer at a time, by a lock that is taken before the snapshot: without it writers starve one another, as in SQLite."""
        trouble = "every try lost a race"
        for _ in range(_TRIES):
            try:
                with self._explained(), self._locked() as db, db.begin():
                    return work(db)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _AGAIN:
                    raise
                trouble = str(error.orig).strip()
        raise StoreDown(f"database {self._shown}", trouble, "Another program writes our tables at the same time: end it")

    @contextmanager
    def _locked(self) -> Iterator[Connection]:
        with self._engine.connect() as db:
            db.execute(select(func.pg_advisory_lock(_LOCK)))
            db.commit()
            try:
                yield db
            finally:
                db.rollback()
                db.execute(select(func.pg_advisory_unlock(_LOCK)))
                db.commit()

    def read(self, work: Callable[[Connection], T]) -> T:
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}  # a snapshot that can lose no race
        with self._explained(), self._engine.connect().execution_options(**options) as db:
            return work(db)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) in _AGAIN:
                raise
            problem = str(error.orig).strip()
            raise StoreDown(f"database {self._shown}", problem, "Check that it runs, and its address") from error


def _fix(error: BaseException | None, path: Path) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_FULL or shutil.disk_usage(path.parent).free < _LEAST:
        return "The disk is full: free some space; nothing was half written, and work goes on by itself"
    if code == sqlite3.SQLITE_BUSY:
        return "Another program holds it without our lock: close it"
    if code == sqlite3.SQLITE_NOTADB or code == sqlite3.SQLITE_CORRUPT:
        return "The file is damaged: move it away and put a backup in its place, or let the next start make a new one"
    return "Check the file, its mode and its disk"
