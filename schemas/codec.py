"""Bytes to types and back: the only place that validates."""

import base64
import hashlib
from datetime import datetime
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError

from schemas.alert import Delivery, Wake
from schemas.article import Article, Entry
from schemas.feed import DueFeed
from schemas.ids import digest, uid
from schemas.match import Match
from schemas.quarantine import RAW_LIMIT, Quarantine
from schemas.reasons import Reason
from schemas.streams import Stream, stream_of
from schemas.work import Record

Unreadable = ValidationError

KINDS: dict[str, type] = {kind.__name__: kind for kind in (DueFeed, Entry, Article, Match, Wake, Delivery)}  # what a job can carry


_adapters: dict[type, TypeAdapter[Any]] = {}


def adapter(kind: type) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def plain(thing: Any) -> Any:
    """The thing as JSON values: no nulls, RFC 3339 times in Z."""
    return adapter(type(thing)).dump_python(thing, mode="json", exclude_none=True)


def dump(thing: Any) -> bytes:
    return adapter(type(thing)).dump_json(thing, exclude_none=True)


def load(kind: type, value: bytes) -> Any:
    """Raises Unreadable. Fields that we do not know are passed over: a reader of an older release lives on."""
    return adapter(kind).validate_json(value)


def record(thing: Any, now: datetime) -> Record:
    """The thing in its stream's form: our fields plus `$schema` and `meta`, CloudEvents 1.0 in binary mode in the headers."""
    stream = stream_of(type(thing))
    id_ = uid(stream.name, *stream.identity(thing))
    meta = {"id": id_, "stream": stream.name, "dt": rfc3339(now)}
    value = orjson.dumps({"$schema": stream.schema, "meta": meta, **plain(thing)})
    return Record(stream=stream.name, key=stream.key(thing), id=id_, dt=now, value=value, headers=_headers(thing, stream, id_, now))


def quarantined(
    *, stage: str, key: str, lane: str, kind: str, raw: bytes, reason: Reason, detail: str, attempts: int, now: datetime, trace: str = ""
) -> Quarantine:
    whole = hashlib.sha256(raw).hexdigest()
    return Quarantine(
        quarantine_id=uid("quarantine", stage, key, reason, whole),
        stage=stage,
        key=key,
        lane=lane,
        kind=kind,
        reason=reason,
        detail=detail[:1000],
        attempts=attempts,
        failed_dt=now,
        raw_b64=base64.b64encode(raw[:RAW_LIMIT]).decode(),
        raw_sha256=whole,
        raw_truncated=len(raw) > RAW_LIMIT,
        traceback=trace or None,
    )


def rfc3339(dt: datetime) -> str:
    return dt.isoformat().replace("+00:00", "Z")


def _headers(thing: Any, stream: Stream, id_: str, now: datetime) -> tuple[tuple[str, str], ...]:
    change = getattr(thing, "change_kind", getattr(thing, "state", "noted"))
    headers = [
        ("content-type", "application/json"),
        ("ce_specversion", "1.0"),
        ("ce_id", id_),
        ("ce_type", f"tocsin.{stream.entity}.{change}.v1"),
        ("ce_source", "/tocsin"),
        ("ce_subject", stream.subject(thing)),
        ("ce_time", rfc3339(now)),
        ("traceparent", f"00-{digest('trace', _trace(thing, stream))}-{digest('span', id_)[:16]}-01"),
    ]
    if isinstance(thing, Quarantine):  # the names that Kafka Connect's own tools read
        headers += [
            ("__connect.errors.stage", thing.stage),
            ("__connect.errors.class.name", thing.reason),
            ("__connect.errors.exception.message", thing.detail.replace("\n", " ")[:500]),
        ]
    return tuple(headers)


def _trace(thing: Any, stream: Stream) -> str:
    """One trace an article: its records, its matches and the alerts that it made newest share it."""
    if articles := getattr(thing, "articles", ()):
        return str(articles[0].article_id)
    return stream.subject(thing)
