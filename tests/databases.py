"""An empty database for each test: SQLite always, PostgreSQL too where TOCSIN_TEST_POSTGRES names one."""

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import create_engine, make_url, text

from connectors.store import Tx, open_store

T = TypeVar("T")

POSTGRES = os.environ.get("TOCSIN_TEST_POSTGRES")


@pytest.fixture(params=["sqlite", *(["postgresql"] if POSTGRES else [])])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/state/tocsin.db"
        return
    name = f"tocsin_{uuid.uuid4().hex[:12]}"
    _run(f"CREATE DATABASE {name}")
    yield make_url(POSTGRES or "").set(database=name).render_as_string(hide_password=False)
    _run(f"DROP DATABASE {name} WITH (FORCE)")


def asked(url: str, question: Callable[[Tx], T]) -> T:
    """What the database at this address has to say, opened for it alone."""
    store = open_store(url)
    try:
        return store.read_now(question)
    finally:
        store.close()


def _run(statement: str) -> None:
    engine = create_engine(POSTGRES or "", isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.execute(text(statement))
    engine.dispose()
