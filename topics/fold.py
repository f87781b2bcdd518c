"""Text to the form in which terms and articles are compared: a string to a string, exactly and one character after the other."""

import re
import unicodedata
from functools import lru_cache

PARAGRAPH = "\u2029"

# soft hyphen, zero width characters, joiners, variation selectors, marks of direction, tatweel: nothing that a reader sees
UNSEEN = "\u00ad\u034f\u061c\u0640\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_LOOSE_MARKS = "\u0300-\u036f"  # what NFKC could not compose: the stress in Росси́я
_VOWELS = "\u064b-\u0652\u0670"  # of Arabic, written in few texts
_APOSTROPHES = "`\u02b9\u02bc\u2018\u2019\u201b\u2032\uff07"
SEPARATORS = r"\s\u2010-\u2013-"  # white space, and the dashes that join words
UNSPACED = (  # the letters of scripts that put no space between words: Thai to Han
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
CLAUSE = "\u2014"  # the dash between clauses joins none, nor does a dash with white space on both sides

_REMOVED = re.compile(f"[{UNSEEN}{_LOOSE_MARKS}{_VOWELS}]+")
_UNSEEN_ONE = re.compile(f"[{UNSEEN}]")
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **{"ё": "е", "Ё": "Е", "œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"},
        **{chr(code): "\ufffd" for code in range(0xD800, 0xE000)},
    }
)
_QUOTES = re.compile(f"[{_APOSTROPHES}]")
_SPECIAL = re.compile(f"[{UNSEEN}{_LOOSE_MARKS}{_VOWELS}{_APOSTROPHES}ёЁœŒæÆأإآٱ\ud800-\udfff]")
_RUN = re.compile(f" [{SEPARATORS}]+|(?! )[{SEPARATORS}]+")  # every run but a single space


def fold(text: str, cased: bool = False) -> str:
    """NFKC and casefold until stable; ё is е, œ is oe; apostrophes are U+0027; a run of spaces, hyphens and one line break is a space.

    A dash between spaces is U+2014 between two; a paragraph end is U+2029; half a surrogate pair is U+FFFD. cased: without casefold.
    """
    return _RUN.sub(_joined, characters(text, cased))


def characters(text: str, cased: bool = False) -> str:
    """The text folded but for its runs of separators."""
    while True:
        composed = unicodedata.normalize("NFKC", text.replace("\u00b4", "'"))  # NFKC makes a space and a mark of U+00B4
        folded = composed if cased else composed.casefold()
        if _SPECIAL.search(folded):
            folded = _QUOTES.sub("'", _REMOVED.sub("", folded)).translate(_ALIKE)
        if folded == text:
            return folded
        text = folded


@lru_cache(maxsize=4096)
def piece(text: str) -> str:
    """The characters of a part that folds alone as it does in its text."""
    return characters(text)


@lru_cache(maxsize=4096)
def stands_alone(character: str) -> bool:
    """False where NFKC may join the character to the one before: marks, the inner letters of Hangul; unseen characters go with it too."""
    if _UNSEEN_ONE.match(character):
        return False
    first = unicodedata.normalize("NFKD", character)[0]
    return not unicodedata.category(first).startswith("M") and not "\u1160" <= first <= "\u11ff"


def _joined(run: re.Match[str]) -> str:
    if PARAGRAPH in run[0] or run[0].count("\n") > 1:
        return PARAGRAPH
    return f" {CLAUSE} " if run[0][0].isspace() and run[0][-1].isspace() and not run[0].isspace() else " "
