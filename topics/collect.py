"""What of a topic really stands in an article: places that are spelled right, in the right language, at the right time, each once."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeAlias

import regex

from schemas.match import Field
from schemas.topic import Shape
from topics.found import Found, Hit
from topics.look import Look, Span
from topics.reading import Reading

PATIENCE = 0.1  # seconds for a regular expression in an article; each that takes longer leaves half as much to the next

Ranked: TypeAlias = tuple[int, Shape]  # the number of the shape in its concept
Places: TypeAlias = dict[Span, list[Ranked]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """day: of publication. slow: the regular expressions that were given up, of all topics that looked at the article."""

    reading: Reading
    day: date
    slow: list[str] = field(default_factory=list)


def may_hit(shape: Shape, context: Context) -> bool:
    """A term of another known language does not, nor one before or after its time."""
    language = context.reading.language
    if (shape.language and language and shape.language != language) or (language or "") in shape.never:
        return False
    return not ((shape.since and context.day < shape.since) or (shape.until and context.day > shape.until))


def collected(seen: Iterable[tuple[Look, int, int]], patterned: Mapping[str, Sequence[Ranked]], context: Context) -> Found:
    """seen: looks with the places of their anchors. patterned: of each concept its regular expressions."""
    places: dict[str, Places] = {}
    folded, before = context.reading.folded, len(context.slow)
    for look, start, end in seen:
        if may_hit(look.shape, context) and (span := look.place(folded, start, end)):
            places.setdefault(look.concept, {}).setdefault(span, []).append((look.rank, look.shape))
    for concept, ranked in patterned.items():
        for rank, shape in ranked:
            for span in _expressed(shape, context) if may_hit(shape, context) else ():
                places.setdefault(concept, {}).setdefault(span, []).append((rank, shape))
    found = {concept: _hits(concept, there, context.reading) for concept, there in places.items()}
    return Found(
        hits={concept: there for concept, there in found.items() if there}, ruler=context.reading, slow=tuple(context.slow[before:])
    )


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
    said: dict[str, set[str]] = {country: set() for country in countries}
    for (start, end), ranked in places.items() if countries else ():
        for _, shape in ranked:
            if shape.term in countries and not (shape.capital and reading.is_shouted(start)):
                said[shape.term].add(reading.folded.text[start:end])
    return said


def _is_borne_out(shape: Shape, span: Span, said: Mapping[str, set[str]], reading: Reading) -> bool:
    """In a sentence all in capitals a country's capital letter says nothing: then another form of its names must stand somewhere, too."""
    if not shape.capital or not reading.is_shouted(span[0]):
        return True
    return bool(said[shape.term] - {reading.folded.text[slice(*span)]})


def _expressed(shape: Shape, context: Context) -> Iterator[Span]:
    """Where a regular expression hits, in each field by itself. One that takes too long hits nothing, which is noted."""
    pattern, reading = _compiled(shape.pattern or "", shape.cased is not None), context.reading
    patience = PATIENCE / 2 ** len(context.slow)
    try:
        spans = [(part, match.span()) for part in Field for match in pattern.finditer(reading.written(part), timeout=patience)]
    except TimeoutError:
        context.slow.append(shape.term)
        return
    yield from filter(None, (reading.covering(part, *span) for part, span in spans))


@lru_cache(maxsize=8192)
def _compiled(pattern: str, cased: bool) -> "regex.Pattern[str]":
    return regex.compile(pattern, 0 if cased else regex.IGNORECASE)
