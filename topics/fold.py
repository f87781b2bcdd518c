"""Text to the form in which terms and articles are compared, and from there back to the characters it came from."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

PARAGRAPH = "\u2029"

# soft hyphen, zero width characters, joiners, variation selectors, marks of direction: nothing that a reader sees
_UNSEEN = "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_LOOSE_MARKS = "\u0300-\u036f"  # what NFKC could not compose: the stress in Росси́я
_APOSTROPHES = "`\u02b9\u02bc\u2018\u2019\u201b\u2032\uff07"
_SEPARATORS = r"\s\u2010-\u2013-"  # white space, and the dashes that join words; the dash between clauses (U+2014) is none

_REMOVED = re.compile(f"[{_UNSEEN}{_LOOSE_MARKS}]+")
_UNSEEN_ONE = re.compile(f"[{_UNSEEN}]")
_QUOTES = re.compile(f"[{_APOSTROPHES}]")
_SPECIAL = re.compile(f"[{_UNSEEN}{_LOOSE_MARKS}{_APOSTROPHES}ёЁ]")
_CHUNK = re.compile(r".{64}[^\x00-\x7f]*|.+", re.DOTALL)  # up to an ASCII character, which NFKC never joins to what is before it
_RUN = re.compile(f" [{_SEPARATORS}]+|(?! )[{_SEPARATORS}]+")  # every run but a single space


def fold(text: str, cased: bool = False) -> str:
    """NFKC and casefold until stable; ё is е; apostrophes are U+0027; a run of spaces, hyphens and one line break is a space.

    A paragraph end is U+2029. cased: without casefold.
    """
    return _RUN.sub(_joined, _characters(text, cased))


def offsets(text: str) -> list[int]:
    """Where in the text each character of fold(text) begins, then the text's length. What one character folded to begins at one place."""
    parts: list[str] = []
    origins: list[int] = []
    for chunk in _CHUNK.finditer(text):
        if _keeps_places(chunk[0]):
            parts.append(chunk[0])  # the separators in it are those of its folded form
            origins += range(chunk.start(), chunk.end())
            continue
        for start, end in _pieces(chunk[0]):
            parts.append(_piece(chunk[0][start:end]))
            origins += [chunk.start() + start] * len(parts[-1])
    origins.append(len(text))
    return _shrunk("".join(parts), origins)


def _keeps_places(text: str) -> bool:
    """True where each character folds to one: so do nearly all chunks, and this is quick to see."""
    lower = text.casefold()
    if len(lower) != len(text) or _REMOVED.search(text):
        return False
    return unicodedata.is_normalized("NFKC", text) and unicodedata.is_normalized("NFKC", lower)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The smallest parts that fold alone as they do together."""
    return pairwise([*(i for i, character in enumerate(text) if i == 0 or _stands_alone(character)), len(text)])


def _shrunk(characters: str, origins: list[int]) -> list[int]:
    kept: list[int] = []
    after = 0
    for run in _RUN.finditer(characters):
        kept += origins[after : run.start() + 1]
        after = run.end()
    return kept + origins[after:]


def _joined(run: re.Match[str]) -> str:
    return PARAGRAPH if PARAGRAPH in run[0] or run[0].count("\n") > 1 else " "


def _characters(text: str, cased: bool = False) -> str:
    while True:
        composed = unicodedata.normalize("NFKC", text.replace("\u00b4", "'"))  # NFKC makes a space and a mark of U+00B4
        folded = composed if cased else composed.casefold()
        if _SPECIAL.search(folded):
            folded = _QUOTES.sub("'", _REMOVED.sub("", folded)).replace("ё", "е").replace("Ё", "Е")
        if folded == text:
            return folded
        text = folded


@lru_cache(maxsize=4096)
def _piece(text: str) -> str:
    return _characters(text)


@lru_cache(maxsize=4096)
def _stands_alone(character: str) -> bool:
    """False where NFKC may join the character to the one before: marks, the inner letters of Hangul; unseen characters go with it too."""
    if _UNSEEN_ONE.match(character):
        return False
    first = unicodedata.normalize("NFKD", character)[0]
    return not unicodedata.category(first).startswith("M") and not "\u1160" <= first <= "\u11ff"
