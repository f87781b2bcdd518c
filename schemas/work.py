"""What the stages hand over: a job in our database, a record in a stream."""

from dataclasses import dataclass

from pydantic import AwareDatetime

STAGES = ("poll", "extract", "track", "ring", "deliver")  # in the order of the path


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """Work that is due at a time. A (stage, key) has one job; jobs of one lane never run at once. `kind` names the type in `value`."""

    stage: str
    key: str
    lane: str
    due_dt: AwareDatetime
    attempt: int = 0
    kind: str
    value: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One outgoing record of a stream. `id` is deterministic, so a repeat is recognised."""

    stream: str
    key: str
    id: str
    dt: AwareDatetime
    value: bytes
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """One record as read back."""

    stream: str
    partition: int
    offset: int
    key: str
    value: bytes
    headers: tuple[tuple[str, str], ...] = ()
    dt: AwareDatetime


@dataclass(frozen=True, kw_only=True, slots=True)
class LogRange:
    """Of one partition: the first offset that is kept, and the next free one."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Noted:
    """One row of the journal: a stage's named reason for one item at a time."""

    seq: int
    dt: AwareDatetime
    stage: str
    key: str
    reason: str
    detail: str
    subjects: tuple[str, ...] = ()
