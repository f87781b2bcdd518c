"""The schema files: equal to the types, never changed once released, each with an example."""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import pytest

from schemas import codec
from schemas.compatible import breaks
from schemas.errors import SettingsError
from schemas.render import rendered, text
from schemas.streams import ARTICLES, STREAMS, Stream, stream_named
from tocsin.render_schemas import DIGESTS, FOLDER, digests, main

FILES = sorted(p for p in FOLDER.glob("*/*.json") if not p.name.endswith(".example.json"))
streams = pytest.mark.parametrize("stream", STREAMS, ids=lambda s: s.entity)
files = pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(path.read_bytes())
    return found


def example(path: Path) -> dict[str, Any]:
    return read(path.with_suffix(".example.json"))


def nodes(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    yield path, schema
    for name, part in schema.get("properties", {}).items():
        yield from nodes(part, f"{path}/{name}")
    if "items" in schema:
        yield from nodes(schema["items"], f"{path}[]")


@streams
def test_the_file_is_what_the_type_gives(stream: Stream) -> None:
    path = FOLDER / stream.entity / f"{stream.version}.json"

    assert path.read_bytes() == text(rendered(stream)), "run: python -m tocsin.render_schemas"


def test_no_released_file_changed_and_each_is_pinned() -> None:
    assert digests(FOLDER) == {f"{p.parent.name}/{p.name}": hashlib.sha256(p.read_bytes()).hexdigest() for p in FILES}


def test_rendering_again_changes_nothing_and_rendering_over_a_release_is_refused(tmp_path: Path) -> None:
    main(tmp_path)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*.json")}
    main(tmp_path)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*.json")} == before

    (tmp_path / DIGESTS).write_bytes(orjson.dumps({"alert/1.0.0.json": "another"}))
    with pytest.raises(SettingsError, match=r"alert/1\.0\.0\.json: it is released.*Raise the stream's version"):
        main(tmp_path)


def test_an_article_requires_what_it_required_on_day_one() -> None:
    day_one = ["$schema", "meta", "origin", "change_kind", "article_id", "revision", "url", "source_id", "first_seen_dt", "content_hash"]

    assert sorted(rendered(ARTICLES)["required"]) == sorted(day_one)


@files
def test_every_name_is_snake_case_and_every_property_has_one_type_and_a_bound(path: Path) -> None:
    for where, node in nodes(read(path)):
        assert where.endswith("$schema") or re.fullmatch(r"(/[a-z][a-z0-9_]*(\[\])*)*", where)
        assert isinstance(node["type"], str) and node["type"] != "null"
        assert not node.keys() & {"anyOf", "oneOf", "allOf", "$ref", "$defs", "default", "additionalProperties"}, where
        assert node["type"] not in ("integer", "number") or {"minimum", "maximum"} <= node.keys(), where
        assert node["type"] != "array" or "items" in node, where
        assert node["type"] != "object" or "properties" in node, where


@files
def test_the_schema_is_a_schema_with_its_path_as_id(path: Path) -> None:
    schema = read(path)

    assert jsonschema_rs.meta.is_valid(schema)
    assert schema["$id"] == f"/{path.parent.name}/{path.stem}"
    assert schema["title"] == path.parent.name


@files
def test_its_example_names_it_keeps_to_it_and_shows_every_property(path: Path) -> None:
    schema, record = read(path), example(path)

    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(record)
    assert record["$schema"] == schema["$id"]
    for where, node in nodes(schema):
        values = list(at(record, where))
        assert values, f"the example lacks {where}"
        assert node["type"] != "array" or any(values), f"the example has nothing in {where}"


@files
def test_its_example_is_read_by_our_own_type_and_written_back_the_same(path: Path) -> None:
    record = example(path)
    stream = stream_named(record["meta"]["stream"])

    thing = codec.load(stream.carries, orjson.dumps(record))
    again = codec.record(thing, datetime.fromisoformat(record["meta"]["dt"]).astimezone(UTC))

    assert orjson.loads(again.value) | {"$schema": record["$schema"]} == record


@streams
def test_within_a_major_every_version_follows_the_one_before(stream: Stream) -> None:
    versions = sorted((p for p in FILES if p.parent.name == stream.entity), key=lambda p: [int(n) for n in p.stem.split(".")])
    newest = jsonschema_rs.Draft202012Validator(rendered(stream), validate_formats=True)
    for path in versions:
        if path.stem.split(".")[0] == stream.version.split(".")[0]:
            assert list(breaks(read(path), rendered(stream))) == []
            newest.validate(example(path))


def at(value: Any, path: str) -> Iterator[Any]:
    """Every value of the record at that path."""
    head, _, rest = path.lstrip("/").partition("/")
    if not head:
        yield value
        return
    name = head.rstrip("[]")
    if name not in value:
        return
    found = [value[name]]
    for _ in range(head.count("[]")):
        found = [item for items in found for item in items]
    for item in found:
        yield from at(item, rest)
