"""Russian and Ukrainian: the forms of a word in all its readings, known and guessed, as pymorphy3 gives them."""

from functools import lru_cache

from pymorphy3 import MorphAnalyzer

from topics.inflection.names import name_endings

LANGUAGES = frozenset({"ru", "uk"})


def lexeme(language: str, word: str) -> set[str]:
    """Of the readings in which the word is the lemma; of all, where there is none: it is written in another form.

    Or it is a name that is spelt as a form is (Токаев: токай), and is declined as names are.
    """
    parses = _analyzer(language).parse(word.lower())
    lemmas = [parse for parse in parses if _plain(parse.normal_form) == _plain(word.lower())]
    declined = name_endings(language, word) if word[0].isupper() and not lemmas else set()
    return {form.word for parse in lemmas or parses for form in parse.lexeme} | declined


def is_known(language: str, word: str) -> bool:
    return bool(_analyzer(language).word_is_known(word.lower()))


def _plain(word: str) -> str:
    return word.replace("ё", "е")


@lru_cache
def _analyzer(language: str) -> MorphAnalyzer:
    return MorphAnalyzer(lang=language)
