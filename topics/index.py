"""The forms of all topics by one word of each, so that an article is compared with the forms whose word it holds, and no others."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from schemas.match import Field
from schemas.topic import Topic
from topics.fold import fold
from topics.forms import forms
from topics.reading import FieldText, Reading
from topics.terms import written

Span: TypeAlias = tuple[int, int]  # of the folded field
Hits: TypeAlias = dict[str, dict[Field, dict[Span, str]]]  # concept, field, place: the term that hit

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """A form as one concept of one topic lists it. cased: how it must be spelled, folded but for its case."""

    topic: int
    concept: str
    term: str
    language: str | None
    cased: str | None

    def may_hit(self, language: str | None) -> bool:
        """language: the article's, None where it is unknown."""
        return self.language is None or language is None or self.language == language


class Index:
    """Built once of the topics; a topic is its number in them."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        uses: dict[str, list[Use]] = defaultdict(list)
        for form, use in _uses(topics):
            uses[form].append(use)
        self._forms: defaultdict[str, list[tuple[str, list[Use]]]] = defaultdict(list)
        for form, users in uses.items():
            self._forms[max(_WORD.findall(form), key=len)].append((form, users))

    def search(self, reading: Reading) -> Mapping[int, Hits]:
        """What was found of each topic of which anything was. Terms of another known language do not hit."""
        found: dict[int, Hits] = {}
        for field in reading.fields.values():
            for word in self._forms.keys() & field.words:
                for form, uses in self._forms[word]:
                    if spans := [span for span in places(form, field.folded) if not field.is_counted_elsewhere(*span)]:
                        _note(found, field, spans, [use for use in uses if use.may_hit(reading.language)])
        return found


def places(form: str, text: str) -> Iterator[Span]:
    """Where the form stands in the text as whole words; both are folded."""
    start = text.find(form)
    while start >= 0:
        end = start + len(form)
        if not (_inside_word(text, start) or _inside_word(text, end)):
            yield start, end
        start = text.find(form, start + 1)


def _note(found: dict[int, Hits], field: FieldText, spans: Sequence[Span], uses: Sequence[Use]) -> None:
    """The term that the topic lists first keeps a place that several terms hit."""
    for use in uses:
        kept = [span for span in spans if use.cased is None or _spelled(field, span) == use.cased]
        if kept:
            at = found.setdefault(use.topic, {}).setdefault(use.concept, {}).setdefault(field.name, {})
            for span in kept:
                at.setdefault(span, use.term)


def _spelled(field: FieldText, span: Span) -> str:
    start, end = field.span(*span)
    return fold(field.source[start:end], cased=True)


def _uses(topics: Sequence[Topic]) -> Iterator[tuple[str, Use]]:
    for number, topic in enumerate(topics):
        for concept, term in ((c, t) for c in topic.concepts for t in c.terms):
            for form in forms(term):
                yield (
                    fold(form).strip(),
                    Use(
                        topic=number,
                        concept=concept.name,
                        term=written(term),
                        language=term.language,
                        cased=fold(form, cased=True).strip() if term.cased else None,
                    ),
                )


def _inside_word(text: str, at: int) -> bool:
    """True where a word runs on over this place. An apostrophe between two Cyrillic letters is a letter: об'єднання."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if _is_letter(left) and _is_letter(right):
        return True
    if right == "'":
        return _is_cyrillic(left) and _is_cyrillic(text[at + 1 : at + 2])
    return left == "'" and _is_cyrillic(right) and _is_cyrillic(text[max(at - 2, 0) : at - 1])


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character).startswith("M")


def _is_cyrillic(character: str) -> bool:
    return "\u0400" <= character <= "\u052f"
