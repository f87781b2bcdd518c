"""The score: weights of concepts, best fields, thresholds."""

import pytest

from schemas.match import Field
from schemas.topic import Score, Topic
from topics.found import Found, Hit
from topics.grammar import expression
from topics.rules import EMPTY
from topics.score import Scale

TITLE_FIRST = Score(title=3, lead=2, body=1, threshold=4)


def scale(match: str, score: Score | None = TITLE_FIRST, **weights: float) -> Scale:
    read = expression(match, ("nato", "russia", "sport"))
    return Scale(Topic(topic_id="t", title="T", concepts=(), match=read, score=score, weights=tuple(weights.items()), digest="d"))


def found(**fields: list[Field]) -> Found:
    """Each concept once in each field given."""
    hits = {
        concept: [Hit(start=at, end=at + 1, field=field, concept=concept, term=concept) for at, field in enumerate(there)]
        for concept, there in fields.items()
    }
    return Found(hits=hits, ruler=EMPTY.ruler)


def test_a_concept_adds_the_weight_of_the_best_field_that_it_stands_in() -> None:
    there = found(nato=[Field.BODY, Field.LEAD], russia=[Field.BODY])

    assert scale("nato and russia").points(there) == (("nato", 2), ("russia", 1))


def test_many_hits_add_no_more_than_one() -> None:
    assert scale("nato").total(found(nato=[Field.BODY] * 40)) == 1


def test_a_weight_multiplies_that_of_the_field() -> None:
    assert scale("nato and russia", nato=2).points(found(nato=[Field.TITLE], russia=[Field.TITLE])) == (("nato", 6), ("russia", 3))


def test_the_points_come_in_the_order_of_match_each_concept_once() -> None:
    there = found(nato=[Field.BODY], russia=[Field.BODY])

    assert scale("russia and (nato or near(nato, russia, 3))").points(there) == (("russia", 1), ("nato", 1))


def test_a_concept_that_is_not_found_adds_nothing() -> None:
    assert scale("nato or russia").points(found(russia=[Field.BODY])) == (("russia", 1),)


def test_a_concept_under_a_not_adds_nothing() -> None:
    assert scale("nato and not title(sport)").points(found(nato=[Field.BODY], sport=[Field.BODY])) == (("nato", 1),)


@pytest.mark.parametrize(("field", "is_reached"), [(Field.TITLE, True), (Field.LEAD, False)])
def test_the_threshold_is_reached_by_the_sum(field: Field, is_reached: bool) -> None:
    both = scale("nato and russia")

    assert both.reaches(both.total(found(nato=[field], russia=[Field.BODY]))) == is_reached


def test_tenths_add_up_as_on_paper() -> None:
    tenths = scale("nato and russia", Score(title=0.7, lead=0.1, body=1, threshold=0.8))

    assert tenths.reaches(tenths.total(found(nato=[Field.TITLE], russia=[Field.LEAD])))


def test_without_a_score_block_there_is_no_threshold() -> None:
    assert scale("nato", None).reaches(0)
    assert scale("nato", None).points(found(nato=[Field.BODY])) == ()


def test_a_hit_counts_the_weight_of_its_concept_and_field() -> None:
    assert scale("nato", nato=2).weight("nato", Field.LEAD) == 4
    assert scale("nato", None).weight("nato", Field.LEAD) is None
