"""So many of several clauses, where `match` counts hits and terms alone."""

from collections.abc import Sequence
from math import comb

from topics.importing.query import Count, Query, Refused, Words, all_of, either, operand

MOST_COMBINATIONS = 200


def at_least(count: int, clauses: Sequence[Query], offset: int) -> Query:
    """So many of the clauses hold. Those of one term are counted; of the others each holds or does not, as no operator counts clauses."""
    simple, several = _sorted_out(clauses)
    if sum(comb(len(several), size) for size in range(min(count, len(several)) + 1)) > MOST_COMBINATIONS:
        fix = "Ask for fewer, or make each clause one term"
        raise Refused(f"{count} of {len(several)} clauses with several terms each would be too many combinations", fix, offset)
    found = _enough(count, several, simple)
    if not found:
        raise Refused(f"{count} are wanted of {len(clauses)} clauses", "Ask for fewer", offset)
    return found


def _sorted_out(clauses: Sequence[Query]) -> tuple[list[Words], list[Query]]:
    """The clauses of one term that no other clause has, and the rest."""
    simple: dict[str, Words] = {}
    several: list[Query] = []
    for clause in dict.fromkeys(clauses):
        if isinstance(clause, Words) and len(clause.terms) == 1 and clause.terms[0] not in simple:
            simple[clause.terms[0]] = clause
        else:
            several.append(clause)
    return list(simple.values()), several


def _enough(count: int, several: Sequence[Query], simple: Sequence[Words]) -> Query | None:
    """None: there are too few."""
    if count > len(several) + len(simple):
        return None
    if count == 1:
        return either([*several, *simple])
    if not several:
        of = operand(either(simple))
        return Count(count=count, of=of, different=True) if of else None
    first, *rest = several
    one_less, as_many = _enough(count - 1, rest, simple), _enough(count, rest, simple)
    return either([*([all_of([first, one_less])] if one_less else []), *([as_many] if as_many else [])])
