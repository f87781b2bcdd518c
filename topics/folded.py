"""A whole article's text folded at once, each character knowing where it came from and whether a word runs on over it.

The same as topics.fold, which a test holds, at a quarter of its cost: a table from character to folded character, and numpy.
"""

import re
import unicodedata
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from topics.fold import PARAGRAPH, SEPARATORS, piece, stands_alone

Codes = NDArray[np.uint32]
Places = NDArray[np.intp]

# what the table says of a character beside the one that it folds to, in the bits that Unicode leaves free
_CODE = (1 << 21) - 1
_KNOWN, _JOINS, _SEVERAL, _WORD, _UNSPACED, _SEPARATOR, _LINE, _CYRILLIC = (1 << bit for bit in range(21, 29))
_PIECED = _JOINS | _SEVERAL  # to be folded with its neighbours, or to more than one character

_SPACE, _APOSTROPHE, _PARAGRAPH = ord(" "), ord("'"), ord(PARAGRAPH)
_IS_SEPARATOR = re.compile(f"[{SEPARATORS}]")
_IS_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_TABLE: Codes = np.zeros(0x110000, dtype=np.uint32)  # filled as characters are met; pages that no text needs take no memory


class Folded:
    """text: folded. inside[i]: not 0 where a word runs on from text[i - 1] to text[i]; it has a place more than the text."""

    def __init__(self, source: str) -> None:
        self.source = source
        values, self._origins = _values(source)
        values, self._origins, codes = _run_together(values, self._origins)
        self.text = codes.tobytes().decode("utf-32-le")
        self._words = _words(values, codes)
        self.inside = _inside(values, self._words).tobytes()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where folded characters [start, end) stand in the source: never nothing, as one character can fold to several."""
        first, last = self._origin(start), self._origin(end - 1)
        return first, self._origin(int(np.searchsorted(self._places, last, side="right")))

    def at(self, place: int) -> int:
        """The first folded character that comes from source[place] or from behind it."""
        return int(np.searchsorted(self._places[:-1], place, side="left"))

    def word(self, start: int, end: int) -> tuple[int, int]:
        """The whole word or words of which [start, end) is a part."""
        while self.inside[start]:
            start -= 1
        while self.inside[end]:
            end += 1
        return start, end

    def token(self, at: int) -> int:
        """The number of the word that the character belongs to; a character of a script without spaces is one."""
        return int(self._tokens[at])

    @cached_property
    def _tokens(self) -> Places:
        begins = self._words & (np.frombuffer(self.inside, dtype=np.uint8)[:-1] == 0)
        return np.cumsum(begins)

    @cached_property
    def _places(self) -> Places:
        return np.append(self._origins, len(self.source))

    def _origin(self, at: int) -> int:
        return int(self._places[at])


def _values(source: str) -> tuple[Codes, Places]:
    """Of each folded character what the table says, and the place that it comes from; runs of separators are as they were."""
    codes: Codes = np.frombuffer(source.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    values = _looked_up(codes)
    places = np.arange(len(codes))
    pieced = np.flatnonzero(values & _PIECED)
    return _in_pieces(source, values, places, pieced) if len(pieced) else (values, places)


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
        value |= _WORD
    if _IS_UNSPACED.match(folded):
        value |= _UNSPACED
    if _IS_SEPARATOR.match(folded):
        value |= _SEPARATOR
    if folded in ("\n", PARAGRAPH):
        value |= _LINE
    if 0x400 <= code <= 0x52F:
        value |= _CYRILLIC
    return value


def _in_pieces(source: str, values: Codes, places: Places, pieced: Places) -> tuple[Codes, Places]:
    """The parts that the table cannot fold are folded by themselves and put between the others."""
    found_values, found_places, after = [], [], 0
    for start, end in _pieces(values, pieced):
        codes: Codes = np.frombuffer(piece(source[start:end]).encode("utf-32-le"), dtype="<u4")
        own = np.fromiter((_described(chr(code)) for code in codes.tolist()), dtype=np.uint32, count=len(codes))
        found_values += [values[after:start], own]
        found_places += [places[after:start], np.full(len(codes), start)]
        after = end
    return np.concatenate([*found_values, values[after:]]), np.concatenate([*found_places, places[after:]])


def _pieces(values: Codes, pieced: Places) -> list[tuple[int, int]]:
    """The smallest parts around these places that fold alone as they do together."""
    found: list[tuple[int, int]] = []
    joins = (values & _JOINS) != 0
    for place in pieced.tolist():
        if found and place < found[-1][1]:
            continue
        start, end = place, place + 1
        if joins[place] and start:
            start -= 1
        while end < len(values) and joins[end]:
            end += 1
        found.append((start, end))
    return found


def _run_together(values: Codes, places: Places) -> tuple[Codes, Places, Codes]:
    """A run of separators is one: a space, or a paragraph where two lines end in it."""
    separates = (values & _SEPARATOR) != 0
    kept = np.ones(len(values), dtype=bool)
    kept[1:] = ~(separates[1:] & separates[:-1])
    lines = np.flatnonzero(values & _LINE)
    run = np.cumsum(kept)[lines] - 1 if len(lines) else lines
    ends = np.concatenate([run[1:][run[1:] == run[:-1]], run[(values[lines] & _CODE) == _PARAGRAPH]]) if len(lines) else lines
    values = values[kept]
    codes = values & _CODE
    codes[separates[kept]] = _SPACE
    codes[ends] = _PARAGRAPH
    return values, places[kept], codes


def _words(values: Codes, codes: Codes) -> NDArray[np.bool_]:
    """Which characters belong to a word. An apostrophe between two Cyrillic letters is one of them: об'єднання."""
    words = (values & _WORD) != 0
    cyrillic = (values & _CYRILLIC) != 0
    for at in np.flatnonzero(codes == _APOSTROPHE).tolist():
        if 0 < at < len(codes) - 1 and cyrillic[at - 1] and cyrillic[at + 1]:
            words[at] = True
    return words


def _inside(values: Codes, words: NDArray[np.bool_]) -> NDArray[np.bool_]:
    inside = np.zeros(len(values) + 1, dtype=bool)
    spaced = words & ((values & _UNSPACED) == 0)
    inside[1:-1] = spaced[1:] & spaced[:-1]
    return inside
