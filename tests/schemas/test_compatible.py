"""What a later schema of the same major version may change."""

from typing import Any

import pytest

from schemas.compatible import breaks

OLD: dict[str, Any] = {
    "$id": "/thing/1.0.0",
    "type": "object",
    "properties": {
        "id": {"type": "string", "maxLength": 36},
        "kind": {"type": "string", "enum": ["a", "b"]},
        "parts": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "integer", "maximum": 9}}, "required": ["n"]}},
    },
    "required": ["id"],
}


def changed(**properties: Any) -> dict[str, Any]:
    kept = {name: value for name, value in (OLD["properties"] | properties).items() if value is not None}
    return OLD | {"$id": "/thing/1.1.0", "properties": kept}


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        changed(more={"type": "string"}),
        changed(kind={"type": "string", "enum": ["a", "b", "c"]}),
        changed(id={"type": "string", "maxLength": 36, "description": "Of the thing."}),
    ],
    ids=["the same", "a new optional field", "a wider enum", "another description"],
)
def test_additions_are_compatible(new: dict[str, Any]) -> None:
    assert list(breaks(OLD, new)) == []


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        (changed(kind=None), "/kind: the field is gone"),
        (changed(id={"type": "integer", "maxLength": 36}), "/id: type changed from 'string' to 'integer'"),
        (changed(id={"type": "string", "maxLength": 20}), "/id: maxLength changed from 36 to 20"),
        (changed(id={"type": "string"}), "/id: maxLength changed from 36 to None"),
        (changed(kind={"type": "string", "enum": ["a"]}), "/kind: the enum lost a value"),
        (changed(kind={"type": "string"}), "/kind: the enum lost a value"),
        (changed() | {"required": ["id", "kind"]}, "the record: the required list changed"),
        (changed() | {"required": []}, "the record: the required list changed"),
        (changed(parts={"type": "array", "items": {"type": "string"}}), "/parts[]: type changed from 'object' to 'string'"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_anything_else_is_named_with_its_path(new: dict[str, Any], problem: str) -> None:
    assert problem in list(breaks(OLD, new))
