"""The languages whose forms come from an inverted dictionary, from the endings learned from it, and from the listed endings of names."""

from collections import defaultdict
from collections.abc import Collection

from topics.inflection import dictionary
from topics.inflection.dictionary import Dictionary
from topics.inflection.endings import endings
from topics.inflection.names import name_endings

LANGUAGES = frozenset({"bg", "cs", "de", "en", "es", "fr", "hr", "it", "pl", "sk", "sl"})
COMPOUNDING = frozenset({"de"})
NOUNS_ARE_CAPITALISED = frozenset({"de"})
LEAST_HEAD, LEAST_REST = 4, 3  # letters of a compound's last part, and of what is before it


def forms(language: str, words: Collection[str]) -> tuple[dict[str, set[str]], set[str]]:
    """Each word to its forms, and those of the words that the dictionary knows.

    A noun takes no learned form that is a word of its own (Rat: raten) where a capital letter tells nouns from verbs; elsewhere that would
    cost too many forms of verbs (schierare: schiera, which is a noun too).
    """
    opened = dictionary.opened(language)
    found = opened.search(words)
    known = {word for word in words if word in found.forms or word in found.lemmas}
    heads = {word: _heads(word) for word in words if language in COMPOUNDING and word not in known}
    lemmas = {lemma for word in words if word not in found.forms for lemma in found.lemmas.get(word, ())}
    of_others = opened.search({*lemmas, *(head for parts in heads.values() for head in parts)}).forms
    learned = {word: endings(language, word, word in known) for word in words}
    nouns = {word for word in known if word[0].isupper()} if language in NOUNS_ARE_CAPITALISED else set()
    others = _lemmas(opened, {form for word in nouns for form in learned[word]}) if nouns else set()
    result: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        result[word] |= {word} | {form for form in learned[word] if word not in nouns or form not in others}
        if word in found.forms:
            result[word] |= found.forms[word]
        else:  # it is written in another form than its lemma
            result[word] |= {form for lemma in found.lemmas.get(word, ()) for form in of_others.get(lemma, ())}
        if word[0].isupper() or word not in known:
            result[word] |= name_endings(language, word)
        if head := next((head for head in heads.get(word, ()) if head in of_others), None):
            result[word] |= {word[: -len(head)] + form.lower() for form in of_others[head]}
    return result, known


def _lemmas(opened: Dictionary, words: Collection[str]) -> set[str]:
    """The words that have forms of their own: a name that is listed with itself alone (Russlands) is no lemma."""
    return {word for word, forms in opened.search(words).forms.items() if {form.casefold() for form in forms} - {word}}


def _heads(word: str) -> list[str]:
    """The last parts that a compound may have, the longest first."""
    return [word[start:].lower() for start in range(LEAST_REST, len(word) - LEAST_HEAD + 1)]
