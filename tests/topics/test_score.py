"""The score: weights of concepts, best fields, thresholds."""

import pytest

from schemas.match import Field
from schemas.topic import Score, Topic
from topics.found import Found, Hit
from topics.grammar import expression
from topics.rules import EMPTY
from topics.score import points, reaches, total, weight

TITLE_FIRST = Score(title=3, lead=2, body=1, threshold=4)


def topic(match: str, score: Score | None = TITLE_FIRST, **weights: float) -> Topic:
    read = expression(match, ("nato", "russia", "sport"))
    return Topic(topic_id="t", title="T", concepts=(), match=read, score=score, weights=tuple(weights.items()), digest="d")


def found(**fields: list[Field]) -> Found:
    """Each concept once in each field given."""
    hits = {
        concept: [Hit(start=at, end=at + 1, field=field, concept=concept, term=concept) for at, field in enumerate(there)]
        for concept, there in fields.items()
    }
    return Found(hits=hits, ruler=EMPTY.ruler)


def test_a_concept_adds_the_weight_of_the_best_field_that_it_stands_in() -> None:
    there = found(nato=[Field.BODY, Field.LEAD], russia=[Field.BODY])

    assert points(topic("nato and russia"), there) == (("nato", 2), ("russia", 1))


def test_many_hits_add_no_more_than_one() -> None:
    assert total(topic("nato"), found(nato=[Field.BODY] * 40)) == 1


def test_a_weight_multiplies_that_of_the_field() -> None:
    assert points(topic("nato and russia", nato=2), found(nato=[Field.TITLE], russia=[Field.TITLE])) == (("nato", 6), ("russia", 3))


def test_the_points_come_in_the_order_of_match_each_concept_once() -> None:
    there = found(nato=[Field.BODY], russia=[Field.BODY])

    assert points(topic("russia and (nato or near(nato, russia, 3))"), there) == (("russia", 1), ("nato", 1))


def test_a_concept_that_is_not_found_adds_nothing() -> None:
    assert points(topic("nato or russia"), found(russia=[Field.BODY])) == (("russia", 1),)


def test_a_concept_under_a_not_adds_nothing() -> None:
    assert points(topic("nato and not title(sport)"), found(nato=[Field.BODY], sport=[Field.BODY])) == (("nato", 1),)


@pytest.mark.parametrize(("field", "is_reached"), [(Field.TITLE, True), (Field.LEAD, False)])
def test_the_threshold_is_reached_by_the_sum(field: Field, is_reached: bool) -> None:
    both = topic("nato and russia")

    assert reaches(both, total(both, found(nato=[field], russia=[Field.BODY]))) == is_reached


def test_tenths_add_up_as_on_paper() -> None:
    tenths = topic("nato and russia", Score(title=0.7, lead=0.1, body=1, threshold=0.8))

    assert reaches(tenths, total(tenths, found(nato=[Field.TITLE], russia=[Field.LEAD])))


def test_without_a_score_block_there_is_no_threshold() -> None:
    assert reaches(topic("nato", None), 0)
    assert points(topic("nato", None), found(nato=[Field.BODY])) == ()


def test_a_hit_counts_the_weight_of_its_concept_and_field() -> None:
    assert weight(topic("nato", nato=2), "nato", Field.LEAD) == 4
    assert weight(topic("nato", None), "nato", Field.LEAD) is None
