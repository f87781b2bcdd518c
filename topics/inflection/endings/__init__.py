"""Endings learned from a language's dictionary: what a word takes in place of its last letters, be it known or not."""

from functools import lru_cache
from importlib.resources import files
from typing import TypeAlias

LONGEST = 4  # letters of an ending
LEAST_KEPT = 2  # letters of a word that no ending replaces

Table: TypeAlias = dict[tuple[bool, str], list[str]]


def endings(language: str, word: str, known: bool) -> set[str]:
    """The word with each ending that words which end as it does take. known: by the dictionary.

    A capitalised word is compared with capitalised ones; what no dictionary knows may be a name in small letters (brexit), or any
    word at the head of a title, and is compared with both.
    """
    capital, small = _changes(language, word, True), _changes(language, word, False)
    of_its_case = capital if capital and word[0].isupper() else small
    changes = of_its_case if known else capital + small
    folded = word.casefold()
    kept = ((len(folded) - int(change[0]), change[1:]) for change in changes)
    return {folded[:length] + added for length, added in kept if length >= LEAST_KEPT}


def _changes(language: str, word: str, capital: bool) -> list[str]:
    """Those of the longest ending that is listed."""
    folded, table = word.casefold(), _table(language)
    lengths = range(min(LONGEST, len(folded) - 1), 0, -1)
    return next((table[key] for n in lengths if (key := (capital, folded[-n:])) in table), [])


@lru_cache
def _table(language: str) -> Table:
    """Each line: an ending, of capitalised words where it begins with ^, and its changes: how many letters go, which come."""
    text = (files(__name__) / f"{language}.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines())
    return {(row[0].startswith("^"), row[0].lstrip("^")): row[1:] for row in rows}
