"""Irregular forms that neither a dictionary nor its endings give: closed lists, in each line a word and its forms."""

from functools import lru_cache
from importlib.resources import files


def irregular(language: str, word: str) -> set[str]:
    return _table(language).get(word.lower(), set())


@lru_cache
def _table(language: str) -> dict[str, set[str]]:
    """Empty where a language has no list."""
    file = files(__name__) / f"{language}.txt"
    rows = (line.split() for line in file.read_text(encoding="utf-8").splitlines()) if file.is_file() else ()
    return {lemma.lower(): set(forms) for lemma, *forms in rows}
