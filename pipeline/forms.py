"""The forms of the topics' words: a dictionary is asked for a word once a home, and anew when its edition changes."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.abc import Traversable
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from connectors.forms import KeptForms
from schemas.ids import digest
from topics import inflection
from topics.inflection import Inflection, inflections
from topics.shapes import Word

_DICTIONARIES = ("babel", "simplemma", "pymorphy3", "pymorphy3-dicts-ru", "pymorphy3-dicts-uk")


class Forms:
    """Called with (language, word)s, gives their inflections."""

    def __init__(self, home: Path) -> None:
        self._kept = KeptForms(home, edition(inflection))

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


@cache
def edition(package: ModuleType) -> str:
    """Of the dictionaries, and of all that the package does with them."""
    folder = resources.files(package)
    texts = sorted((str(file), file.read_text(encoding="utf-8")) for file in _files(folder) if file.name.endswith((".py", ".txt")))
    return digest("edition", *map(version, _DICTIONARIES), *(text for _, text in texts))[:8]


def _files(folder: Traversable) -> Iterator[Traversable]:
    for file in folder.iterdir():
        if file.is_dir():
            yield from _files(file)
        else:
            yield file
