"""May a later schema of the same major version follow an earlier one: only new optional fields, wider enums, other descriptions."""

from collections.abc import Iterator, Mapping
from typing import Any

_FREE = ("$id", "description", "title", "examples")  # may change at will
_WALKED = ("properties", "items", "required", "enum")


def breaks(old: Mapping[str, Any], new: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Each rule that `new` breaks, with the path at which it does."""
    here = path or "the record"
    if sorted(old.get("required", ())) != sorted(new.get("required", ())):
        yield f"{here}: the required list changed"
    if ("enum" in old) != ("enum" in new) or set(old.get("enum", ())) - set(new.get("enum", ())):
        yield f"{here}: the enum lost a value"
    for keyword in sorted((old.keys() | new.keys()) - {*_FREE, *_WALKED}):
        if old.get(keyword) != new.get(keyword):
            yield f"{here}: {keyword} changed from {old.get(keyword)!r} to {new.get(keyword)!r}"
    for name, was in old.get("properties", {}).items():
        if name in new.get("properties", {}):
            yield from breaks(was, new["properties"][name], f"{path}/{name}")
        else:
            yield f"{path}/{name}: the field is gone"
    if "items" in old or "items" in new:
        yield from breaks(old.get("items", {}), new.get("items", {}), f"{path}[]")
