"""Which longer names of something else hold a text: India stands in Indonesia in Japanese, America in South America in English."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from topics.countries.cldr import places
from topics.countries.rows import PARTS, Row, rows
from topics.fold import fold

WITHOUT_BOUNDS = frozenset({"zh", "ja"})
_KIN = 3  # letters that two forms of a word share: Mexikaner, mexikanisch


def longer(text: str, language: str, code: str, row: Row) -> tuple[str, ...]:
    """The table's own, then the names of other countries and regions."""
    folded = fold(text)
    if language in WITHOUT_BOUNDS:
        ours = [name for name in _ours(row) if folded in fold(name)]
        others = [name for other, place, name in _places(language) if other != code and folded in place]
    else:
        ours = [name for name in _ours(row) if _starts(name) & _starts(text)]
        others = _others(folded, language, code)
    return tuple({fold(name): name for name in (*ours, *others) if fold(name) != folded}.values())


def is_of_another(text: str, language: str, code: str, row: Row) -> bool:
    """True for a text that the table keeps from the country, and for one that is, or stands in, the name of another place."""
    folded = fold(text)
    return folded in map(fold, _ours(row)) or bool(_others(folded, language, code))


def _ours(row: Row) -> list[str]:
    return [name for part in PARTS for name in row.cells[part].longer]


def _others(folded: str, language: str, code: str) -> list[str]:
    by_word = _by_word(language).get(folded.split()[0], ())
    return [name for other, place, name in by_word if other != code and f" {folded} " in f" {place} "]


def _starts(text: str) -> set[str]:
    return {word[:_KIN] for word in fold(text).replace("'", " ").split()}


@lru_cache
def _places(language: str) -> tuple[tuple[str, str, str], ...]:
    """Code, folded name and name of every country and region."""
    ours = ((code, entry.text) for code, row in rows(language).items() for entry in row.cells["name"].entries)
    cldr = ((code, text) for code, texts in places(language).items() for text in texts)
    return tuple(sorted((code, fold(text), text) for code, text in {*ours, *cldr}))


@lru_cache
def _by_word(language: str) -> Mapping[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for code, folded, name in _places(language):
        for word in set(folded.split()):
            found[word].append((code, folded, name))
    return found
