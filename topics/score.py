"""The score of what was found: each concept that speaks for the match adds its weight times that of the best field it stands in."""

from schemas.match import Field
from schemas.topic import Score, Topic
from topics.found import Found
from topics.rules import required

DIGITS = 6  # so that 0.7 and 0.1 reach 0.8


def weight(topic: Topic, concept: str, field: Field) -> float | None:
    """What a hit of the concept in the field counts; None without a score block."""
    if topic.score is None:
        return None
    return round(dict(topic.weights).get(concept, 1.0) * _of_field(topic.score, field), DIGITS)


def points(topic: Topic, found: Found) -> tuple[tuple[str, float], ...]:
    """Each concept of `match` that was found, in its order there, and what it adds; nothing without a score block."""
    if topic.score is None:
        return ()
    names = dict.fromkeys(has.concept for has in required(topic.match))
    fields = {name: {hit.field for hit in found.hits.get(name, ())} for name in names}
    return tuple((name, max(weight(topic, name, field) or 0.0 for field in there)) for name, there in fields.items() if there)


def total(topic: Topic, found: Found) -> float:
    return round(sum(added for _, added in points(topic, found)), DIGITS)


def reaches(topic: Topic, score: float) -> bool:
    """Without a score block there is no threshold."""
    return topic.score is None or score >= topic.score.threshold


def _of_field(score: Score, field: Field) -> float:
    if field is Field.BODY:
        return score.body
    return score.lead if field is Field.LEAD else score.title
