"""The score of what was found: each concept that speaks for the match adds its weight times that of the best field it stands in."""

from schemas.match import Field
from schemas.topic import Score, Topic
from topics.found import Found
from topics.rules import required

DIGITS = 6  # so that 0.7 and 0.1 reach 0.8


class Scale:
    """What counts for a topic, worked out once for all articles. Without a score block nothing does, and there is no threshold.

    speaks: what speaks for a match.
    """

    def __init__(self, topic: Topic) -> None:
        self.threshold = topic.score.threshold if topic.score else None
        self.speaks = tuple(required(topic.match))
        given = dict(topic.weights)
        names = dict.fromkeys(has.concept for has in self.speaks)
        self._weights = {name: _weights(given.get(name, 1.0), topic.score) for name in names} if topic.score else {}

    def weight(self, concept: str, field: Field) -> float | None:
        """What a hit of the concept in the field counts; None without a score block."""
        weights = self._weights.get(concept)
        return weights[field] if weights else None

    def points(self, found: Found) -> tuple[tuple[str, float], ...]:
        """Each concept of `match` that was found, in its order there, and what it adds."""
        there = [(name, weights, found.hits.get(name)) for name, weights in self._weights.items()]
        return tuple((name, max([weights[hit.field] for hit in hits])) for name, weights, hits in there if hits)

    def total(self, found: Found) -> float:
        return round(sum(added for _, added in self.points(found)), DIGITS)

    def reaches(self, score: float) -> bool:
        return self.threshold is None or score >= self.threshold


def _weights(weight: float, score: Score) -> dict[Field, float]:
    fields = {Field.TITLE: score.title, Field.LEAD: score.lead, Field.BODY: score.body}
    return {field: round(weight * factor, DIGITS) for field, factor in fields.items()}
