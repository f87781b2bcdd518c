"""Topic and article to a verdict: does the topic ring, and by which reason not."""

from dataclasses import dataclass
from enum import StrEnum, auto

from schemas.topic import Expression, Topic
from topics.found import Found, Hit
from topics.rules import holds, speaking
from topics.score import Scale


class Outcome(StrEnum):
    MATCHED = auto()
    NO_MATCH = auto()
    EXCLUDED = auto()
    BELOW_THRESHOLD = auto()
    WRONG_LANGUAGE = auto()
    WRONG_SOURCE = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """score: where `match` holds, nothing vetoes and the topic has a score block.

    veto: the first of `unless` that holds; excluded_by: the hits that say so, none where the veto is that something is not found.
    """

    outcome: Outcome
    score: float | None = None
    veto: Expression | None = None
    excluded_by: tuple[Hit, ...] = ()


def judged(topic: Topic, scale: Scale, found: Found) -> Verdict:
    """It rings when `match` holds, nothing vetoes and the score reaches the threshold; the first of the three that fails is the reason."""
    if not holds(topic.match, found):
        return _NO_MATCH
    for veto in topic.unless:
        if holds(veto, found):
            return Verdict(outcome=Outcome.EXCLUDED, veto=veto, excluded_by=speaking(veto, found))
    if scale.threshold is None:
        return _MATCHED
    score = scale.total(found)
    return Verdict(outcome=Outcome.MATCHED if scale.reaches(score) else Outcome.BELOW_THRESHOLD, score=score)


def misplaced(topic: Topic, language: str | None, source: str | None) -> Outcome | None:
    """Why the topic does not look at the article, if it does not. None: unknown, which is in every language and of every source."""
    if topic.languages and language is not None and language not in topic.languages:
        return Outcome.WRONG_LANGUAGE
    if topic.sources and source is not None and source not in topic.sources:
        return Outcome.WRONG_SOURCE
    return None


_NO_MATCH = Verdict(outcome=Outcome.NO_MATCH)
_MATCHED = Verdict(outcome=Outcome.MATCHED)
