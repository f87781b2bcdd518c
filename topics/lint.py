"""A topic that loads, read with a critical eye: what in it will probably not do what was meant."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from schemas.topic import Concept, Term, Topic
from topics.rules import named
from topics.terms import written

SHORTEST = 3

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")  # Thai to Han: no space between words


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    topic_id: str
    subject: str
    problem: str
    fix: str


def lint(topic: Topic, languages: Collection[str]) -> tuple[Remark, ...]:
    """languages: those that articles are expected in."""
    remarks = [*_about_topic(topic)]
    for concept in topic.concepts:
        remarks += [Remark(topic_id=topic.topic_id, subject=concept.name, problem=p, fix=f) for p, f in _about_terms(concept, languages)]
    return tuple(remarks)


def _about_topic(topic: Topic) -> Iterator[Remark]:
    used = {name for expression in (topic.match, *topic.unless) for name in named(expression)}
    for concept in topic.concepts:
        if concept.name not in used:
            yield Remark(topic_id=topic.topic_id, subject=concept.name, problem="neither match nor unless names it", fix="Use or remove it")
    for tests, name in ((topic.hits, "hits"), (topic.misses, "misses")):
        if not tests:
            fix = "Write a headline that should ring" if name == "hits" else "Write a headline that looks alike and should not ring"
            yield Remark(topic_id=topic.topic_id, subject=f"tests: {name}", problem="there is none", fix=fix)


def _about_terms(concept: Concept, languages: Collection[str]) -> Iterator[tuple[str, str]]:
    seen: set[Term] = set()
    for term in concept.terms:
        name = repr(written(term))
        if term in seen:
            yield f"{name} is listed twice", "Remove one"
        seen.add(term)
        if term.language and term.language not in languages:
            yield f"{name}: articles in {term.language!r} are not expected", "Correct the tag, or add the language to TOCSIN_LANGUAGES"
        if _UNSPACED.search(term.text):
            yield f"{name} hits only between spaces or punctuation", "Scripts without spaces between words are not supported yet"
        elif len(term.text) < SHORTEST and not term.cased:
            yield f"{name} is short and hits in any case", f"Write =={term.text} if it must have this case"
