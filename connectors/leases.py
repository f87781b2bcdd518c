"""The leases of this process: one thread renews them all, and frees those of dead processes of this machine."""

import itertools
import threading
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from connectors.doors import Clock
from connectors.process import identity, is_dead
from connectors.store import Store, Tx
from schemas.errors import StoreDown

LEASE = timedelta(seconds=10)  # after this long a silent owner has lost its lane
_RENEW = 3.0  # seconds


class Leases:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._me, self._numbers = identity(), itertools.count()
        self._live: set[str] = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="leases", daemon=True)

    def start(self) -> None:
        self._store.write_now(lambda tx: free_dead(tx, self._clock()))
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def new(self) -> str:
        """A holder's name: machine, pid, start time, and a number, so that no two leases of ours are the same."""
        holder = f"{self._me}/{next(self._numbers)}"
        self._live.add(holder)
        return holder

    def end(self, holder: str) -> None:
        self._live.discard(holder)

    def until(self, now: datetime) -> datetime:
        return now + LEASE

    def _keep(self) -> None:
        while not self._stop.wait(_RENEW):
            try:
                self._store.write_now(self._renew)
            except (StoreDown, SQLAlchemyError):
                continue  # who settles will meet it too, and say so

    def _renew(self, tx: Tx) -> None:
        now = self._clock()
        if live := tuple(self._live):
            tx.lanes.renew(live, self.until(now))
        free_dead(tx, now)


def free_dead(tx: Tx, now: datetime) -> None:
    if dead := [lane for lane, holder in tx.lanes.held().items() if is_dead(holder)]:
        tx.lanes.free(dead, now)
