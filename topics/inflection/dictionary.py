"""The dictionaries of simplemma, read as streams: each form to its lemma, sorted by form; never held as a mapping."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice

from simplemma.strategies.dictionaries import frontcode
from simplemma.strategies.dictionaries.dictionary_factory import _read_decompressed

from topics.inflection.blocks import LENGTH, Blocks, blocks

CODES = {"hr": "hbs"}  # where simplemma's name of a language is not its two letters


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """forms: of the words that are lemmas. lemmas: of the words that are forms. Keys as they were asked for."""

    forms: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    lemmas: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, kw_only=True, slots=True)
class Dictionary:
    language: str
    stream: bytes
    blocks: Blocks

    def records(self) -> Iterator[tuple[bytes, bytes]]:
        """Each form and its lemma."""
        _, _, start = frontcode._read_header(self.stream)
        return ((form, lemma) for _, form, lemma in frontcode._iter_records(self.stream, start))

    def search(self, words: Collection[str]) -> Found:
        """What is known of the words, whatever their case."""
        wanted: defaultdict[bytes, list[str]] = defaultdict(list)
        for word in words:
            for spelling in {word, word.lower(), word.capitalize()}:
                wanted[spelling.encode()].append(word)
        found = Found()
        for form, lemma in self._near(words):
            if lemma in wanted:
                for word in wanted[lemma]:
                    found.forms[word].add(form.decode())
            if form in wanted:
                for word in wanted[form]:
                    found.lemmas[word].add(lemma.decode())
        return found

    def _near(self, words: Collection[str]) -> Iterator[tuple[bytes, bytes]]:
        """The records that can be about the words, and others."""
        for number in sorted({number for word in words for number in self.blocks.of(self.language, word)}):
            for _, form, lemma in islice(frontcode._iter_records(self.stream, *self.blocks.starts[number]), LENGTH):
                yield form, lemma


def opened(language: str) -> Dictionary:
    stream = _read_decompressed(CODES.get(language, language))
    return Dictionary(language=language, stream=stream, blocks=blocks(language, stream))
