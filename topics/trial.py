"""A topic against the tests in its own file: which of them fail, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.topic import Topic
from topics.explain import found_words, why_not
from topics.match import matcher
from topics.reading import reading
from topics.sample import article
from topics.verdict import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """hit: the test is one of `hits`; number: which of them, from 0."""

    hit: bool
    number: int
    why: str


def failures(topic: Topic) -> Iterator[Failure]:
    compiled = matcher((topic,))
    for hit, samples in ((True, topic.hits), (False, topic.misses)):
        for number, sample in enumerate(samples):
            text = article(sample.text, sample.language)
            (judgement,) = compiled.judgements(text, read := reading(text))
            if (judgement.verdict.outcome is Outcome.MATCHED) != hit:
                yield Failure(hit=hit, number=number, why=why_not(judgement) if hit else f"found: {found_words(judgement, read)}")
