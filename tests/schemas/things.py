"""Any thing of a type, within the bounds that its schema sets."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from pydantic import AwareDatetime

from schemas.article import Share
from schemas.match import Points

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=40),
    bool: st.booleans(),
    NoneType: st.none(),
    Share: st.floats(0, 1),
    Points: st.floats(0, 1e12),
    AwareDatetime: st.integers(0, 10**16).map(lambda n: _EPOCH + timedelta(microseconds=n)),
}
_WHOLE = st.integers(1, 2**53 - 1)  # of every other annotated number


def any_of(kind: type) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind, include_extras=True)
    return st.builds(kind, **{f.name: _value(hints[f.name]) for f in fields(kind)})


def _value(hint: Any) -> st.SearchStrategy[Any]:
    if hint in _LEAVES:
        return _LEAVES[hint]
    if get_origin(hint) in (Union, UnionType):
        return st.one_of([_value(part) for part in get_args(hint)])
    if get_origin(hint) is tuple:
        return st.lists(_value(get_args(hint)[0]), max_size=2).map(tuple)
    if get_origin(hint) is Annotated:
        return _WHOLE
    return st.sampled_from(list(hint)) if issubclass(hint, Enum) else any_of(hint)
