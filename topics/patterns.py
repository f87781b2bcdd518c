"""The forms of all topics as one automaton: a single pass over a text says which topics can have anything to do with it."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import TypeAlias

from ahocorasick_rs import BytesAhoCorasick

from topics.folded import BEGINS, ENDS, Folded, octets
from topics.look import Look, scanned

Use: TypeAlias = tuple[int, Look]  # number of a topic, what to look at where the pattern stands
Place: TypeAlias = tuple[int, int, int]  # number of a group, folded characters [start, end)
Seen: TypeAlias = tuple[Look, int, int]  # what to look at, folded characters [start, end) of its anchor

_AT_ONCE = 10_000  # words


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Two concepts without any of which the topic cannot hold. The same twice where it needs one; all that speak for it if it needs none.

    always: it may hold where none of its patterns stands.
    """

    first: Collection[str]
    second: Collection[str]
    always: bool = False


class Patterns:
    """Built once. Patterns with the same users are a group, as are mostly the forms of a word.

    Other words can have the octets of a pattern: whoever looks at a place compares the text.
    """

    def __init__(self, uses: Iterable[Use], wanted: Sequence[Wanted]) -> None:
        users = _by_pattern(uses)
        numbers: dict[tuple[Use, ...], int] = {}
        self._groups = array("I", (numbers.setdefault(mine, len(numbers)) for mine in users.values()))
        self._first, self._second = _topics(numbers, [one.first for one in wanted]), _topics(numbers, [one.second for one in wanted])
        self._looks: list[dict[int, list[Look]]] = [{} for _ in wanted]
        for group, number in numbers.items():
            for topic, look in group:
                self._looks[topic].setdefault(number, []).append(look)
        self._automaton = BytesAhoCorasick(users)

    def scan(self, text: Folded) -> list[Place]:
        """Every place where the octets of a pattern stand."""
        groups = self._groups
        return [
            (groups[pattern], start, end) for pattern, start, end in self._automaton.find_matches_as_indexes(text.octets, overlapping=True)
        ]

    def candidates(self, places: Iterable[Place]) -> set[int]:
        """The topics whose two concepts may both have a hit there."""
        there = {place[0] for place in places}
        first = set(chain.from_iterable(map(self._first.__getitem__, there)))
        return first.intersection(chain.from_iterable(map(self._second.__getitem__, there)))

    def looks(self, topic: int, places: Iterable[Place]) -> list[Seen]:
        """What to look at for this topic, and the place of its anchor."""
        mine = self._looks[topic]
        return [(look, start, end) for group, start, end in places if group in mine for look in mine[group]]


def _by_pattern(uses: Iterable[Use]) -> dict[bytes, tuple[Use, ...]]:
    """Who looks for each pattern: for some of them it may stand inside a word. What looks for many forms is one object in all of them."""
    users: dict[str, tuple[Use, ...]] = {}
    others, inner = defaultdict[str, list[Use]](list), set[str]()
    for use in uses:
        alone = (use,)
        for part, may_be_inside in scanned(use[1]).items():
            if users.setdefault(part, alone) is not alone:
                others[part].append(use)
            if may_be_inside:
                inner.add(part)
    users |= {part: (*users[part], *more) for part, more in others.items()}
    found: dict[bytes, tuple[Use, ...]] = {}
    parts = list(users)
    for at in range(0, len(parts), _AT_ONCE):
        some = parts[at : at + _AT_ONCE]
        for part, pattern in zip(some, octets(some), strict=True):
            for variant in _anywhere(pattern) if part in inner else (pattern,):
                found[variant] = found[variant] + users[part] if variant in found else users[part]
    return found


def _anywhere(pattern: bytes) -> Iterator[bytes]:
    """As it is where words run on over its ends, and where they do not."""
    for begins, ends in product((0, BEGINS), (0, ENDS)):
        one = bytearray(pattern)
        one[0] = one[0] & ~BEGINS | begins
        one[-1] = one[-1] & ~ENDS | ends
        yield bytes(one)


def _topics(groups: Iterable[Iterable[Use]], concepts: Sequence[Collection[str]]) -> list[tuple[int, ...]]:
    """Of each group the topics that look for it with one of these concepts; one tuple for all groups that have the same."""
    alike: dict[tuple[int, ...], tuple[int, ...]] = {}
    named = (tuple({topic: None for topic, look in group if look.concept in concepts[topic]}) for group in groups)
    return [alike.setdefault(topics, topics) for topics in named]
