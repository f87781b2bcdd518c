"""The forms of words that dictionaries were asked for once, in a small database of its own: it can be deleted at any time."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

Row: TypeAlias = tuple[str, str, bool, bool, str]  # language, word, two facts of its inflection, its forms with spaces between them

_TABLE = """CREATE TABLE IF NOT EXISTS forms (
    language TEXT, word TEXT, known INTEGER, untagged INTEGER, forms TEXT, PRIMARY KEY (language, word)
) WITHOUT ROWID"""
_SPOILT = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_PATIENCE = 10.0  # seconds for another process that writes


class KeptForms:
    """edition: of the dictionaries; another one begins with an empty file. Without a file, or with a spoilt one, nothing is known yet."""

    def __init__(self, home: Path, edition: str) -> None:
        self._home, self._file = home, home / f"forms-{edition}.db"

    def get(self, words: Collection[tuple[str, str]]) -> list[Row]:
        if not self._file.exists():
            return []
        try:
            with self._opened() as database:
                return [row for word in words for row in database.execute("SELECT * FROM forms WHERE language = ? AND word = ?", word)]
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "") in _SPOILT:
                with suppress(OSError):
                    self._file.unlink(missing_ok=True)
            return []

    def put(self, rows: Iterable[Row]) -> None:
        """Where the disk is full, or somebody deletes the file, the next process asks the dictionaries again."""
        with suppress(OSError, sqlite3.Error):
            if not self._file.exists():
                self._home.mkdir(parents=True, exist_ok=True)
                for older in self._home.glob("forms-*.db*"):
                    older.unlink(missing_ok=True)
            with self._opened() as database:
                database.execute(_TABLE)
                database.executemany("INSERT OR REPLACE INTO forms VALUES (?, ?, ?, ?, ?)", rows)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, timeout=_PATIENCE)) as database, database:
            yield database
