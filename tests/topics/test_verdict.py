"""Verdicts: the first thing that keeps a topic from ringing is the reason."""

import pytest

from schemas.match import Field
from schemas.topic import Score, Topic
from topics.found import Found, Hit
from topics.grammar import expression
from topics.rules import EMPTY
from topics.score import Scale
from topics.verdict import Outcome, Verdict, judged, misplaced

CONCEPTS = ("nato", "russia", "sport")


def topic(
    *unless: str, match: str = "nato", threshold: float | None = None, languages: tuple[str, ...] = (), sources: tuple[str, ...] = ()
) -> Topic:
    return Topic(
        topic_id="t",
        title="T",
        concepts=(),
        match=expression(match, CONCEPTS),
        unless=tuple(expression(veto, CONCEPTS) for veto in unless),
        score=None if threshold is None else Score(title=3, lead=2, body=1, threshold=threshold),
        languages=languages,
        sources=sources,
        digest="d",
    )


def found(**fields: Field) -> Found:
    hits = {concept: [Hit(start=0, end=1, field=field, concept=concept, term=f"{concept}!")] for concept, field in fields.items()}
    return Found(hits=hits, ruler=EMPTY.ruler)


def judgement(of: Topic, there: Found) -> Verdict:
    return judged(of, Scale(of), there)


def test_a_topic_rings_where_match_holds_and_nothing_is_against_it() -> None:
    verdict = judgement(topic("sport"), found(nato=Field.BODY))

    assert (verdict.outcome, verdict.score, verdict.veto) == (Outcome.MATCHED, None, None)


def test_where_match_does_not_hold_no_veto_is_looked_at() -> None:
    assert judgement(topic("sport"), found(sport=Field.TITLE)).outcome is Outcome.NO_MATCH


def test_a_veto_is_reported_with_the_terms_that_say_so() -> None:
    verdict = judgement(topic("russia", "title(sport)", "sport"), found(nato=Field.BODY, sport=Field.TITLE))

    assert verdict.outcome is Outcome.EXCLUDED
    assert verdict.veto == expression("title(sport)", CONCEPTS)
    assert [hit.term for hit in verdict.excluded_by] == ["sport!"]


def test_a_veto_looks_in_the_field_that_it_names() -> None:
    assert judgement(topic("title(sport)"), found(nato=Field.BODY, sport=Field.BODY)).outcome is Outcome.MATCHED


def test_a_veto_of_what_is_not_found_has_no_term() -> None:
    verdict = judgement(topic("not russia"), found(nato=Field.BODY))

    assert (verdict.outcome, verdict.excluded_by) == (Outcome.EXCLUDED, ())


def test_a_veto_comes_before_the_score() -> None:
    assert judgement(topic("sport", threshold=9), found(nato=Field.BODY, sport=Field.BODY)).outcome is Outcome.EXCLUDED


@pytest.mark.parametrize(("field", "outcome", "score"), [(Field.TITLE, Outcome.MATCHED, 3), (Field.LEAD, Outcome.BELOW_THRESHOLD, 2)])
def test_a_score_below_the_threshold_does_not_ring(field: Field, outcome: Outcome, score: float) -> None:
    verdict = judgement(topic(threshold=3), found(nato=field))

    assert (verdict.outcome, verdict.score) == (outcome, score)


@pytest.mark.parametrize(
    ("language", "source", "outcome"),
    [
        ("de", "tagesschau", None),
        ("fr", "tagesschau", Outcome.WRONG_LANGUAGE),
        (None, "tagesschau", None),
        ("de", "zeitung", Outcome.WRONG_SOURCE),
        ("de", None, None),
        ("fr", "zeitung", Outcome.WRONG_LANGUAGE),
    ],
)
def test_a_topic_looks_at_its_languages_and_sources(language: str | None, source: str | None, outcome: Outcome | None) -> None:
    assert misplaced(topic(languages=("de", "en"), sources=("tagesschau",)), language, source) is outcome


def test_a_topic_that_names_no_language_and_no_source_looks_everywhere() -> None:
    assert misplaced(topic(), "fr", "zeitung") is None
