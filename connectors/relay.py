"""The outbox to the broker, in order, by one relay over all processes: it is a lane, and who holds it publishes for all."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from connectors.doors import Broker, Clock
from connectors.leases import Leases
from connectors.store import Store, Tx
from schemas.errors import BrokerDown, LostLane, Unreachable
from schemas.streams import READERS
from schemas.work import Record

LANE = "relay"
_CHUNK = 500
_TICK = 0.25  # seconds between looks for what other processes left
_PAUSE = 1.0  # seconds after a broker or a store that did not answer
_PATIENCE = 5.0  # seconds for the last batch
_UNREAD = tuple(stream.name for stream in READERS.values())

Rows = list[tuple[int, Record]]


class Relay:
    def __init__(self, store: Store, broker: Broker, leases: Leases, clock: Clock) -> None:
        self._store, self._broker, self._leases, self._clock = store, broker, leases, clock
        self._bell, self._stopping = asyncio.Event(), False
        self._run: asyncio.Task[None] | None = None
        self.trouble: Unreachable | None = None  # why the last try stopped
        self.published: Callable[[], None] = lambda: None  # called when records are out: who reads the streams may look

    def begin(self) -> None:
        """Called once the lanes are held against the logs: what is published before would hide what a log has lost."""
        self._run = self._run or asyncio.create_task(self._keep(), name="relay")

    async def end(self) -> None:
        """After the batch that is under way: who is cancelled in the midst of one leaves the lane held."""
        self._stopping = True
        self._bell.set()
        if self._run:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._run, _PATIENCE)

    def wake(self) -> None:
        self._bell.set()

    async def empty(self) -> bool:
        self.check()
        return await self._store.read(lambda tx: tx.outbox.depth()) == 0

    def check(self) -> None:
        """Raises what ended it, where it has ended before its time: nothing would ever go out."""
        if self._run and self._run.done() and not self._stopping:
            self._run.result()

    async def flush(self) -> None:
        """Every row there is, each done with after its own acknowledgement. Returns at once where another process is at it."""
        if await self._store.read(lambda tx: tx.outbox.depth()) == 0:
            return
        holder = self._leases.new()
        try:
            rows = await self._store.transact(lambda tx: self._take(tx, holder))
            while rows:
                rows = await self._publish(rows, holder)
        except LostLane:
            return
        finally:
            self._leases.end(holder)

    async def _keep(self) -> None:
        while not self._stopping:
            self._bell.clear()
            try:
                await self.flush()
                self.trouble = None
            except Unreachable as error:
                self.trouble = error
                await asyncio.sleep(_PAUSE)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), _TICK)

    async def _publish(self, rows: Rows, holder: str) -> Rows:
        """The rows that come after these."""
        acknowledged, trouble = 0, None
        try:
            acknowledged = await asyncio.to_thread(self._broker.publish, [record for _, record in rows])
        except BrokerDown as error:
            trouble = error
        done = [seq for seq, _ in rows[:acknowledged]]
        stop = acknowledged < len(rows)
        more = await self._store.transact(lambda tx: self._note(tx, holder, done, stop))
        self.published()
        if stop:
            raise trouble or BrokerDown("its address", f"it took {acknowledged} of {len(rows)} records")
        return more

    def _take(self, tx: Tx, holder: str) -> Rows:
        now = self._clock()
        if not tx.lanes.lease(LANE, holder, (), now, self._leases.until(now)):
            return []
        return tx.outbox.first(_CHUNK) or self._leave(tx, holder)

    def _note(self, tx: Tx, holder: str, done: Sequence[int], stop: bool) -> Rows:
        tx.lanes.take(LANE, holder, ())  # a relay that was frozen while another went on stops here
        tx.outbox.sent(done, _UNREAD)
        more = [] if stop else tx.outbox.first(_CHUNK)
        return more or self._leave(tx, holder)

    def _leave(self, tx: Tx, holder: str) -> Rows:
        tx.lanes.move(LANE, holder, None, self._clock())
        return []
