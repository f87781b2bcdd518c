"""Transactions that wait at the same time become one, for it is the commit that costs: it waits for the disk."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from sqlalchemy import Connection

from connectors.store.engine import Database

_MOST = 64  # so that other processes get their turn

Asked = tuple[Callable[[Connection], Any], Future[Any]]


class Group:
    def __init__(self, db: Database) -> None:
        self._database, self._waiting = db, SimpleQueue[Asked]()

    def ask(self, work: Callable[[Connection], Any]) -> Future[Any]:
        """Done by the next `write`, which whoever asks must call for on a thread of the database."""
        future: Future[Any] = Future()
        self._waiting.put((work, future))
        return future

    def write(self) -> None:
        """What waits now; nothing where the call before has taken it along."""
        asked = list[Asked]()
        with suppress(Empty):
            while len(asked) < _MOST:
                work, future = self._waiting.get_nowait()
                if future.set_running_or_notify_cancel():
                    asked.append((work, future))
        if asked:
            self._write(asked)

    def _write(self, asked: Sequence[Asked]) -> None:
        """Where one of them cannot be written all are undone, and each is tried alone: nobody's trouble is another's."""
        try:
            found = self._database.write(lambda db: [work(db) for work, _ in asked])
        except Exception as error:  # noqa: BLE001  whatever it is, it is raised where it was asked for
            if len(asked) == 1:
                asked[0][1].set_exception(error)
            else:
                for one in asked:
                    self._write([one])
            return
        for (_, future), answer in zip(asked, found, strict=True):
            future.set_result(answer)
