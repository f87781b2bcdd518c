"""Why a topic matches an article, or why it does not and what came near: for people, from the same judgement that rings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from schemas.article import Article
from schemas.match import Evidence, Field
from schemas.topic import Concept, Has, Topic
from topics.fold import fold
from topics.match import Judgement, evidence, matcher
from topics.reading import Reading, reading
from topics.rules import holds, missing, required, written
from topics.verdict import Outcome

STEM = 5  # letters that two words share to be called near
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True, slots=True)
class NearMiss:
    """A word of the text that is not what the topic lists, but looks like it. characters [start, end) of the field."""

    concept: str
    term: str
    form: str
    field: Field
    start: int
    end: int
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """points: of each concept that was found, what it adds to the score. reason: in words, "" where the topic matches.

    slow: regular expressions that were given up, as they took too long.
    """

    topic_id: str
    outcome: Outcome
    reason: str
    evidence: tuple[Evidence, ...]
    points: tuple[tuple[str, float], ...]
    score: float | None
    threshold: float | None
    headline_only: bool
    near_misses: tuple[NearMiss, ...]
    slow: tuple[str, ...]


def explanation(topic: Topic, article: Article) -> Explanation:
    (judgement,) = matcher((topic,)).judgements(article, read := reading(article))
    matched = judgement.verdict.outcome is Outcome.MATCHED
    return Explanation(
        topic_id=topic.topic_id,
        outcome=judgement.verdict.outcome,
        reason="" if matched else why_not(judgement),
        evidence=evidence(judgement, read),
        points=judgement.scale.points(judgement.found),
        score=judgement.verdict.score,
        threshold=topic.score.threshold if topic.score else None,
        headline_only=not read.has_body,
        near_misses=() if matched else tuple(_near_misses(topic, judgement, article, read)),
        slow=judgement.found.slow,
    )


def why_not(judgement: Judgement) -> str:
    """In words."""
    topic, verdict, found = judgement.topic, judgement.verdict, judgement.found
    match verdict.outcome:
        case Outcome.EXCLUDED if verdict.veto:
            words = ", ".join(dict.fromkeys(hit.term for hit in verdict.excluded_by))
            return f"vetoed by {written(verdict.veto)}: {words or 'nothing of it is found'}"
        case Outcome.BELOW_THRESHOLD:
            return f"{_sum(judgement)}, below the threshold {topic.score.threshold if topic.score else 0:g}"
        case Outcome.WRONG_LANGUAGE:
            return f"the topic watches articles in {', '.join(topic.languages)}"
        case Outcome.WRONG_SOURCE:
            return f"the topic watches {', '.join(topic.sources)}"
    if holds(topic.match, found):
        return "in no single part of this live blog or roundup"
    return missing(topic.match, found)


def found_words(judgement: Judgement, read: Reading) -> str:
    """Of each concept that speaks for the match, the terms and the words that they hit."""
    told: dict[str, dict[str, None]] = {}
    for one in evidence(judgement, read):
        told.setdefault(one.concept, {})[one.term if fold(one.form) == fold(one.term) else f"{one.term} as {one.form}"] = None
    return ", ".join(f"{concept} ({', '.join(words)})" for concept, words in told.items())


def _sum(judgement: Judgement) -> str:
    parts = [f"{concept} {value:g}" for concept, value in judgement.scale.points(judgement.found)]
    return f"{' + '.join(parts) or '0'} = {judgement.verdict.score or 0:g}"


def _near_misses(topic: Topic, judgement: Judgement, article: Article, read: Reading) -> Iterator[NearMiss]:
    """Of the concepts that are not found at all; a word is told once."""
    wanted = {has.concept for has in required(topic.match)} - judgement.found.hits.keys()
    for concept in (concept for concept in topic.concepts if concept.name in wanted):
        told: set[str] = set()
        for miss in chain(_of_another_language(topic, concept, article, read), _of_one_stem(concept, read)):
            if fold(miss.form) not in told:
                told.add(fold(miss.form))
                yield miss


def _of_another_language(topic: Topic, concept: Concept, article: Article, read: Reading) -> Iterator[NearMiss]:
    """What would hit if the article's language were not known."""
    if read.language is None:
        return
    anyone = replace(concept, shapes=tuple(replace(shape, never=()) for shape in concept.shapes))
    loose = replace(topic, concepts=(anyone,), match=Has(concept=concept.name), unless=(), score=None)
    unknown = replace(article, language=None)
    (judgement,) = matcher((loose,)).judgements(unknown, elsewhere := reading(unknown))
    why = f"listed for another language; the article is in {read.language}"
    for one in evidence(judgement, elsewhere):
        yield NearMiss(concept=concept.name, term=one.term, form=one.form, field=one.field, start=one.start, end=one.end, why=why)


def _of_one_stem(concept: Concept, read: Reading) -> Iterator[NearMiss]:
    stems = {
        stem: shape.term
        for shape in reversed(concept.shapes)
        for forms in shape.words
        for form in forms
        if len(stem := form.strip("*")[:STEM]) == STEM and stem.isalpha()
    }
    for word in _WORD.finditer(read.folded.text):
        term, field = stems.get(word[0][:STEM]), read.field(*word.span())
        if term and field:
            start, end = read.span(field, *word.span())
            form = read.form(*word.span())
            yield NearMiss(concept=concept.name, term=term, form=form, field=field, start=start, end=end, why=f"begins like {term}")
