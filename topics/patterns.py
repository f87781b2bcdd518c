"""The forms of all topics as one automaton: a single pass over a text says which topics can have anything to do with it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from operator import itemgetter
from typing import TypeAlias

import numpy as np
from ahocorasick_rs import BytesAhoCorasick
from numpy.typing import NDArray

from topics.folded import BEGINS, ENDS, Folded, octets
from topics.look import Look, scanned

Use: TypeAlias = tuple[int, Look]  # number of a topic, what to look at where the pattern stands
Shown: TypeAlias = tuple[int, int, int]  # number of a pattern, octets [start, end)
Seen: TypeAlias = tuple[Look, int, int]  # what to look at, folded characters [start, end) of its anchor

_NO_CLAIM = np.array((), dtype=np.intp)
_AT_ONCE = 10_000  # texts
_pattern, _start = itemgetter(0), itemgetter(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Two concepts without any of which the topic cannot hold. The same twice where it needs one; all that speak for it if it needs none.

    always: it may hold where none of its patterns stands.
    """

    first: Collection[str]
    second: Collection[str]
    always: bool = False


class Places:
    """What the octets of a text show, in its order. groups: of these patterns."""

    def __init__(self, text: Folded, shown: Sequence[Shown], groups: NDArray[np.intp]) -> None:
        self.text, self.groups, self._shown = text, groups, shown

    @cached_property
    def of_group(self) -> Mapping[int, Sequence[Shown]]:
        there: dict[int, list[Shown]] = {}
        for group, shown in zip(self.groups.tolist(), self._shown, strict=True):
            if group in there:
                there[group].append(shown)
            else:
                there[group] = [shown]
        return there


class Patterns:
    """Built once. Patterns with the same users are a group, as are mostly the forms of a word.

    Other words can have the octets of a pattern: whoever looks at a place compares the text.
    """

    def __init__(self, uses: Iterable[Use], wanted: Sequence[Wanted]) -> None:
        users = _by_pattern(uses)
        numbers: dict[tuple[Use, ...], int] = {}
        self._groups = np.fromiter((numbers.setdefault(mine, len(numbers)) for mine in users.values()), np.intp, len(users))
        self._claims, self._shared = _claims(numbers, wanted)
        self._alone = 2 * len(wanted)
        self._looks: list[dict[int, list[Look]]] = [{} for _ in wanted]
        for group, number in numbers.items():
            for topic, look in group:
                self._looks[topic].setdefault(number, []).append(look)
        self._automaton = BytesAhoCorasick(users)

    def scan(self, text: Folded) -> Places:
        """Every place where the octets of a pattern stand."""
        found = self._automaton.find_matches_as_indexes(text.octets, overlapping=True)
        return Places(text, found, self._groups.take(np.fromiter(map(_pattern, found), np.intp, len(found))))

    def candidates(self, places: Places) -> list[int]:
        """The topics whose two concepts may both have a hit there."""
        claimed = np.zeros(self._alone + len(self._shared), dtype=bool)
        claimed[self._claims.take(places.groups)] = True
        shared = claimed[self._alone :].nonzero()[0].tolist()
        claimed[np.concatenate([_NO_CLAIM, *map(self._shared.__getitem__, shared)])] = True
        found: list[int] = (claimed[0 : self._alone : 2] & claimed[1 : self._alone : 2]).nonzero()[0].tolist()
        return found

    def looks(self, topic: int, places: Places) -> list[Seen]:
        """What to look at for this topic, and the places of its anchor, in the order of the text."""
        mine, there = self._looks[topic], places.of_group
        found = [(look, start, end) for group in mine.keys() & there.keys() for _, start, end in there[group] for look in mine[group]]
        found.sort(key=_start)
        return [(look, *places.text.scanned(start, end - len(look.behind))) for look, start, end in found]


def _by_pattern(uses: Iterable[Use]) -> dict[bytes, tuple[Use, ...]]:
    """Who looks for each pattern."""
    users, inner = _by_text(uses)
    found: dict[bytes, tuple[Use, ...]] = {}
    texts = list(users)
    for at in range(0, len(texts), _AT_ONCE):
        some = texts[at : at + _AT_ONCE]
        for text, pattern in zip(some, octets(some), strict=True):
            for variant in _anywhere(pattern) if text in inner else (_going_on(pattern) if " " in text else pattern,):
                found[variant] = found[variant] + users[text] if variant in found else users[text]
    return found


def _by_text(uses: Iterable[Use]) -> tuple[dict[str, tuple[Use, ...]], set[str]]:
    """Who looks for each text, and which may stand inside a word. What looks for many forms is one object in all of them."""
    users: dict[str, tuple[Use, ...]] = {}
    others, inner = defaultdict[str, list[Use]](list), set[str]()
    for use in uses:
        alone, behind = (use,), use[1].behind
        for part, may_be_inside in scanned(use[1]).items():
            text = part + behind
            if users.setdefault(text, alone) is not alone:
                others[text].append(use)
            if may_be_inside:
                inner.add(text)
    return users | {text: (*users[text], *more) for text, more in others.items()}, inner


def _anywhere(pattern: bytes) -> Iterator[bytes]:
    """As it is where words run on over its ends, and where they do not."""
    for begins, ends in product((0, BEGINS), (0, ENDS)):
        one = bytearray(pattern)
        one[0] = one[0] & ~BEGINS | begins
        one[-1] = one[-1] & ~ENDS | ends
        yield bytes(one)


def _going_on(pattern: bytes) -> bytes:
    """As it is where its last word runs on."""
    return pattern[:-1] + bytes((pattern[-1] & ~ENDS,))


def _claims(groups: Collection[Iterable[Use]], wanted: Sequence[Wanted]) -> tuple[NDArray[np.intp], list[NDArray[np.intp]]]:
    """Of each group the claim that it makes good: 2n is the first concept of topic n, 2n + 1 its second. Numbers behind these stand for
    several or none, as listed.
    """
    claims, shared = list[int](), dict[tuple[int, ...], int]()
    for group in groups:
        own = tuple(dict.fromkeys(claim for topic, look in group for claim in _claimed(topic, look.concept, wanted[topic])))
        claims.append(own[0] if len(own) == 1 else 2 * len(wanted) + shared.setdefault(own, len(shared)))
    return np.array(claims, dtype=np.intp), [np.array(several, dtype=np.intp) for several in shared]


def _claimed(topic: int, concept: str, wanted: Wanted) -> Iterator[int]:
    if concept in wanted.first:
        yield 2 * topic
    if concept in wanted.second:
        yield 2 * topic + 1
