"""The forms of the topics' words: a dictionary is asked for a word once a home, and anew when its edition changes."""

from collections.abc import Collection, Mapping
from importlib.metadata import version
from pathlib import Path

from connectors.forms import KeptForms
from schemas.ids import digest
from topics.inflection import EDITION, Inflection, inflections
from topics.shapes import Word

_DICTIONARIES = ("simplemma", "pymorphy3", "pymorphy3-dicts-ru", "pymorphy3-dicts-uk")


class Forms:
    """Called with (language, word)s, gives their inflections."""

    def __init__(self, home: Path) -> None:
        self._kept = KeptForms(home, digest("forms", EDITION, *map(version, _DICTIONARIES))[:8])

    def __call__(self, words: Collection[Word]) -> Mapping[Word, Inflection]:
        found = {
            (language, word): Inflection(known=bool(known), untagged=bool(untagged), forms=frozenset(forms.split(" ")))
            for language, word, known, untagged, forms in self._kept.get(words)
        }
        if missing := {word for word in words if word not in found}:
            asked = inflections(missing)
            self._kept.put((*word, one.known, one.untagged, " ".join(sorted(one.forms))) for word, one in asked.items())
            found |= asked
        return found
