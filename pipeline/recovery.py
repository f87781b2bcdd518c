"""When one half is lost: each start holds the lanes of our database against the logs of Kafka, and says in plain words what differs.

1. A stream that Kafka does not have is made.
2. No lane has a row, and no log a record: the lanes begin (stream_created).
3. No lane has a row, but a log has records: database_recreated. Lanes begin at the end, and every feed's next first poll seeds at any age.
4. A lane's log has another id: stream_recreated. Position 0, and what the old log took with it unread is published again.
5. A lane's position is outside of its log: stream_gap. On to what is kept; what lies between is counted, and published again if it is ours.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.routes import Routes
from connectors.doors import Broker
from connectors.store import Tx
from connectors.store.lanes import Lane
from connectors.world import World
from pipeline import notice
from schemas.errors import StreamsDiffer
from schemas.reasons import Reason
from schemas.streams import READERS, STREAMS, Stream
from schemas.work import LogRange

SEED_ALL = "seed_all"  # the fact that makes new feeds seed at any age


@dataclass(frozen=True, kw_only=True, slots=True)
class Log:
    """One partition that a stage reads, as Kafka has it."""

    lane: str
    stream: str
    log_id: str
    kept: LogRange
    committed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A lane that goes to another position. missed: how many records it never reads."""

    log: Log
    position: int
    reason: Reason
    missed: int = 0


def lane(stage: str, stream: str, partition: int) -> str:
    return f"{stage}/{stream}/{partition}"


def compare(lanes: Mapping[str, Lane], logs: Sequence[Log]) -> list[Move]:
    """What must move; nothing where all is as we left it."""
    lost = not lanes and any(log.kept.end for log in logs)
    return [move for log in logs if (move := _move(lanes.get(log.lane), log, lost))]


def _move(known: Lane | None, log: Log, lost: bool) -> Move | None:
    if known is None:
        reason = Reason.DATABASE_RECREATED if lost else Reason.STREAM_CREATED
        return Move(log=log, position=log.kept.end, reason=reason, missed=max(0, log.kept.end - max(log.committed, log.kept.start)))
    if known.log_id != log.log_id:
        return Move(log=log, position=0, reason=Reason.STREAM_RECREATED)
    if known.position < log.kept.start:
        return Move(log=log, position=log.kept.start, reason=Reason.STREAM_GAP, missed=log.kept.start - known.position)
    if known.position > log.kept.end:
        return Move(log=log, position=log.kept.end, reason=Reason.STREAM_GAP)
    return None


async def check(world: World, speed: float, routes: Callable[[], Routes]) -> list[Move]:
    """Raises BrokerDown, StreamsDiffer."""
    known = await world.store.read(_lanes)  # before the logs: what others read meanwhile is then no gap
    logs = await asyncio.to_thread(_logs, world.broker, speed)
    moves = compare(known, logs)
    if moves:
        told, now = routes(), world.clock()
        moves = await world.store.transact(lambda tx: _apply(tx, known, moves, told, now))
    return moves


def _lanes(tx: Tx) -> dict[str, Lane]:
    return {name: row for stage in READERS for name, row in tx.lanes.starting(f"{stage}/").items() if row.log_id}


def _logs(broker: Broker, speed: float) -> list[Log]:
    ids = broker.log_ids()
    if missing := [s for s in STREAMS if s.name not in ids]:
        broker.create(missing, speed)
        ids = broker.log_ids()
    return [log for stage, stream in READERS.items() for log in _logs_of(broker, stage, stream, ids[stream.name])]


def _logs_of(broker: Broker, stage: str, stream: Stream, log_id: str) -> list[Log]:
    ranges, committed = broker.ranges(stream.name), broker.committed(stage, stream.name)
    if len(ranges) != stream.partitions:
        problem = f"has {len(ranges)} partitions, the table says {stream.partitions}"
        raise StreamsDiffer(stream.name, problem, "Keys would move, so neither shrink nor grow it: see docs/streams.md")
    return [
        Log(lane=lane(stage, stream.name, n), stream=stream.name, log_id=log_id, kept=kept, committed=committed.get(n, 0))
        for n, kept in ranges.items()
    ]


def _apply(tx: Tx, known: Mapping[str, Lane], moves: Sequence[Move], told: Routes, now: datetime) -> list[Move]:
    """Those whose lane is as it was when it was compared: another process may have been here since."""
    here = _lanes(tx)
    still = [m for m in moves if _place(here.get(m.log.lane)) == _place(known.get(m.log.lane))]
    for move in still:
        tx.lanes.open(move.log.lane, move.position, move.log.log_id, now)
        tx.journal.add("house", move.log.lane, move.reason, _detail(move), (move.log.stream,), now)
    reasons = {move.reason for move in still} - {Reason.STREAM_CREATED}
    if Reason.DATABASE_RECREATED in reasons:
        tx.facts.set(SEED_ALL, "yes")
    for stream in {move.log.stream for move in still if move.reason in (Reason.STREAM_RECREATED, Reason.STREAM_GAP)}:
        tx.outbox.again(stream)
    for reason in sorted(reasons):
        notice.give(tx, reason, ", ".join(sorted({m.log.stream for m in still if m.reason is reason})), _words(reason, still), told, now)
    return still


def _place(lane: Lane | None) -> tuple[int, str] | None:
    return (lane.position, lane.log_id) if lane else None


def _detail(move: Move) -> str:
    return f"from offset {move.position} on" + (f", {move.missed} records were never read" if move.missed else "")


def _words(reason: Reason, moves: Sequence[Move]) -> str:
    missed: Counter[str] = Counter()
    for move in moves:
        if move.reason is reason:
            missed[move.log.stream] += move.missed
    counts = ", ".join(f"{n} of {stream}" for stream, n in missed.items())
    if reason is Reason.DATABASE_RECREATED:
        return f"Our database is new, but Kafka's streams have records. Nothing rings again; skipped as never handled: {counts}."
    if reason is Reason.STREAM_RECREATED:
        return f"Kafka's streams are new ({', '.join(missed)}). Reading starts at 0; what was not handled yet is published again."
    return f"Kafka dropped records before we had read them: {counts}. Those that were ours are published again."
