"""What a stage hears and what it answers: an item in, a verdict out."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, Protocol, TypeVar, runtime_checkable

from schemas.host import HostState
from schemas.reasons import Reason
from schemas.work import Job

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Item(Generic[T]):
    """One thing to do, the bytes it came in, and where it came from: a job, or an offset of a stream.

    taken   its name among what a lane's holder works on: (stage, job key or stream/partition/offset)
    deaths  how often a process died that worked on it
    host    what we know of the host whose lane it is in
    """

    key: str
    value: T
    kind: str
    raw: bytes
    taken: tuple[str, str]
    deaths: int = 0
    job: Job | None = None
    offset: int = -1
    record_id: str = ""  # of the record it came in
    host: HostState | None = None


@runtime_checkable
class Resting(Protocol):
    """What work found may say that its whole lane rests: nothing more of the batch is begun."""

    @property
    def rest(self) -> timedelta: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What becomes of one item. The reason is journalled, counted and shown; the rest is written in the same transaction.

    records     things for the streams: each knows its stream by its type
    jobs        work for a stage at a time
    retry       try this job again by the stage's patience, at the earliest after this long (what reads a stream needs no other try)
    quarantine  this can never pass: its bytes go to the quarantine stream
    about       whom else the journal names: an article's id, an address, an alert's id
    """

    reason: Reason
    records: tuple[object, ...] = ()
    jobs: tuple[Job, ...] = ()
    retry: bool | timedelta = False
    quarantine: bool = False
    detail: str = ""
    about: tuple[str, ...] = ()
    trace: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """How long a stage tries again: doubling from `first` to `most`, `tries` times."""

    first: timedelta = timedelta(minutes=1)
    most: timedelta = timedelta(hours=6)
    tries: int = 8

    def pause(self, attempt: int) -> timedelta | None:
        """None: enough."""
        return None if attempt + 1 >= self.tries else min(self.first * 2 ** min(attempt, 30), self.most)
