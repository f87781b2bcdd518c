"""A country that an English sentence names is named in its human translations too, pooled over all countries.

Countries are read word by word here, without the engine, so that the table is tested and nothing else.
"""

import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from tests.topics.wmt21 import LANGUAGES, digest, pairs
from topics.countries import Name, Part, codes, names
from topics.fold import fold
from topics.inflection import inflected

CORPORA = Path(os.environ.get("TOCSIN_TEST_CORPORA", Path(__file__).parents[2] / "../shared/corpora"))
FOLDER = CORPORA / "wmt21"
PARTS: tuple[Part, ...] = ("name", "adjective", "people")
MENTIONS = 280  # that the English table finds at the least: fewer would make the floors easy
FLOORS = {"de": 0.98, "cs": 0.98, "ru": 0.98, "zh": 0.98, "ja": 0.95}

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="no corpora: set TOCSIN_TEST_CORPORA")

BOUNDLESS = {"zh", "ja"}
WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """words: the forms that each word may have. within: phrases in which this one does not count."""

    code: str
    words: tuple[frozenset[str], ...]
    cased: bool
    exact: str
    within: tuple[tuple[frozenset[str], ...], ...]


class Reader:
    """Finds the countries that a text of one language names."""

    def __init__(self, language: str, parts: Collection[Part]) -> None:
        self.language = language
        table = [(code, name) for code in sorted(codes()) for name in names(code, parts, [language])]
        texts = {text for _, name in table for text in (name.text, *name.within)}
        self._forms = inflected({(language, word) for text in texts for word in self._words(text)}) if language not in BOUNDLESS else {}
        self._phrases: dict[str, list[Phrase]] = defaultdict(list)
        self._plain = [(code, fold(name.text), [fold(longer) for longer in name.within]) for code, name in table]
        for code, name in table if language not in BOUNDLESS else ():
            phrase = self._phrase(code, name)
            for form in phrase.words[0]:
                self._phrases[form].append(phrase)

    def countries(self, text: str) -> set[str]:
        return set(self._substrings(fold(text)) if self.language in BOUNDLESS else self._hits(self._words(text)))

    def _words(self, text: str) -> list[str]:
        return WORD.findall(fold(text, cased=True))

    def _phrase(self, code: str, name: Name) -> Phrase:
        exact = " ".join(self._words(name.text)) if name.exact else ""
        within = tuple(self._inflected(longer) for longer in name.within)
        words = tuple(frozenset({fold(word)}) for word in self._words(name.text)) if exact else self._inflected(name.text)
        return Phrase(code=code, words=words, cased=name.cased, exact=exact, within=within)

    def _inflected(self, text: str) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(fold(form) for form in self._forms[self.language, word]) for word in self._words(text))

    def _hits(self, words: Sequence[str]) -> Iterator[str]:
        lower = [fold(word) for word in words]
        for i, word in enumerate(lower):
            for phrase in self._phrases.get(word, ()):
                end = i + len(phrase.words)
                if _stand(phrase.words, lower, i) and _has_case(phrase, words[i:end]) and not _is_within(phrase, lower, i):
                    yield phrase.code

    def _substrings(self, text: str) -> Iterator[str]:
        for code, name, within in self._plain:
            rest = text
            for longer in within:
                rest = rest.replace(longer, " ")
            if name in rest:
                yield code


def _stand(phrase: Sequence[frozenset[str]], words: Sequence[str], start: int) -> bool:
    return len(words) - start >= len(phrase) and all(words[start + i] in forms for i, forms in enumerate(phrase))


def _has_case(phrase: Phrase, words: Sequence[str]) -> bool:
    if phrase.exact and phrase.cased:
        return " ".join(words) == phrase.exact
    return not phrase.cased or words[0][0].isupper()


def _is_within(phrase: Phrase, words: Sequence[str], start: int) -> bool:
    return any(
        _stand(longer, words, i) for longer in phrase.within for i in range(max(0, start - len(longer) + len(phrase.words)), start + 1)
    )


@lru_cache
def reader(language: str) -> Reader:
    return Reader(language, PARTS)


def test_the_sentences_are_those_that_the_floors_were_measured_on() -> None:
    assert digest(FOLDER) == "4a0e0ede9f2c4f75c28c0cb8d5ad3285f4b736a9926a326de35940426d4c9d5e"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_country_is_found_in_the_translation(language: str) -> None:
    mentions = found = 0
    for source, references in pairs(FOLDER, language):
        named = reader("en").countries(source)
        mentions += len(named)
        found += len(named & {code for reference in references for code in reader(language).countries(reference)})
    assert mentions >= MENTIONS
    assert found / mentions >= FLOORS[language], f"{found} of {mentions}"
