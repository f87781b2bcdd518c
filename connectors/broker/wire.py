"""Our records as kafka-python sends and reads them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.work import Received, Record

_EPOCH = datetime.fromtimestamp(0, UTC)
_MILLISECOND = timedelta(milliseconds=1)


def sent(record: Record) -> dict[str, Any]:
    """As arguments of send. The timestamp is when we observed it, never when it was published: retention acts on it."""
    return {
        "topic": record.stream,
        "key": record.key.encode(),
        "value": record.value,
        "headers": [(name, value.encode()) for name, value in record.headers],
        "timestamp_ms": (record.dt - _EPOCH) // _MILLISECOND,
    }


def received(found: Any) -> Received:
    """Of a ConsumerRecord. Others may write to our streams too: what is not text in key or headers is read with marks for it."""
    return Received(
        stream=found.topic,
        partition=found.partition,
        offset=found.offset,
        key=_text(found.key),
        value=found.value or b"",
        headers=tuple((name, _text(value)) for name, value in found.headers),
        dt=_EPOCH + _MILLISECOND * max(0, found.timestamp),
    )


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode(errors="replace")
