"""A topic that loads, read with a critical eye: what in it will probably not do what was meant."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from schemas.topic import Concept, Shape, Term, TermKind, Topic
from topics import clauses, coverage
from topics.fold import UNSPACED, fold
from topics.rules import named
from topics.terms import written

SHORTEST = 3  # letters; characters where no spaces separate words
SHORTEST_STARRED = 4  # letters beside a star
FREQUENT = 5.0  # on the scale of Zipf: once in ten thousand words
VERY_FREQUENT = 6.0  # once in a thousand: it stands in one article of three

_UNSPACED = re.compile(f"[{UNSPACED}]")

_COUNTRY = "country: "

Frequency: TypeAlias = Callable[[str, str], float]  # of a folded word, `*` at an end for any letters, in a language; 0: rare or unknown
_About: TypeAlias = Iterator[tuple[str, str]]  # problem, fix


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    topic_id: str
    subject: str
    problem: str
    fix: str


def lint(topic: Topic, languages: Collection[str], frequency: Frequency = lambda word, language: 0.0) -> tuple[Remark, ...]:
    """languages: those that articles are expected in. Without frequencies it is quick, and has no remark on words that are too common."""
    found = [*_about_topic(topic), *clauses.problems(topic), *coverage.problems(topic, languages)]
    for concept in topic.concepts:
        found += [(concept.name, problem, fix) for problem, fix in _about_concept(concept, topic, languages, frequency)]
    return tuple(Remark(topic_id=topic.topic_id, subject=subject, problem=p, fix=f) for subject, p, f in dict.fromkeys(found))


def asked(topic: Topic, languages: Collection[str]) -> set[tuple[str, str]]:
    """The (word, language)s whose frequencies lint wants to know."""
    expected = coverage.watched(topic, languages)
    return {pair for concept in topic.concepts for shape in _common(concept) for pair in _words(shape, expected)}


def _about_topic(topic: Topic) -> Iterator[tuple[str, str, str]]:
    used = {name for expression in (topic.match, *topic.unless) for name in named(expression)}
    for concept in topic.concepts:
        if concept.name not in used:
            yield concept.name, "neither match nor unless names it", "Use or remove it"
    if not topic.hits:
        yield "tests: hits", "there is none", "Write a headline that should ring"
    if not topic.misses:
        yield "tests: misses", "there is none", "Write a headline that looks alike and should not ring"


def _about_concept(concept: Concept, topic: Topic, languages: Collection[str], frequency: Frequency) -> _About:
    for number, term in enumerate(concept.terms):
        if term in concept.terms[:number]:
            yield f"{written(term)!r} is listed twice", "Remove one"
        if term.language and term.language not in languages:
            problem = f"{written(term)!r}: articles in {term.language!r} are not expected"
            yield problem, "Correct the tag, or add the language to TOCSIN_LANGUAGES"
        yield from _too_short(term)
    yield from _same_forms(concept.shapes)
    alone, expected = clauses.holds_alone(topic.match, concept.name), coverage.watched(topic, languages)
    for shape in _common(concept):
        yield from _too_frequent(shape, expected, frequency, FREQUENT if alone or not shape.language else VERY_FREQUENT)


def _too_short(term: Term) -> _About:
    if term.kind is not TermKind.WORDS or term.cased:
        return
    starred = "*" in term.text and sum(map(str.isalnum, term.text)) < SHORTEST_STARRED
    if _UNSPACED.search(term.text):
        if len(term.text) < SHORTEST:
            problem = f"{written(term)!r} is short: without spaces between words it hits inside of longer ones"
            yield problem, "List the longer words that are meant"
    elif len(term.text) < SHORTEST:
        yield f"{written(term)!r} is short and hits in any case", f"Write =={term.text} if it must have this case"
    elif starred:
        yield (
            f"{written(term)!r} has few letters beside its star: it hits many words",
            "Write more of the word, or list those that are meant",
        )


def _same_forms(shapes: Sequence[Shape]) -> _About:
    """Terms that look for the same, in the same languages and at the same time."""
    first: dict[Shape, str] = {}
    for shape in shapes:
        there = first.setdefault(replace(shape, term=""), shape.term)
        if there != shape.term and not shape.term.startswith(_COUNTRY):
            yield f"{shape.term!r} has the same forms as {there!r}", "Remove one of the two"


def _common(concept: Concept) -> Iterator[Shape]:
    """Of single words in any case: what a frequency can be asked of. The names of countries are not the file's own words."""
    for shape in concept.shapes:
        if len(shape.words) == 1 and shape.cased is None and not shape.term.startswith(_COUNTRY):
            yield shape


def _words(shape: Shape, languages: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each form in each language that it hits in; a form with a ? is as good as rare."""
    for language in (shape.language,) if shape.language else languages:
        if language not in shape.never:
            yield from ((form, language) for form in shape.words[0] if "?" not in form)


def _too_frequent(shape: Shape, languages: Collection[str], frequency: Frequency, limit: float) -> _About:
    """Of each language the most frequent form."""
    most: dict[str, tuple[float, str]] = {}
    for form, language in _words(shape, languages):
        if (value := frequency(form, language)) >= limit:
            most[language] = max(most.get(language, (0.0, "")), (value, form))
    for language, (value, form) in sorted(most.items()):
        form_is = "" if fold(shape.term.removeprefix(f"{shape.language}:")).strip() == form else f", as {form!r},"
        problem = f"{shape.term!r}{form_is} is frequent in {language}: once in {round(10 ** (9 - value), -2):,.0f} words"
        if shape.language:
            yield problem, "Write more words in a row, or ask for another concept near it"
        else:
            yield problem, f'Tag it with its language, or list what it must be there: "{language}: =={shape.term.lstrip("=")}"'
