"""A whole article's text folded at once, each character knowing where it came from and whether a word runs on over it.

The same as topics.fold, which a test holds, at a quarter of its cost: a table from character to folded character, and numpy.
"""

import re
import unicodedata
from collections.abc import Sequence
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
_CODE = (1 << 21) - 1
_KNOWN, _DASH, _CYRILLIC, _ENDS, _LINE, _SEPARATOR, _WORD, _SPACED, _SEVERAL, _JOINS = (
    1 << bit for bit in (21, 22, 24, 25, 26, 27, 28, 29, 30, 31)
)
_PIECED = _SEVERAL  # or above: to be folded with its neighbours, or to more than one character
_MARKS = 24  # the bits from here on are looked at as bytes: four times as many at once
_RUNS_ON = _SPACED >> _MARKS

LETTER, BEGINS, ENDS = 0x3F, 0x40, 0x80  # the bits of an octet

_SPACE, _CLAUSE, _PARAGRAPH = map(ord, (" ", CLAUSE, PARAGRAPH))
_IS_SEPARATOR = re.compile(f"[{SEPARATORS}]")
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
_LONGEST_PIECE = 64  # characters; to put thousands of marks in order takes Unicode's normal form a time that grows with their square
_LONGEST_WORD = 1000  # characters; what is longer is no word, and would be walked through for each place in it
_TABLE: Codes = np.zeros(0x110000, dtype=np.uint32)  # filled as characters are met; pages that no text needs take no memory


class Folded:
    """text: folded. inside[i]: not 0 where a word runs on from text[i - 1] to text[i]; it has a place more than the text.

    octets: what is scanned, a byte a character: six bits of it, which rule nearly all other words out, and whether a word begins or ends.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        values, self._places = _values(source)
        codes, self._kept, self._marks = _run_together(values)
        self.text = codes.tobytes().decode("utf-32-le")
        runs_on = _runs_on(self._marks)
        self.octets = _octets(codes, runs_on)
        if _join_cyrillic(self.text, self._marks):
            runs_on = _runs_on(self._marks)
        self.inside = b"".join((b"\0", runs_on.tobytes(), b"\0")) if source else b"\0"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where folded characters [start, end) stand in the source: never nothing, as one character can fold to several."""
        origins = self._origins
        last = origins[end - 1]
        while end < len(origins) and origins[end] == last:
            end += 1
        return int(origins[start]), int(origins[end]) if end < len(origins) else len(self.source)

    def at(self, place: int) -> int:
        """The first folded character that comes from source[place] or from behind it."""
        return int(np.searchsorted(self._origins, place, side="left"))

    def word(self, start: int, end: int) -> tuple[int, int]:
        """The whole word or words of which [start, end) is a part, at most a thousand characters to either side."""
        first = self.inside.rfind(b"\0", max(0, start - _LONGEST_WORD), start + 1)
        last = self.inside.find(b"\0", end, end + _LONGEST_WORD)
        return max(first, start - _LONGEST_WORD), last if last >= 0 else end + _LONGEST_WORD

    def is_letter(self, at: int) -> bool:
        """Whether a word can be made of it."""
        return bool(self._marks[at] & (_WORD >> _MARKS))

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """The folded characters that come from source[start:end], the whole of those that come from a part of it, too."""
        floor = int(np.searchsorted(self._origins, start, side="right")) - 1
        return self.at(int(self._origins[floor])) if floor >= 0 else 0, self.at(end)

    def token(self, at: int) -> int:
        """The number of the word that the character belongs to; a character of a script without spaces is one."""
        return int(self._tokens[at])

    @cached_property
    def _origins(self) -> Places:
        return np.flatnonzero(self._kept) if self._places is None else self._places[self._kept]

    @cached_property
    def _tokens(self) -> Places:
        words = (self._marks & (_WORD >> _MARKS)) != 0
        return np.cumsum(words & (np.frombuffer(self.inside, dtype=np.uint8)[:-1] == 0))


def _values(source: str) -> tuple[Codes, Places | None]:
    """Of each folded character what the table says, and where it comes from, None: each from its own place. Separators are still many."""
    codes: Codes = np.frombuffer(source.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    values = _looked_up(codes)
    if not len(values) or values.max() < _PIECED:
        return values, None
    return _in_pieces(source, values, np.flatnonzero(values >= _PIECED))


def _looked_up(codes: Codes) -> Codes:
    values = _TABLE[codes]
    if len(values) and not values.min():
        for code in np.unique(codes[values == 0]).tolist():
            _TABLE[code] = _value(chr(code))
        values = _TABLE[codes]
    return values


def _value(character: str) -> int:
    folded = piece(character)
    if not stands_alone(character):
        return _KNOWN | _JOINS
    return _described(folded) if len(folded) == 1 else _KNOWN | _SEVERAL


def _described(folded: str) -> int:
    code = ord(folded)
    value = _KNOWN | code
    if folded.isalnum() or folded == "_" or unicodedata.category(folded).startswith("M"):
        value |= _WORD if _IS_UNSPACED.match(folded) else _WORD | _SPACED
    if _IS_SEPARATOR.match(folded):
        value = _KNOWN | _SPACE | _SEPARATOR | (0 if folded.isspace() else _DASH)
    if folded in ("\n", PARAGRAPH):
        value |= _LINE
    if folded == PARAGRAPH:
        value = _KNOWN | _PARAGRAPH | _SEPARATOR | _LINE | _ENDS
    if 0x400 <= code <= 0x52F:
        value |= _CYRILLIC
    return value


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
    joins, separates = (values & _JOINS) != 0, (values & _SEPARATOR) != 0
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


def _run_together(values: Codes) -> tuple[Codes, Kept, Marks]:
    """A run of separators is one: a space, or a paragraph where two lines end in it; a dash between clauses keeps a space on both sides.

    Which of the characters are kept, and their marks.
    """
    separators = np.flatnonzero(values & _SEPARATOR)
    begins = np.ones(len(separators), dtype=bool)
    begins[1:] = separators[1:] - separators[:-1] > 1
    dropped = separators[~begins]
    kept = np.ones(len(values), dtype=bool)
    kept[dropped] = False
    if len(dropped):
        values = values.copy()
        _end_paragraphs(values, separators, begins)
        if (values[dropped] & _DASH).any():
            _keep_clauses(values, kept, separators, begins)
    values = values[kept]
    return values & np.uint32(_CODE), kept, (values >> _MARKS).astype(np.uint8)


def _end_paragraphs(values: Codes, separators: Places, begins: Kept) -> None:
    """Where a run of separators holds two ends of lines, or one of a paragraph, its first character is that of a paragraph."""
    first = separators[begins]
    lines = separators[(values[separators] & _LINE) != 0]
    runs = _runs(lines, first)
    ends = np.concatenate([runs[1:][runs[1:] == runs[:-1]], runs[(values[lines] & _ENDS) != 0]])
    values[first[ends]] = _KNOWN | _PARAGRAPH | _SEPARATOR


def _keep_clauses(values: Codes, kept: Kept, separators: Places, begins: Kept) -> None:
    """Where runs with a dash do not end a paragraph and have white space on both sides of it: space, clause, space."""
    ends = np.ones(len(separators), dtype=bool)
    ends[:-1] = begins[1:]
    first, last = separators[begins], separators[ends]
    runs = _runs(separators[(values[separators] & _DASH) != 0], first)
    spaced = ((values[first[runs]] & (_CODE | _DASH)) == _SPACE) & ((values[last[runs]] & _DASH) == 0)
    clauses = runs[spaced]
    values[first[clauses] + 1] = _KNOWN | _CLAUSE
    values[last[clauses]] = _KNOWN | _SPACE | _SEPARATOR
    kept[first[clauses] + 1] = kept[last[clauses]] = True


def _runs(places: Places, first: Places) -> Places:
    """The number of the run that each place is in."""
    runs: Places = np.searchsorted(first, places, side="right") - 1
    return runs


def _join_cyrillic(text: str, marks: Marks) -> bool:
    """An apostrophe between two Cyrillic letters belongs to their word: об'єднання. Whether there is one."""
    joined, at = False, text.find("'", 1, -1)
    while at >= 0:
        if marks[at - 1] & marks[at + 1] & (_CYRILLIC >> _MARKS):
            marks[at] |= (_WORD | _SPACED) >> _MARKS
            joined = True
        at = text.find("'", at + 1, -1)
    return joined


def _runs_on(marks: Marks) -> Marks:
    """_RUNS_ON where a word runs on from a character to the next, else 0."""
    return marks[1:] & marks[:-1] & np.uint8(_RUNS_ON)


def _octets(codes: Codes, runs_on: Marks) -> bytes:
    """An apostrophe is no letter here: whether it is one depends on both of its neighbours, and a part of a word may lack one."""
    octets = codes.astype(np.uint8) & LETTER | (BEGINS | ENDS)
    octets[1:] -= runs_on * (BEGINS // _RUNS_ON)
    octets[:-1] -= runs_on * (ENDS // _RUNS_ON)
    return octets.tobytes()


def octets(words: Sequence[str]) -> list[bytes]:
    """Of folded words, each as it is where it stands between spaces."""
    text = " ".join(words)
    together = Folded(text)
    if together.text != text:  # one of them begins with a mark
        return [Folded(word).octets for word in words]
    starts = accumulate((len(word) + 1 for word in words), initial=0)
    return [together.octets[start : start + len(word)] for word, start in zip(words, starts, strict=False)]
