"""The last look at a record before it leaves: does its value keep to the schema of its stream."""

from functools import cache

import jsonschema_rs
import orjson

from schemas.render import rendered
from schemas.streams import MAX_MESSAGE_BYTES, stream_named
from schemas.work import Record

_ROOM = 64 * 1024  # of a message, for its key, headers and framing


def check(record: Record) -> str | None:
    """What is wrong with it, in words that never repeat the value; None: nothing."""
    if (size := len(record.value)) > MAX_MESSAGE_BYTES - _ROOM:
        return f"{record.stream}: {size} bytes are more than the broker takes"
    try:
        _validator(record.stream).validate(orjson.loads(record.value))
    except jsonschema_rs.ValidationError as error:
        return f"{record.stream}: {'/'.join(map(str, error.instance_path)) or 'the record'}: {error.message}"[:500]
    return None


@cache
def _validator(stream: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(rendered(stream_named(stream)), validate_formats=True, mask="its value")
