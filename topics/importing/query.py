"""A foreign query, understood: terms in the spelling of a topic file, joined, and the algebra that joins them plainly."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias


class Refused(Exception):
    """offset: the character of the query where it is."""

    def __init__(self, problem: str, fix: str, offset: int) -> None:
        self.problem, self.fix, self.offset = problem, fix, offset
        super().__init__(f"{offset}: {problem}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Any of the terms. fields: where; none: everywhere."""

    terms: tuple[str, ...]
    fields: tuple[str, ...] = ()
    weight: float = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Only:
    """A condition on the article, not on its text: `languages` or `sources`."""

    kind: str
    values: tuple[str, ...]
    offset: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Without:
    part: "Query"


@dataclass(frozen=True, kw_only=True, slots=True)
class All:
    parts: tuple["Query", ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Either:
    parts: tuple["Query", ...]


Operand: TypeAlias = tuple[Words, ...]  # any of them


@dataclass(frozen=True, kw_only=True, slots=True)
class Close:
    """At most `within` words apart, adjacent words 1; None: in one sentence."""

    left: Operand
    right: Operand
    within: int | None
    ordered: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """So many hits; different: so many terms that hit."""

    count: int
    of: Operand
    different: bool = False


Query: TypeAlias = Words | Only | Without | All | Either | Close | Count


def all_of(parts: Sequence[Query]) -> Query:
    flat = [below for part in parts for below in (part.parts if isinstance(part, All) else (part,))]
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else All(parts=unique)


def either(parts: Sequence[Query]) -> Query:
    """Words of the same fields become one list."""
    flat = [below for part in parts for below in (part.parts if isinstance(part, Either) else (part,))]
    merged: dict[object, Query] = {}
    for part in flat:
        key = (part.fields, part.weight) if isinstance(part, Words) else part
        found = merged.get(key)
        if isinstance(part, Words) and isinstance(found, Words):
            part = replace(part, terms=tuple(dict.fromkeys(found.terms + part.terms)))
        merged[key] = part
    unique = tuple(merged.values())
    return unique[0] if len(unique) == 1 else Either(parts=unique)


def operand(query: Query) -> Operand | None:
    """What near, counts and fields take: words, or an `or` of words; None: it is more than that."""
    parts = query.parts if isinstance(query, Either) else (query,)
    words = tuple(part for part in parts if isinstance(part, Words))
    return words if len(words) == len(parts) else None


def within(query: Query, fields: tuple[str, ...]) -> Query:
    """The query about these fields alone, but for words that name their own."""
    return _changed(query, lambda words: words if words.fields else replace(words, fields=fields))


def weighted(query: Query, weight: float) -> Query:
    return _changed(query, lambda words: replace(words, weight=weight))


def _changed(query: Query, change: Callable[[Words], Words]) -> Query:
    match query:
        case Words():
            return change(query)
        case Without(part=part):
            return Without(part=_changed(part, change))
        case All(parts=parts) | Either(parts=parts):
            changed = [_changed(part, change) for part in parts]
            return all_of(changed) if isinstance(query, All) else either(changed)
        case Close(left=left, right=right):
            return replace(query, left=tuple(map(change, left)), right=tuple(map(change, right)))
        case Count(of=of):
            return replace(query, of=tuple(map(change, of)))
        case Only():
            return query


def leaves(query: Query) -> Iterator[Words | Only]:
    match query:
        case Words() | Only():
            yield query
        case Without(part=part):
            yield from leaves(part)
        case All(parts=parts) | Either(parts=parts):
            for part in parts:
                yield from leaves(part)
        case Close(left=left, right=right):
            yield from (*left, *right)
        case Count(of=of):
            yield from of
