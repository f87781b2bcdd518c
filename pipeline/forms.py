"""The forms of the topics' words: a dictionary is asked for a word once a home, and anew when its edition changes."""

from collections.abc import Collection, Mapping
from pathlib import Path

from connectors.forms import KeptForms
from pipeline.edition import edition
from topics.inflection import Inflection, inflections
from topics.shapes import Word


class Forms:
    """Called with (language, word)s, gives their inflections."""

    def __init__(self, home: Path) -> None:
        self._kept = KeptForms(home, edition("inflection"))

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
