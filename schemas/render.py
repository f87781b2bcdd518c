"""The types as JSON Schemas (draft 2020-12): flat, without unions and nulls, open to fields of later releases.

The rules are those of Wikimedia's Event Platform (wikitech.wikimedia.org, Event Platform/Schemas/Guidelines): snake_case names,
one type a property, bounded numbers, and within a major version a list of required fields that never changes.
"""

from collections.abc import Mapping
from typing import Any

import orjson

from schemas.codec import adapter
from schemas.reasons import Reason
from schemas.streams import Stream

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_LONGEST = {  # characters; what a reader may size a column by
    "url": 2048,
    "canonical_url": 2048,
    "final_url": 2048,
    "image": 2048,
    "title": 1000,
    "detail": 1000,
    "body_text": 256 * 1024,
    "raw_b64": 4 * (512 * 1024 + 2) // 3,
    "raw_sha256": 64,
}
_INSTANT = {"format": "date-time", "pattern": "Z$", "maxLength": 40}
_REASON = {"type": "string", "pattern": "^[a-z_]+$", "description": "A named reason. More of them come with later releases."}
_NOISE = ("title", "default", "$defs")


def rendered(stream: Stream) -> dict[str, Any]:
    """The schema of that stream's records, all in one piece."""
    raw = adapter(stream.carries).json_schema(mode="serialization")
    body = _flat(raw, raw.get("$defs", {}))
    return {
        "$schema": DRAFT,
        "$id": stream.schema,
        "title": stream.entity,
        "description": body["description"],
        "type": "object",
        "properties": {"$schema": _schema(stream), "meta": _meta(stream)} | body["properties"],
        "required": ["$schema", "meta", *body["required"]],
    }


def text(schema: Mapping[str, Any]) -> bytes:
    """The schema as its file holds it."""
    return orjson.dumps(schema, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _schema(stream: Stream) -> dict[str, Any]:
    major = stream.version.partition(".")[0]
    pattern = rf"^/{stream.entity}/{major}\.[0-9]+\.[0-9]+$"
    return {"type": "string", "pattern": pattern, "maxLength": 100, "description": "Path and version of the schema that it was written by."}


def _meta(stream: Stream) -> dict[str, Any]:
    return {
        "type": "object",
        "description": "id: the same for every repetition of this record. dt: when we observed what it tells.",
        "properties": {
            "id": {"type": "string", "format": "uuid", "maxLength": 36},
            "stream": {"type": "string", "const": stream.name},
            "dt": {"type": "string"} | _INSTANT,
        },
        "required": ["id", "stream", "dt"],
    }


def _flat(node: Mapping[str, Any], named: Mapping[str, Any]) -> dict[str, Any]:
    """The node with what it refers to in its place, and no more of a union than the one type that is not null."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return dict(_REASON) if name == Reason.__name__ else _flat(named[name], named)
    if "anyOf" in node:
        [one] = [kind for kind in node["anyOf"] if kind.get("type") != "null"]
        return _flat(one, named)
    flat = {key: value for key, value in node.items() if key not in _NOISE}
    if "items" in flat:
        flat["items"] = _flat(flat["items"], named)
    if "properties" in flat:
        flat["properties"] = {name: _bounded(name, _flat(value, named)) for name, value in flat["properties"].items()}
    return flat | (_INSTANT if flat.get("format") == "date-time" else {})


def _bounded(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return schema | {"maxLength": _LONGEST[name]} if name in _LONGEST and schema["type"] == "string" else schema
