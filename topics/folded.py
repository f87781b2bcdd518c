"""A whole article's text folded at once, each character knowing where it came from and whether a word runs on over it.

The same as topics.fold, which a test holds, at a quarter of its cost: a table from character to folded character, and numpy.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from topics.fold import CLAUSE, PARAGRAPH, SEPARATORS, UNSPACED, piece, stands_alone

Codes = NDArray[np.uint32]
Places = NDArray[np.intp]
Marks = NDArray[np.uint8]
Kept = NDArray[np.bool_]

# what the table says of a character beside the one that it folds to, in the bits that Unicode leaves free
_CODE = np.uint32((1 << 21) - 1)
_SEVERAL, _JOINS = 1 << 21, 1 << 22  # it folds to more than one character, with its neighbours
_MARKS = 24  # the bits from here on are looked at as bytes: four times as many at once
_DASH, _LINE, _ENDS, _SEPARATOR, _CYRILLIC, _WORD, _SPACED, _PLAIN = (1 << bit for bit in range(8))
_ONE = _PLAIN << _MARKS  # in all that fold alone to one character, and in no others

_RUNS_ON = np.uint8(_SPACED)  # from one character to the next, where both have it
BEGINS, ENDS = _SPACED, _SPACED << 1  # the bits of an octet beside six of the character

_SPACE, _CLAUSE, _PARAGRAPH = map(ord, (" ", CLAUSE, PARAGRAPH))
_IS_SEPARATOR = re.compile(f"[{SEPARATORS}]")
_IS_LINE, _IS_DASH, _IS_END = (bytes([_PLAIN | _SEPARATOR | more]) for more in (_LINE, _DASH, _LINE | _ENDS))
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
_LONGEST_PIECE = 64  # characters; to put thousands of marks in order takes Unicode's normal form a time that grows with their square
_LONGEST_WORD = 1000  # characters; what is longer is no word, and would be walked through for each place in it
_TABLE: Codes = np.zeros(0x110000, dtype=np.uint32)  # filled as characters are met; pages that no text needs take no memory


class Folded:
    """octets: what is scanned, a byte a character: six bits of it, which rule nearly all other words out, whether a word begins or ends;
    of separators in a row the first.

    All else is worked out when it is asked for: most texts are scanned, and that is all.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self._values, self._places = _values(source)
        self._marks = (self._values >> _MARKS).astype(np.uint8)
        alike = _alike(self._marks)
        self._single = np.ones(len(self._values), dtype=bool)
        self._single[1:] = (alike & _SEPARATOR) == 0
        self.octets = _octets(self._values, alike & _RUNS_ON)[self._single].tobytes()

    @cached_property
    def text(self) -> str:
        """Folded."""
        return self._together[0].tobytes().decode("utf-32-le")

    @cached_property
    def inside(self) -> bytes:
        """Not 0 where a word runs on from text[i - 1] to text[i]; it has a place more than the text."""
        return b"".join((b"\0", (_alike(self._words) & _RUNS_ON).tobytes(), b"\0")) if self.text else b"\0"

    def scanned(self, start: int, end: int) -> tuple[int, int]:
        """The folded characters of octets[start:end], which are those of a word."""
        first = self._kept_before(self._scanned.item(start))
        return first, first + end - start

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where folded characters [start, end) stand in the source: never nothing, as one character can fold to several."""
        origin, length = self._origins.item, len(self.text)
        last = origin(end - 1)
        while end < length and origin(end) == last:
            end += 1
        return origin(start), origin(end) if end < length else len(self.source)

    def at(self, place: int) -> int:
        """The first folded character that comes from source[place] or from behind it."""
        return self._kept_before(place) if self._places is None else int(self._origins.searchsorted(place))

    def word(self, start: int, end: int) -> tuple[int, int]:
        """The whole word or words of which [start, end) is a part, at most a thousand characters to either side."""
        first = self.inside.rfind(b"\0", max(0, start - _LONGEST_WORD), start + 1)
        last = self.inside.find(b"\0", end, end + _LONGEST_WORD)
        return max(first, start - _LONGEST_WORD), last if last >= 0 else end + _LONGEST_WORD

    def is_letter(self, at: int) -> bool:
        """Whether a word can be made of it."""
        return bool(self._words[at] & _WORD)

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """The folded characters that come from source[start:end], the whole of those that come from a part of it, too."""
        floor = int(np.searchsorted(self._origins, start, side="right")) - 1
        return self.at(int(self._origins[floor])) if floor >= 0 else 0, self.at(end)

    def token(self, at: int) -> int:
        """The number of the word that the character belongs to; a character of a script without spaces is one."""
        return int(self._tokens[at])

    def _kept_before(self, place: int) -> int:
        return place - bisect_left(self._dropped, place)

    @cached_property
    def _together(self) -> tuple[Codes, Kept]:
        return _run_together(self._values & _CODE, self._marks, self._single)

    @cached_property
    def _scanned(self) -> Places:
        return np.flatnonzero(self._single)

    @cached_property
    def _dropped(self) -> list[int]:
        return _places_of(~self._together[1])

    @cached_property
    def _origins(self) -> Places:
        _, kept = self._together
        return np.flatnonzero(kept) if self._places is None else self._places[kept]

    @cached_property
    def _words(self) -> Marks:
        """The marks of the text."""
        return _cyrillic_joined(self.text, self._marks[self._together[1]])

    @cached_property
    def _tokens(self) -> Places:
        words = (self._words & _WORD) != 0
        return np.cumsum(words & (np.frombuffer(self.inside, dtype=np.uint8)[:-1] == 0))


def _values(source: str) -> tuple[Codes, Places | None]:
    """Of each folded character what the table says, and where it comes from, None: each from its own place. Separators are still many."""
    codes: Codes = np.frombuffer(source.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    values = _TABLE.take(codes)
    if not source or values.min() >= _ONE:
        return values, None
    for code in np.unique(codes[values == 0]).tolist():
        _TABLE[code] = _value(chr(code))
    values = _TABLE.take(codes)
    pieced = np.flatnonzero(values < _ONE)
    return _in_pieces(source, values, pieced) if len(pieced) else (values, None)


def _value(character: str) -> int:
    folded = piece(character)
    if not stands_alone(character):
        return _JOINS
    return _described(folded) if len(folded) == 1 else _SEVERAL


def _described(folded: str) -> int:
    return (ord(folded) if not _IS_SEPARATOR.match(folded) or folded == PARAGRAPH else _SPACE) | _marks(folded) << _MARKS


def _marks(folded: str) -> int:
    if folded == PARAGRAPH:
        return _PLAIN | _SEPARATOR | _LINE | _ENDS
    if _IS_SEPARATOR.match(folded):
        return _PLAIN | _SEPARATOR | (_LINE if folded == "\n" else 0 if folded.isspace() else _DASH)
    marks = _PLAIN | (_CYRILLIC if "\u0400" <= folded <= "\u052f" else 0)
    if folded.isalnum() or folded == "_" or unicodedata.category(folded).startswith("M"):
        marks |= _WORD if _IS_UNSPACED.match(folded) else _WORD | _SPACED
    return marks


def _in_pieces(source: str, values: Codes, pieced: Places) -> tuple[Codes, Places]:
    """The parts that the table cannot fold are folded by themselves and put between the others."""
    pieces = _pieces(values, pieced)
    own = [_folded_piece(source[start:end]) for start, end in pieces]
    starts, ends = np.array(pieces, dtype=np.intp).T
    bounds = np.zeros(len(values) + 1, dtype=np.int8)
    bounds[starts] += 1
    bounds[ends] -= 1
    lengths = 1 - np.cumsum(bounds[:-1], dtype=np.intp)
    lengths[starts] = [*map(len, own)]
    places = np.repeat(np.arange(len(values)), lengths)
    is_start = np.zeros(len(values), dtype=bool)
    is_start[starts] = True
    folded = values[places]
    folded[is_start[places]] = np.concatenate(own)
    return folded, places


@lru_cache(maxsize=4096)
def _folded_piece(text: str) -> Codes:
    return np.array([_described(character) for character in piece(text)], dtype=np.uint32)


def _pieces(values: Codes, pieced: Places) -> list[tuple[int, int]]:
    """The smallest parts around these places that fold alone as they do together."""
    found: list[tuple[int, int]] = []
    joins, separates = (values & _JOINS) != 0, (values & (_SEPARATOR << _MARKS)) != 0
    for place in pieced.tolist():
        if found and place < found[-1][1]:
            continue
        start, end = place, place + 1
        if joins[place] and start and not separates[start - 1] and not (found and start == found[-1][1]):
            start -= 1
        while end < min(len(values), start + _LONGEST_PIECE) and joins[end]:
            end += 1
        found.append((start, end))
    return found


def _run_together(codes: Codes, marks: Marks, single: Kept) -> tuple[Codes, Kept]:
    """A run of separators is one: a space, or a paragraph where two lines end in it; a dash between clauses keeps a space on both sides.

    The characters, and which of those before they are. single: those that are not separators right behind another.
    """
    kept, kinds = single.copy(), marks.tobytes()
    for first, end in _runs(_places_of(~single)):
        run = kinds[first:end]
        if _IS_END in run or run.count(_IS_LINE) > 1:
            codes[first] = _PARAGRAPH
        elif _IS_DASH in run and not run[0] & _DASH and not run[-1] & _DASH:
            codes[first + 1], codes[end - 1] = _CLAUSE, _SPACE
            kept[first + 1] = kept[end - 1] = True
    return codes[kept], kept


def _runs(again: Iterable[int]) -> list[list[int]]:
    """Of the places that stand right behind another of their kind: where each run of them begins and ends."""
    runs: list[list[int]] = []
    for place in again:
        if runs and runs[-1][1] == place:
            runs[-1][1] = place + 1
        else:
            runs.append([place - 1, place + 1])
    return runs


def _places_of(mask: Kept) -> list[int]:
    places: list[int] = mask.nonzero()[0].tolist()
    return places


def _cyrillic_joined(text: str, marks: Marks) -> Marks:
    """An apostrophe between two Cyrillic letters belongs to their word: об'єднання."""
    at = text.find("'", 1, -1)
    while at >= 0:
        if marks[at - 1] & marks[at + 1] & _CYRILLIC:
            marks[at] |= _WORD | _SPACED
        at = text.find("'", at + 1, -1)
    return marks


def _alike(marks: Marks) -> Marks:
    """What each character but the first has in common with the one before."""
    return marks[1:] & marks[:-1]


def _octets(values: Codes, runs_on: Marks) -> Marks:
    """An apostrophe is no letter here: whether it is one depends on both of its neighbours, and a part of a word may lack one."""
    octets = values.astype(np.uint8)
    octets |= BEGINS | ENDS
    octets[1:] ^= runs_on
    octets[:-1] ^= runs_on << 1
    return octets


def octets(words: Sequence[str]) -> list[bytes]:
    """Of folded words, each as it is where it stands between spaces."""
    text = " ".join(words)
    together = Folded(text)
    if together.text != text:  # one of them begins with a mark
        return [Folded(word).octets for word in words]
    starts = accumulate((len(word) + 1 for word in words), initial=0)
    return [together.octets[start : start + len(word)] for word, start in zip(words, starts, strict=False)]
