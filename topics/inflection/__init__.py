"""Words to all their inflected forms, a language at a time: what a term is compared with, instead of the texts being lemmatised."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from topics.inflection import inverted, lexemes, names
from topics.inflection.acronyms import acronym_forms, is_acronym

__all__ = ["LANGUAGES", "Inflection", "inflected", "inflections", "is_acronym"]

LANGUAGES = inverted.LANGUAGES | lexemes.LANGUAGES  # the others, Chinese and Japanese with them, have the written form alone

_CYRILLIC = frozenset({"bg", "ru", "uk"})
_DECLINES_NAMES = names.LANGUAGES | {"bg", "de", "en"}
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:'[A-Za-z\u00c0-\u024f]+)*")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff]+(?:'[\u0400-\u04ff]+)*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Inflection:
    """forms: as dictionaries write them, the written one with them. known: a dictionary of the language has the word.

    untagged: a term without a language takes these forms, for the word is known, or a name where names are declined.
    """

    forms: frozenset[str]
    known: bool
    untagged: bool


def inflected(words: Collection[tuple[str, str]]) -> dict[tuple[str, str], frozenset[str]]:
    """Each (language, word) to its forms."""
    return {key: inflection.forms for key, inflection in inflections(words).items()}


def inflections(words: Collection[tuple[str, str]]) -> dict[tuple[str, str], Inflection]:
    """Each (language, word) to its inflection. Many at once: each language's dictionary is read once, or twice."""
    of_language: defaultdict[str, set[str]] = defaultdict(set)
    result: dict[tuple[str, str], Inflection] = {}
    for language, word in set(words):
        if language not in LANGUAGES or not _script(language).fullmatch(word):
            result[language, word] = Inflection(forms=frozenset({word}), known=False, untagged=False)
        elif is_acronym(word):
            result[language, word] = Inflection(forms=frozenset(acronym_forms(language, word)), known=False, untagged=True)
        else:
            of_language[language].add(word)
    for language, group in sorted(of_language.items()):
        forms, known = _forms(language, group)
        for word in group:
            untagged = word in known or (word[0].isupper() and language in _DECLINES_NAMES)
            result[language, word] = Inflection(forms=frozenset({word, *_needed(forms[word])}), known=word in known, untagged=untagged)
    return result


def _forms(language: str, words: set[str]) -> tuple[dict[str, set[str]], set[str]]:
    if language in inverted.LANGUAGES:
        return inverted.forms(language, words)
    known = {word for word in words if lexemes.is_known(language, word)}
    forms = {word: lexemes.lexeme(language, word) for word in words}
    return {word: found if word in known else found | names.name_endings(language, word) for word, found in forms.items()}, known


def _needed(forms: set[str]) -> set[str]:
    """A hyphen ends a word: Trump-owi holds Trump, най-добър holds добър. What stands so is found without being listed."""
    return {form for form in forms if "-" not in form or forms.isdisjoint(form.split("-"))}


def _script(language: str) -> re.Pattern[str]:
    return _CYRILLIC_WORD if language in _CYRILLIC else _LATIN_WORD
