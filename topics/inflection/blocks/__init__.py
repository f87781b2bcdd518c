"""Where in a dictionary's stream a word's records can stand, so that few words need few of its blocks."""

import zlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from simplemma.strategies.dictionaries import frontcode

LENGTH = 2048  # records of a block

# what forms of a lemma begin with besides the lemma's own first letters
_PREFIXES = {
    "bg": ("най-", "по-"),
    "cs": ("ne", "nej"),
    "de": ("ge",),
    "hr": ("naj", "ne", "нај", "не"),
    "pl": ("naj", "nie"),
    "sk": ("naj", "ne"),
    "sl": ("naj",),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Blocks:
    """starts: of each block, its place in the stream and the record before it. keys: the form of that record.

    elsewhere: a lemma's blocks that its first letters do not lead to.
    """

    starts: tuple[tuple[int, bytes, bytes], ...]
    keys: tuple[bytes, ...]
    elsewhere: dict[str, tuple[int, ...]]

    def of(self, language: str, word: str) -> set[int]:
        """The blocks that can hold the word as a form, in any case, or forms of it as a lemma."""
        numbers = set(self.elsewhere.get(word.lower(), ()))
        for beginning in {word, *_beginnings(language, word.lower())}:
            first, last = beginning.encode(), beginning.encode() + b"\xff"
            numbers.update(range(max(0, bisect_left(self.keys, first) - 1), bisect_right(self.keys, last)))
        return numbers


def blocks(language: str, stream: bytes) -> Blocks:
    """From the package's table, or anew where the table is of another release of the dictionary."""
    return _table(language)[1] if is_current(language, stream) else counted(language, stream)


def is_current(language: str, stream: bytes) -> bool:
    return _table(language)[0] == zlib.crc32(stream)


def counted(language: str, stream: bytes) -> Blocks:
    starts: list[tuple[int, bytes, bytes]] = []
    elsewhere: defaultdict[str, set[int]] = defaultdict(set)
    before = b"", b""
    for number, (place, form, lemma) in enumerate(frontcode._iter_records(stream, frontcode._read_header(stream)[2])):
        if number % LENGTH == 0:
            starts.append((place, *before))
        before = form, lemma
        small = lemma.decode().lower()
        if not form.decode().startswith(_beginnings(language, small)):
            elsewhere[small].add(len(starts) - 1)
    return _made(starts, {lemma: tuple(sorted(numbers)) for lemma, numbers in elsewhere.items()})


def lines(language: str, stream: bytes) -> Iterator[str]:
    """The table as the package keeps it."""
    found = counted(language, stream)
    yield f"{zlib.crc32(stream)} {len(found.starts)}"
    yield from (f"{place}\t{form.decode()}\t{lemma.decode()}" for place, form, lemma in found.starts)
    yield from (f"{lemma}\t{' '.join(map(str, numbers))}" for lemma, numbers in sorted(found.elsewhere.items()))


@lru_cache
def _table(language: str) -> tuple[int, Blocks]:
    rows = (files(__name__) / f"{language}.txt").read_text(encoding="utf-8").split("\n")[:-1]
    digest, count = map(int, rows[0].split())
    starts = [(int(place), form.encode(), lemma.encode()) for place, form, lemma in (row.split("\t") for row in rows[1 : count + 1])]
    pairs = (row.split("\t") for row in rows[count + 1 :])
    return digest, _made(starts, {lemma: tuple(map(int, numbers.split())) for lemma, numbers in pairs})


def _made(starts: list[tuple[int, bytes, bytes]], elsewhere: dict[str, tuple[int, ...]]) -> Blocks:
    return Blocks(starts=tuple(starts), keys=tuple(form for _, form, _ in starts), elsewhere=elsewhere)


def _beginnings(language: str, lemma: str) -> tuple[str, ...]:
    """The shorter a beginning, the more blocks are read for a word; the longer, the more lemmas have forms elsewhere."""
    beginning = lemma[: max(2, min(len(lemma) - 5, 5))]
    small = (beginning, *(prefix + beginning for prefix in _PREFIXES.get(language, ())))
    return small + tuple(map(str.capitalize, small))
