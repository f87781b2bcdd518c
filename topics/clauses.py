"""An expression's parts that decide nothing, found by truth tables: each table is one whole number, a bit for each state of affairs."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from operator import and_, or_
from typing import TypeAlias

from schemas.topic import And, AtLeast, Expression, Has, Near, Not, Operand, Or, SameSentence, Topic
from topics.rules import named, required, written

Problem: TypeAlias = tuple[str, str, str]  # subject, problem, fix

_MOST = 18  # atoms; a table has two to that power bits


def problems(topic: Topic) -> Iterator[Problem]:
    """Of an expression with more atoms than fit a table, only what is plain to see."""
    yield from _too_many(topic)
    yield from _only_under_not(topic)
    if len(atoms := _atoms((topic.match, *topic.unless))) > _MOST:
        return
    tables = Tables(atoms)
    if not tables.of(topic.match):
        yield "match", "it can never hold", "See what it asks for and forbids at once"
        return
    yield from _idle_vetoes(topic, tables)
    for part in _idle_parts(topic, tables):
        yield "match", f"{written(part)!r} changes nothing: without it match says the same", "Remove it, or correct what it should add"


def holds_alone(expression: Expression, concept: str) -> bool:
    """Can it hold where this concept is found often, and no other?"""
    match expression:
        case Has():
            return expression.concept == concept
        case Not(part=part):
            return not holds_alone(part, concept)
        case And(parts=parts):
            return all(holds_alone(part, concept) for part in parts)
        case Or(parts=parts):
            return any(holds_alone(part, concept) for part in parts)
    return all(any(has.concept == concept for has in operand) for operand in operands(expression))


def operands(expression: Near | SameSentence | AtLeast) -> tuple[Operand, ...]:
    return (expression.of,) if isinstance(expression, AtLeast) else (expression.left, expression.right)


class Tables:
    """Of expressions over these atoms. What cannot be, such as title(a) without a, is in no table."""

    def __init__(self, atoms: Sequence[Expression]) -> None:
        self._every = (1 << (1 << len(atoms))) - 1
        self._atoms = {atom: _column(number, self._every) for number, atom in enumerate(atoms)}
        self._possible = reduce(and_, (~left | right for left, right in self._laws()), self._every)

    def of(self, expression: Expression) -> int:
        return self._truth(expression) & self._possible

    def _truth(self, expression: Expression) -> int:
        match expression:
            case Not(part=part):
                return self._every ^ self._truth(part)
            case And(parts=parts):
                return reduce(and_, map(self._truth, parts), self._every)
            case Or(parts=parts):
                return reduce(or_, map(self._truth, parts), 0)
        return 0 if _is_impossible(expression) else self._atoms[expression]

    def _laws(self) -> Iterator[tuple[int, int]]:
        """Wherever the left one holds, the right one does."""
        for atom, column in self._atoms.items():
            if isinstance(atom, Has) and atom.field and (anywhere := self._atoms.get(replace(atom, field=None))):
                yield column, anywhere
            if isinstance(atom, Near | SameSentence | AtLeast):
                for operand in operands(atom):
                    yield column, reduce(or_, (self._atoms[has] for has in operand), 0)
            for other in self._atoms:
                if atom != other and _implies(atom, other):
                    yield column, self._atoms[other]


def _idle_vetoes(topic: Topic, tables: Tables) -> Iterator[Problem]:
    rings = tables.of(topic.match)
    for veto in topic.unless:
        left = rings & ~tables.of(veto)
        if not left:
            yield "unless", f"{written(veto)!r} vetoes whatever match still lets through", "Correct it: this topic never rings"
            return
        if left == rings:
            yield "unless", f"{written(veto)!r} vetoes nothing that match and the vetoes before it let through", "Remove it"
        rings = left


def _idle_parts(topic: Topic, tables: Tables) -> Iterator[Expression]:
    """Parts of an `or` that let nothing more through, and what an `and` says twice; the last first. What a score counts is not idle."""
    whole = tables.of(topic.match)
    for inner, without in _shortened(topic.match):
        if tables.of(without) == whole and (topic.score is None or {*named(without)} == {*named(topic.match)}):
            yield inner
            yield from _idle_parts(replace(topic, match=without), tables)
            return


def _shortened(expression: Expression) -> Iterator[tuple[Expression, Expression]]:
    """A part of an `or` or a repeated one of an `and`, and the whole expression without it."""
    if isinstance(expression, Not):
        yield from ((part, Not(part=rest)) for part, rest in _shortened(expression.part))
    if not isinstance(expression, And | Or):
        return
    for number in reversed(range(len(expression.parts))):
        part, others = expression.parts[number], (*expression.parts[:number], *expression.parts[number + 1 :])
        if isinstance(expression, Or) or part in expression.parts[:number]:
            yield part, others[0] if len(others) == 1 else replace(expression, parts=others)
        for inner, rest in _shortened(part):
            yield inner, replace(expression, parts=(*expression.parts[:number], rest, *expression.parts[number + 1 :]))


def _only_under_not(topic: Topic) -> Iterator[Problem]:
    wanted = {has.concept for has in required(topic.match)}
    for part in topic.match.parts if isinstance(topic.match, And) else ():
        if isinstance(part, Not) and wanted.isdisjoint(named(part)):
            yield "match", f"{written(part)!r} is a veto", f"Write {written(part.part)!r} under unless: a veto there is told with its words"


def _too_many(topic: Topic) -> Iterator[Problem]:
    terms = {concept.name: {shape.term for shape in concept.shapes} for concept in topic.concepts}
    for atom in _atoms((topic.match, *topic.unless)):
        if isinstance(atom, AtLeast) and atom.different:
            known = set().union(*(terms.get(has.concept, set()) for has in atom.of))
            if len(known) < atom.count:
                problem = f"{written(atom)!r} can never hold: there {'is' if len(known) == 1 else 'are'} {len(known)} to find"
                yield "match", problem, "Ask for fewer, or list more terms"


def _atoms(expressions: Sequence[Expression]) -> list[Expression]:
    found: dict[Expression, None] = {}
    for expression in expressions:
        match expression:
            case Not(part=part):
                found |= dict.fromkeys(_atoms((part,)))
            case And(parts=parts) | Or(parts=parts):
                found |= dict.fromkeys(_atoms(parts))
            case Has():
                found |= dict.fromkeys((replace(expression, field=None), expression))
            case _:
                found |= dict.fromkeys(_atoms([has for operand in operands(expression) for has in operand]))
                found[expression] = None
    return list(found)


def _column(number: int, every: int) -> int:
    """Of the atom with this number: every state in which it holds."""
    half = 1 << number
    return every // ((1 << half) + 1) << half if every else 0


def _is_impossible(expression: Expression) -> bool:
    """Two fields never hold one sentence."""
    if not isinstance(expression, Near | SameSentence):
        return False
    pairs = ((left.field, right.field) for left in expression.left for right in expression.right)
    return all(left and right and left != right for left, right in pairs)


def _implies(one: Expression, other: Expression) -> bool:
    if isinstance(one, Near) and isinstance(other, Near):
        closer = one.within <= other.within and one.ordered >= other.ordered
        return closer and (one.left, one.right) == (other.left, other.right)
    if isinstance(one, AtLeast) and isinstance(other, AtLeast):
        return one.of == other.of and one.count >= other.count and one.different >= other.different
    return False
