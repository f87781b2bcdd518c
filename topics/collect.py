"""What of a topic really stands in an article: places that are spelled right, in the right language, at the right time, each once."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, repeat
from typing import TypeAlias

import regex

from schemas.match import Field
from schemas.topic import Shape
from topics.found import Found, Hit
from topics.look import Look, Span
from topics.reading import Reading

PATIENCE = 0.06  # seconds for the regular expressions of a topic in an article
UTMOST = 0.15  # for those of all topics

Ranked: TypeAlias = tuple[int, Shape]  # the number of the shape in its concept
Places: TypeAlias = dict[Span, list[Ranked]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """day: of publication."""

    reading: Reading
    day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Expressed:
    """What the regular expressions of a topic hit, each with its concept. slow: those that were given up; they hit nothing."""

    hits: Sequence[tuple[str, Ranked, Span]] = ()
    slow: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Search:
    """A regular expression that is under way; it goes on as its matches are asked for."""

    concept: str
    ranked: Ranked
    matches: Iterator[tuple[Field, "regex.Match[str]"]]


def may_hit(shape: Shape, context: Context) -> bool:
    """A term of another known language does not, nor one before or after its time."""
    language = context.reading.language
    if (shape.language and language and shape.language != language) or (language or "") in shape.never:
        return False
    return not ((shape.since and context.day < shape.since) or (shape.until and context.day > shape.until))


def expressed(patterned: Mapping[int, Mapping[str, Sequence[Ranked]]], context: Context) -> dict[int, Expressed]:
    """patterned: of topics by their number, the regular expressions of each concept.

    The time of all begins here. A topic has as much as if it were alone, unless two before it used theirs up; what none has left is slow.
    """
    begun = {
        number: list(_begun(shapes, min(place * PATIENCE, UTMOST - PATIENCE), context))
        for place, (number, shapes) in enumerate(patterned.items())
    }
    return {number: _ended(searches, context.reading) for number, searches in begun.items()}


def collected(seen: Iterable[tuple[Look, int, int]], said: Expressed, context: Context) -> Found:
    """seen: looks with the places of their anchors."""
    places: dict[str, Places] = {}
    for look, span in _placed(seen, context):
        places.setdefault(look.concept, {}).setdefault(span, []).append((look.rank, look.shape))
    for concept, ranked, span in said.hits:
        places.setdefault(concept, {}).setdefault(span, []).append(ranked)
    found = {concept: _hits(concept, there, context.reading) for concept, there in places.items()}
    return Found(hits={concept: there for concept, there in found.items() if there}, ruler=context.reading, slow=said.slow)


def apart(found: Found, stretches: Sequence[Span]) -> Iterator[tuple[Span, Found]]:
    """Each stretch in which something stands, and what; in their order, as the stretches are."""
    parts: dict[int, dict[str, list[Hit]]] = {}
    starts = [start for start, _ in stretches]
    for concept, hits in found.hits.items():
        for hit in hits:
            number = bisect_right(starts, hit.start) - 1
            if number >= 0 and hit.end <= stretches[number][1]:
                parts.setdefault(number, {}).setdefault(concept, []).append(hit)
    for number in sorted(parts):
        yield stretches[number], Found(hits=parts[number], ruler=found.ruler)


def _placed(seen: Iterable[tuple[Look, int, int]], context: Context) -> Iterator[tuple[Look, Span]]:
    """A word that is one hit wherever its part stands in it is looked at once."""
    folded, words = context.reading.folded, dict[Look, Span]()
    for look, start, end in seen:
        if look.anywhere:
            first, last = words.get(look, (0, 0))
            if first <= start and end <= last:
                continue
            words[look] = folded.word(start, end)
        if may_hit(look.shape, context) and (span := look.place(folded, start, end)):
            yield look, span


def _hits(concept: str, places: Places, reading: Reading) -> list[Hit]:
    """In the order of the text. The term that the topic lists first keeps a place that several hit."""
    found, said = [], _said(places, reading)
    for (start, end), ranked in sorted(places.items()):
        terms = [(rank, shape.term) for rank, shape in ranked if _is_borne_out(shape, (start, end), said, reading)]
        if terms and (field := reading.field(start, end)):
            found.append(Hit(start=start, end=end, field=field, concept=concept, term=min(terms)[1]))
    return found


def _said(places: Places, reading: Reading) -> dict[str, set[str]]:
    """Of countries that need their capital letter, the forms that stand where nothing is in doubt."""
    countries = {shape.term for ranked in places.values() for _, shape in ranked if shape.capital}
    if not countries:
        return {}
    said: dict[str, set[str]] = {country: set() for country in countries}
    for (start, end), ranked in places.items():
        for _, shape in ranked:
            if shape.term in countries and not (shape.capital and reading.is_shouted(start)):
                said[shape.term].add(reading.folded.text[start:end])
    return said


def _is_borne_out(shape: Shape, span: Span, said: Mapping[str, set[str]], reading: Reading) -> bool:
    """In a sentence all in capitals a country's capital letter says nothing: then another form of its names must stand somewhere, too."""
    if not shape.capital or not reading.is_shouted(span[0]):
        return True
    return bool(said[shape.term] - {reading.folded.text[slice(*span)]})


def _begun(patterned: Mapping[str, Sequence[Ranked]], before: float, context: Context) -> Iterator[_Search]:
    """before: seconds until the topic's own time begins. A timeout runs from here, also while other expressions are searched for.

    One that takes too long leaves half of what is left to the next; the last has all of it.
    """
    some = [(concept, (rank, shape)) for concept, shapes in patterned.items() for rank, shape in shapes if may_hit(shape, context)]
    for place, (concept, ranked) in enumerate(some, 1):
        left = PATIENCE / 2**place if place < len(some) else 0
        pattern = _compiled(ranked[1].pattern or "", ranked[1].cased is not None)
        yield _Search(concept=concept, ranked=ranked, matches=_matches(pattern, before + PATIENCE - left, context.reading))


def _matches(pattern: "regex.Pattern[str]", patience: float, reading: Reading) -> Iterator[tuple[Field, "regex.Match[str]"]]:
    """In each field by itself."""
    return chain.from_iterable([zip(repeat(part), pattern.finditer(reading.written(part), timeout=patience)) for part in Field])


def _ended(searches: Iterable[_Search], reading: Reading) -> Expressed:
    hits: list[tuple[str, Ranked, Span]] = []
    slow = []
    for search in searches:
        try:
            spans = [reading.covering(part, *match.span()) for part, match in search.matches]
        except TimeoutError:
            slow.append(search.ranked[1].term)
            continue
        hits += [(search.concept, search.ranked, span) for span in spans if span]
    return Expressed(hits=hits, slow=tuple(slow))


@lru_cache(maxsize=8192)
def _compiled(pattern: str, cased: bool) -> "regex.Pattern[str]":
    return regex.compile(pattern, 0 if cased else regex.IGNORECASE)
