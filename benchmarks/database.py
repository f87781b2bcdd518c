"""How large a SQLite file is within, and which of its tables make it so."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_LARGEST = "SELECT m.tbl_name, sum(s.pgsize) FROM dbstat s JOIN sqlite_master m ON m.name = s.name GROUP BY 1 ORDER BY 2 DESC LIMIT 5"


@contextmanager
def looked_into(file: Path) -> Iterator[sqlite3.Connection]:
    """Only to be read; others may write meanwhile."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        yield db


def bytes_in_use(db: sqlite3.Connection) -> int:
    pages, free, size = (int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "freelist_count", "page_size"))
    return (pages - free) * size


def largest(db: sqlite3.Connection, by: int) -> str:
    """The five largest tables with their indexes, in bytes divided by `by`; nothing where SQLite was not built to tell."""
    try:
        return ", ".join(f"{name} {size / by:,.0f}" for name, size in db.execute(_LARGEST))
    except sqlite3.OperationalError:
        return ""
