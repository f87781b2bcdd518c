"""Clauses in a row and the operators between them, joined where every tool would read them alike."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from topics.importing.boolean import number
from topics.importing.query import Close, Query, Refused, Without, all_of, either, operand

_BARE_NEAR = 4  # words between, where a near has no number


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    query: Query
    offset: int
    sign: str = ""  # + or -, or ! for NOT

    @property
    def signed_query(self) -> Query:
        return Without(part=self.query) if self.sign in ("!", "-") else self.query


@dataclass(frozen=True, kw_only=True, slots=True)
class Joint:
    """What stands between two clauses: `and`, `or`, a near, or nothing."""

    operator: str
    offset: int


def joined(clauses: Sequence[Clause], joints: Sequence[Joint]) -> Query:
    """Raises Refused."""
    clauses, joints = _near(clauses, joints)
    if any(clause.sign in ("+", "-") for clause in clauses) and not any(joint.operator for joint in joints):
        return _signed(clauses)
    kinds = set()
    for joint, right in zip(joints, clauses[1:], strict=True):
        if not joint.operator and right.sign != "!":
            raise Refused("no operator stands here", "Write AND or OR, or quotes around words in a row", joint.offset)
        kinds.add(joint.operator or "and")
        if len(kinds) > 1:
            raise Refused("and and or are mixed without parentheses", "Put parentheses around what belongs together", joint.offset)
    if kinds != {"or"}:
        return all_of([clause.signed_query for clause in clauses])
    for clause in clauses:
        if clause.sign:
            raise Refused(
                "what must or must not be, beside OR, is read differently by every tool", "Write (NOT ...) in parentheses", clause.offset
            )
    return either([clause.query for clause in clauses])


def _signed(clauses: Sequence[Clause]) -> Query:
    """`+a -b`: every clause says whether it must or must not be; one that does not must, where no other must."""
    unsigned = [clause for clause in clauses if not clause.sign]
    if unsigned and any(clause.sign == "+" for clause in clauses):
        problem = "a clause without + beside one with + decides nothing: it moves articles up a list of results"
        raise Refused(problem, "Write + before it, or remove it", unsigned[0].offset)
    if len(unsigned) > 1:
        raise Refused("no operator stands here", "Write AND or OR, or quotes around words in a row", unsigned[1].offset)
    return all_of([clause.signed_query for clause in clauses])


def _near(clauses: Sequence[Clause], joints: Sequence[Joint]) -> tuple[Sequence[Clause], Sequence[Joint]]:
    """Each `a near/3 b` becomes one clause: near binds before and."""
    kept, rest = [*clauses[:1]], []
    for joint, clause in zip(joints, clauses[1:], strict=True):
        if found := re.fullmatch(r"(o?near|w|pre)(?:/(\d+))?", joint.operator):
            words = number(found[2]) if found[2] else _BARE_NEAR
            distance = words if found[1] in ("w", "pre") else words + 1  # w/1 is adjacent; near/1 lets one word between
            kept[-1] = _close(kept[-1], clause, joint.offset, distance, found[1] in ("onear", "pre"))
        else:
            kept.append(clause)
            rest.append(joint)
    return kept, rest


def _close(left: Clause, right: Clause, offset: int, distance: int, ordered: bool) -> Clause:
    if left.sign or right.sign:
        raise Refused("a NOT stands inside a near", "Put it before the whole: NOT (a near/3 b)", offset)
    return Clause(query=close(left.query, right.query, distance, ordered, offset), offset=left.offset)


def close(left: Query, right: Query, distance: int | None, ordered: bool, offset: int) -> Close:
    """distance None: in one sentence. Raises Refused."""
    one, other = operand(left), operand(right)
    if one is None or other is None:
        raise Refused("near takes words, or words with OR between them", "Write it once for each pair, with AND between", offset)
    return Close(left=one, right=other, within=None if distance is None else max(distance, 1), ordered=ordered)
