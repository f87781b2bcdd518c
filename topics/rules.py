"""Expressions over concepts: whether one holds for what was found, why not, what it needs, how it is written."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from schemas.match import Field
from schemas.topic import And, AtLeast, Expression, Has, Near, Not, Operand, Or, SameSentence
from topics.found import Found, Hit, Ruler


class _NoText:
    def token(self, at: int) -> int:
        return 0

    def sentence(self, at: int) -> int:
        return 0


EMPTY = Found(hits={}, ruler=_NoText())


def holds(expression: Expression, found: Found) -> bool:
    match expression:
        case Has(concept=concept, field=field):
            hits = found.hits.get(concept, ())
            return bool(hits) if field is None else any(hit.field == field for hit in hits)
        case And(parts=parts) | Or(parts=parts):
            decides = isinstance(expression, Or)
            for part in parts:
                if holds(part, found) is decides:
                    return decides
            return not decides
        case Not(part=part):
            return not holds(part, found)
    return _related(expression, found)


def missing(expression: Expression, found: Found) -> str:
    """Why an expression that does not hold does not, in words."""
    match expression:
        case Has():
            return f"{expression.concept} is not found{_in_the(expression.field)}"
        case Not(part=part):
            return f"{written(part)} {'is found' if isinstance(part, Has) else 'holds'}"
        case And(parts=parts):
            return _each_once(", ", (missing(part, found) for part in parts if not holds(part, found)))
        case Or(parts=parts) if all(isinstance(part, Has) for part in parts):
            return _none_of(parts)
        case Or(parts=parts):
            return f"none of these holds: {_each_once('; ', (missing(part, found) for part in parts))}"
    return _unrelated(expression, found)


def written(expression: Expression) -> str:
    """As a topic file writes it, every nested `and` and `or` in parentheses."""
    match expression:
        case Has(concept=concept, field=field):
            return f"{field}({concept})" if field else concept
        case Not(part=part):
            return f"not {_nested(part)}"
        case And(parts=parts):
            return " and ".join(map(_nested, parts))
        case Or(parts=parts):
            return " or ".join(map(_nested, parts))
    return _call(expression)


def named(expression: Expression) -> Iterator[str]:
    """Every concept in it."""
    for has, _ in _mentions(expression):
        yield has.concept


def required(expression: Expression) -> Iterator[Has]:
    """What speaks for the expression: all that is not under a `not`. A `not` under another speaks for it again."""
    return (has for has, speaks in _mentions(expression) if speaks)


def needed(expression: Expression) -> frozenset[str]:
    """Concepts without any of which it cannot hold."""
    match expression:
        case Has(concept=concept):
            return frozenset((concept,))
        case Not():
            return frozenset()
        case And(parts=parts):
            return frozenset().union(*map(needed, parts))
        case Or(parts=parts):
            return frozenset.intersection(*map(needed, parts))
    alternatives = [{has.concept for has in operand} for operand in _operands(expression)]
    return frozenset(name for names in alternatives if len(names) == 1 for name in names)


def speaking(expression: Expression, found: Found) -> tuple[Hit, ...]:
    """The hits of what speaks for the expression, in the order of the text."""
    return spoken(tuple(required(expression)), found)


def spoken(by: Operand, found: Found) -> tuple[Hit, ...]:
    return tuple(sorted(set(_hits(by, found))))


def _related(expression: Near | SameSentence | AtLeast, found: Found) -> bool:
    match expression:
        case Near(within=within):
            gap = _gap(expression, found)
            return gap is not None and gap <= within
        case SameSentence(left=left, right=right):
            return not _sentences(left, found).isdisjoint(_sentences(right, found))
        case AtLeast(count=count):
            return _counted(expression, found) >= count


def _unrelated(expression: Near | SameSentence | AtLeast, found: Found) -> str:
    absent = [_absent(operand) for operand in _operands(expression) if not _hits(operand, found)]
    if absent:
        return _each_once(", ", absent)
    match expression:
        case Near(left=left, right=right, ordered=ordered):
            return _too_far(_side(left), _side(right), expression, _gap(expression, found), "before" if ordered else "near")
        case SameSentence(left=left, right=right):
            return f"{_side(left)} and {_side(right)} stand in no sentence together"
        case AtLeast(count=count, of=of, different=different):
            number = _counted(expression, found)
            what = "term" if different else "hit"
            return f"{number} {what}{'s' * (number != 1)} of {_side(of)}, {'different' if different else 'at_least'}() wants {count}"


def _too_far(left: str, right: str, near: Near, gap: int | None, function: str) -> str:
    if gap is None:
        return (
            f"{left} does not stand before {right} in one field" if near.ordered else f"{left} and {right} do not stand apart in one field"
        )
    words = f"{gap} word{'s' * (gap != 1)}"
    far = f"{left} stands {words} before {right} at best" if near.ordered else f"{left} and {right} are {words} apart at best"
    return f"{far}, {function}() wants {near.within}"


def _gap(near: Near, found: Found) -> int | None:
    """The words from one side's nearest end to the other's in one field, adjacent words 1; None where no two hits stand apart."""
    left, right = _hits(near.left, found), _hits(near.right, found)
    gaps: list[int] = []
    for field in {hit.field for hit in left} & {hit.field for hit in right}:
        here, there = ([hit for hit in side if hit.field == field] for side in (left, right))
        gaps += _gaps(here, there, found.ruler)
        if not near.ordered:
            gaps += _gaps(there, here, found.ruler)
    return min(gaps, default=None)


def _gaps(left: Sequence[Hit], right: Sequence[Hit], ruler: Ruler) -> Iterator[int]:
    """From each hit on the right back to the nearest on the left that ends before it."""
    ends = sorted({hit.end for hit in left})
    for start in sorted({hit.start for hit in right}):
        if ahead := bisect_right(ends, start):
            yield ruler.token(start) - ruler.token(ends[ahead - 1] - 1)


def _sentences(operand: Operand, found: Found) -> set[tuple[Field, int]]:
    return {(hit.field, found.ruler.sentence(hit.start)) for hit in _hits(operand, found)}


def _counted(expression: AtLeast, found: Found) -> int:
    """Places, or the terms there. Of hits that share a character the longest counts, of equally long ones the first."""
    hits = _hits(expression.of, found)
    places = _apart({(hit.start, hit.end) for hit in hits})
    return len({hit.term for hit in hits if (hit.start, hit.end) in places}) if expression.different else len(places)


def _apart(places: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    taken, kept = bytearray(max((end for _, end in places), default=0)), set()
    for start, end in sorted(places, key=lambda place: (place[0] - place[1], place)):
        if not taken[start] and not taken[end - 1]:  # what is there is longer, so covers one of the ends
            taken[start:end] = bytes((1,)) * (end - start)
            kept.add((start, end))
    return kept


def _hits(operand: Operand, found: Found) -> Sequence[Hit]:
    """In no order, and twice where the operand names a concept twice."""
    return [hit for has in operand for hit in found.hits.get(has.concept, ()) if has.field in (None, hit.field)]


def _mentions(expression: Expression, speaks: bool = True) -> Iterator[tuple[Has, bool]]:
    """Every concept in it, and whether it speaks for it."""
    match expression:
        case Has():
            yield expression, speaks
        case Not(part=part):
            yield from _mentions(part, not speaks)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _mentions(part, speaks)
        case _:
            yield from ((has, speaks) for operand in _operands(expression) for has in operand)


def _operands(expression: Near | SameSentence | AtLeast) -> tuple[Operand, ...]:
    return (expression.of,) if isinstance(expression, AtLeast) else (expression.left, expression.right)


def _call(expression: Near | SameSentence | AtLeast) -> str:
    match expression:
        case Near(left=left, right=right, within=within, ordered=ordered):
            return f"{'before' if ordered else 'near'}({_any(left)}, {_any(right)}, {within})"
        case SameSentence(left=left, right=right):
            return f"same_sentence({_any(left)}, {_any(right)})"
        case AtLeast(count=count, of=of, different=different):
            return f"{'different' if different else 'at_least'}({count}, {_any(of)})"


def _any(operand: Operand) -> str:
    return " or ".join(map(written, operand))


def _side(operand: Operand) -> str:
    return _any(operand) if len(operand) == 1 else f"({_any(operand)})"


def _nested(expression: Expression) -> str:
    text = written(expression)
    return f"({text})" if isinstance(expression, And | Or) else text


def _absent(operand: Operand) -> str:
    if len(operand) == 1:
        return f"{operand[0].concept} is not found{_in_the(operand[0].field)}"
    return _none_of(operand)


def _none_of(parts: Iterable[Expression]) -> str:
    return f"none of {_each_once(', ', map(written, parts))} is found"


def _each_once(between: str, texts: Iterable[str]) -> str:
    return between.join(dict.fromkeys(texts))


def _in_the(field: str | None) -> str:
    return f" in the {field}" if field else ""
