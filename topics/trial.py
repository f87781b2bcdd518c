"""A topic against the tests in its own file: which of them fail, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.topic import Topic
from topics.index import Hits
from topics.match import matcher, rings
from topics.reading import Reading
from topics.rules import holds, missing, named, required, written


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """hit: the test is one of `hits`; number: which of them, from 0."""

    hit: bool
    number: int
    why: str


def failures(topic: Topic) -> Iterator[Failure]:
    """A test's first paragraph is the title, the rest the body and its first paragraph the lead; its language is unknown."""
    compiled = matcher((topic,))
    for hit, texts in ((True, topic.hits), (False, topic.misses)):
        for number, text in enumerate(texts):
            hits = next((found for _, found in compiled.found(_read(text))), {})
            if rings(topic, hits) != hit:
                yield Failure(hit=hit, number=number, why=_silent(topic, hits) if hit else f"found: {_listed(topic, hits)}")


def _read(text: str) -> Reading:
    title, _, body = text.partition("\n\n")
    return Reading(title, body.partition("\n\n")[0], body, None)


def _silent(topic: Topic, hits: Hits) -> str:
    if not holds(topic.match, hits):
        return missing(topic.match, hits)
    veto = next(veto for veto in topic.unless if holds(veto, hits))
    words = ", ".join(_terms(hits, name) for name in named(veto) if name in hits)
    return f"vetoed by {written(veto)}: {words or 'nothing of it is found'}"


def _listed(topic: Topic, hits: Hits) -> str:
    names = dict.fromkeys(has.concept for has in required(topic.match))
    return ", ".join(f"{name} ({_terms(hits, name)})" for name in names if name in hits)


def _terms(hits: Hits, concept: str) -> str:
    return ", ".join(dict.fromkeys(term for spans in hits[concept].values() for term in spans.values()))
