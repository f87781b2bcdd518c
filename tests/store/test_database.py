"""All or nothing, many processes at once, the schema's revision, and troubles in plain words."""

import multiprocessing
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from connectors.store import Store, Tx, open_store, revision
from connectors.store.engine import database
from connectors.store.tables import metadata
from schemas.errors import StoreDown, StoreRevision
from schemas.work import Record
from tests.databases import POSTGRES

NOON = datetime(2021, 10, 22, 12, tzinfo=UTC)


def record(key: str) -> Record:
    return Record(stream="s", key=key, id=key, dt=NOON, value=b"")


def test_a_transaction_that_raises_writes_nothing(store: Store) -> None:
    def half(tx: Tx) -> None:
        tx.outbox.put([record("a")])
        raise KeyError

    with pytest.raises(KeyError):
        store.write_now(half)
    assert store.read_now(lambda tx: tx.outbox.depth()) == 0


def test_a_savepoint_that_raises_undoes_itself_alone(store: Store) -> None:
    def partly(tx: Tx) -> None:
        tx.outbox.put([record("kept")])
        with pytest.raises(KeyError), tx.savepoint():
            tx.outbox.put([record("undone")])
            raise KeyError

    store.write_now(partly)

    assert [r.key for _, r in store.read_now(lambda tx: tx.outbox.first(9))] == ["kept"]


def test_a_read_cannot_write(store: Store) -> None:
    with pytest.raises(Exception, match=r"read-?only"):
        store.read_now(lambda tx: tx.outbox.put([record("a")]))


def _count(url: str, times: int) -> None:
    store = open_store(url)
    for _ in range(times):
        store.write_now(_one_more)
    store.close()


def _one_more(tx: Tx) -> None:
    tx.facts.set("count", str(int(tx.facts.get("count") or 0) + 1))


def test_processes_that_write_at_once_lose_nothing(url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_count, args=(url, 50)) for _ in range(4)]

    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0] * 4
    store = open_store(url)
    assert store.read_now(lambda tx: tx.facts.get("count")) == "200"
    store.close()


def _in(url: str, work: Callable[[Connection], object]) -> object:
    opened = database(url)
    result = opened.write(work)
    opened.close()
    return result


def test_a_new_database_has_our_tables_and_no_others(url: str) -> None:
    open_store(url).close()

    differences = _in(url, lambda db: compare_metadata(MigrationContext.configure(db), metadata))

    assert differences == []


def test_a_database_of_another_release_is_refused(url: str) -> None:
    open_store(url).close()
    _in(url, lambda db: db.execute(text("UPDATE alembic_version SET version_num = '9999'")))

    with pytest.raises(StoreRevision, match="tocsin store upgrade"):
        open_store(url)


def test_the_revision_we_need_is_the_newest_that_we_ship() -> None:
    versions = Path(revision.__file__).parent / "migrations" / "versions"

    assert max(path.name[:4] for path in versions.glob("[0-9]*.py")) == revision.HEAD


def test_a_database_that_was_deleted_in_use_takes_no_write(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/tocsin.db")
    (tmp_path / "tocsin.db").unlink()

    with pytest.raises(StoreDown, match="was deleted or replaced while it was in use"):
        store.write_now(lambda tx: tx.outbox.put([record("a")]))
    store.close()


def test_the_write_ahead_log_stays_small(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/tocsin.db")
    for n in range(40):
        big = Record(stream="s", key=str(n), id=str(n), dt=NOON, value=bytes(2**19))
        store.write_now(lambda tx, big=big: tx.outbox.put([big]))  # type: ignore[misc]

    assert (tmp_path / "tocsin.db-wal").stat().st_size < 8 * 2**20
    store.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreDown, match="file/state"):
        open_store(f"sqlite:///{tmp_path}/file/state/tocsin.db")


@pytest.mark.skipif(not POSTGRES, reason="TOCSIN_TEST_POSTGRES names no PostgreSQL: the store and the path ran on SQLite alone")
def test_a_postgresql_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(StoreDown, match=r"\*\*\*@127.0.0.1:1/none"):
        open_store("postgresql+psycopg://tocsin:secret@127.0.0.1:1/none")
