"""Words all in capitals: they take no forms from dictionaries, only the endings listed here (NATOs, UEFA: Uefy)."""

LEAST_LETTERS = 2
LEAST_SPOKEN = 4  # letters: NATO and UEFA are said as words, USA is spelt

_PLURAL = {"de": "s", "en": "s"}

# of those that are said as words, by the last letter; what comes after a hyphen (ONZ-u) needs no ending: the hyphen ends the word
_SPOKEN: dict[str, dict[str, tuple[str, ...]]] = {
    "cs": {"A": ("y", "ě", "u", "ou")},
    "hr": {"A": ("e", "i", "u", "om")},
    "pl": {"A": ("y", "ie", "ę", "ą")},
    "sk": {"A": ("y", "e", "u", "ou")},
    "sl": {"A": ("e", "i", "o"), "O": ("a", "u", "om", "ov", "ova", "ovo", "ove", "ovi", "ovega", "ovem", "ovih")},
}

# НАТО, США, ООН stay as they are; these are declined in print
_DECLINED = {
    "ru": (
        frozenset({"ВАК", "ЗАГС", "МИД", "МРОТ", "ОМОН", "СПИД", "ТАСС", "ХАМАС", "ЦИК"}),
        ("а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах"),
    ),
    "uk": (frozenset({"БЮТ", "ЗАГС", "ОМОН", "РАЦС", "СНІД", "ТАРС", "ХАМАС"}), ("а", "у", "ові", "ом", "і", "и", "ів", "ам", "ами", "ах")),
}


def is_acronym(word: str) -> bool:
    return word.isupper() and sum(character.isalpha() for character in word) >= LEAST_LETTERS


def acronym_forms(language: str, word: str) -> set[str]:
    """The acronym and its listed forms."""
    forms = {word}
    if language in _PLURAL:
        forms.add(word + _PLURAL[language])
    if len(word) >= LEAST_SPOKEN:
        forms |= {word[:-1] + ending for ending in _SPOKEN.get(language, {}).get(word[-1], ())}
    declined, endings = _DECLINED.get(language, (frozenset[str](), ()))
    if word in declined:
        forms |= {word + ending for ending in endings}
    return forms
