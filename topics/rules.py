"""Expressions over concepts: whether one holds for what was found, why not, what it needs, how it is written."""

from collections.abc import Collection, Iterator, Mapping

from schemas.topic import And, Expression, Has, Not, Or

Found = Mapping[str, Collection[str]]  # concept to the fields that it was found in


def holds(expression: Expression, found: Found) -> bool:
    match expression:
        case Has(concept=concept, field=None):
            return concept in found
        case Has(concept=concept, field=field):
            return field in found.get(concept, ())
        case Not(part=part):
            return not holds(part, found)
        case And(parts=parts):
            return all(holds(part, found) for part in parts)
        case Or(parts=parts):
            return any(holds(part, found) for part in parts)


def required(expression: Expression) -> Iterator[Has]:
    """What speaks for the expression: every concept in it that is not under a `not`."""
    match expression:
        case Has():
            yield expression
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from required(part)


def named(expression: Expression) -> Iterator[str]:
    """Every concept in it."""
    match expression:
        case Has(concept=concept):
            yield concept
        case Not(part=part):
            yield from named(part)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from named(part)


def missing(expression: Expression, found: Found) -> str:
    """Why an expression that does not hold does not, in words."""
    match expression:
        case Has(concept=concept, field=None):
            return f"{concept} is not found"
        case Has(concept=concept, field=field):
            return f"{concept} is not found in the {field}"
        case Not(part=part):
            return f"{written(part)} is found"
        case And(parts=parts):
            return ", ".join(missing(part, found) for part in parts if not holds(part, found))
        case Or(parts=parts):
            return f"none of {', '.join(written(part) for part in parts)} is found"


def written(expression: Expression) -> str:
    """As a topic file writes it, every nested `and` and `or` in parentheses."""
    match expression:
        case Has(concept=concept, field=None):
            return concept
        case Has(concept=concept, field=field):
            return f"{field}({concept})"
        case Not(part=part):
            return f"not {_nested(part)}"
        case And(parts=parts):
            return " and ".join(map(_nested, parts))
        case Or(parts=parts):
            return " or ".join(map(_nested, parts))


def _nested(expression: Expression) -> str:
    text = written(expression)
    return f"({text})" if isinstance(expression, And | Or) else text
