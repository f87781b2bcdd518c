"""The languages whose forms come from an inverted dictionary, from the endings learned from it, and from closed lists."""

from collections import defaultdict
from collections.abc import Collection

from topics.inflection import dictionary
from topics.inflection.dictionary import Dictionary, Found
from topics.inflection.endings import endings
from topics.inflection.irregular import irregular
from topics.inflection.names import name_endings

LANGUAGES = frozenset({"bg", "cs", "de", "en", "es", "fr", "hr", "it", "pl", "sk", "sl"})
COMPOUNDING = frozenset({"de"})
NOUNS_ARE_CAPITALISED = frozenset({"de"})
LEAST_HEAD, LEAST_REST = 4, 3  # letters of a compound's last part, and of what is before it

# the end of a reflexive verb, and what its plain verb has there
_REFLEXIVE = {
    "es": {"arse": "ar", "erse": "er", "irse": "ir", "írse": "ír"},
    "it": {"arsi": "are", "ersi": "ere", "irsi": "ire", "orsi": "orre", "ursi": "urre"},
}


def forms(language: str, words: Collection[str]) -> tuple[dict[str, set[str]], set[str]]:
    """Each word to its forms, and those of the words that the dictionary knows."""
    opened = dictionary.opened(language)
    found = opened.search(words)
    known = {word for word in words if word in found.forms or word in found.lemmas}
    lemmas = {lemma for word in words if word not in found.forms for lemma in found.lemmas.get(word, ())}
    heads = {word: _heads(word) for word in words if language in COMPOUNDING and word not in known}
    plain = {word: verb for word in words if (verb := _plain_verb(language, word, found))}
    of_others = opened.search({*lemmas, *plain.values(), *(head for parts in heads.values() for head in parts)}).forms
    verbs = {word: verb for word, verb in plain.items() if verb in of_others}
    learned = _learned(language, words, found, opened)
    result: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        result[word] |= {word} | found.forms.get(word, set()) | irregular(language, word)
        result[word] |= learned[word] if word not in verbs else set()
        if word not in found.forms:  # it is written in another form than its lemma
            result[word] |= {form for lemma in found.lemmas.get(word, ()) for form in of_others.get(lemma, ())}
        if language in NOUNS_ARE_CAPITALISED:
            result[word] |= _as_adjective(word, found)
        if word[0].isupper() or word not in known:
            result[word] |= name_endings(language, word)
        if head := next((head for head in heads.get(word, ()) if head in of_others), ""):
            result[word] |= {word[: -len(head)] + form.lower() for form in of_others[head] | irregular(language, head)}
        if word in verbs:
            verb = verbs[word]
            result[word] |= {verb} | of_others[verb] | endings(language, verb, True) | irregular(language, verb)
    return result, known | verbs.keys()


def _as_adjective(word: str, found: Found) -> set[str]:
    """The forms of an adjective that is made a noun, where the dictionary has one of them (Gefangener: Gefangenem)."""
    base = word.removesuffix("r")
    having = {base, base + "m", base + "n"} if word.endswith("er") else {base + "m", base + "r"}
    listed = having & (found.forms.get(word, set()) | found.lemmas.get(word, set()))
    return {base + ending for ending in ("", "m", "n", "r")} if word.istitle() and base.endswith("e") and listed else set()


def _learned(language: str, words: Collection[str], found: Found, opened: Dictionary) -> dict[str, set[str]]:
    """Each word's learned forms.

    A noun whose plural is in the dictionary takes none that is a word of its own (Rat: raten; but Typ: Typen) where a capital letter tells
    nouns from verbs; elsewhere that would cost too many forms of verbs (schierare: schiera, which is a noun too).
    """
    learned = {word: endings(language, word, word in found.forms or word in found.lemmas) for word in words}
    if language not in NOUNS_ARE_CAPITALISED:
        return learned
    nouns = {word for word in words if word[0].isupper() and any(form.endswith("n") for form in found.forms.get(word, set()) - {word})}
    # a name that is listed with itself alone (Russlands) is no word of its own
    listed = opened.search({form for word in nouns for form in learned[word]}).forms
    others = {word for word, forms in listed.items() if {form.casefold() for form in forms} - {word}}
    return {word: group - others if word in nouns else group for word, group in learned.items()}


def _heads(word: str) -> list[str]:
    """The last parts that a compound may have, the longest first."""
    return [word[start:].lower() for start in range(LEAST_REST, len(word) - LEAST_HEAD + 1)]


def _plain_verb(language: str, word: str, found: Found) -> str:
    """Of a reflexive verb (arrendersi: arrendere); of a word that is a form of another (versi: verso) none."""
    small = word.lower()
    plain = next((small.removesuffix(end) + its for end, its in _REFLEXIVE.get(language, {}).items() if small.endswith(end)), "")
    return plain if found.lemmas.get(word, set()) <= {small} else ""
