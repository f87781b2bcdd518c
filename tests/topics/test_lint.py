"""Lint: a topic that loads, and what it probably does not do."""

import pytest

from tests.topics.articles import topic
from topics.catalog import topics
from topics.lint import lint

LANGUAGES = ("de", "en")


@pytest.mark.parametrize(
    ("terms", "problem"),
    [
        ("[EU]", "'EU' is short"),
        ('["fr: OTAN"]', "'fr: OTAN': articles in 'fr' are not expected"),
        ("[Nato, Nato]", "'Nato' is listed twice"),
        ("[北约组织]", "hits only between spaces"),
    ],
)
def test_a_term_that_will_not_do_what_was_meant_is_named(terms: str, problem: str) -> None:
    remarks = lint(topic(x=terms), LANGUAGES)

    assert any(problem in remark.problem and remark.subject == "x" for remark in remarks)


def test_a_concept_that_nothing_names_and_missing_tests_are_named() -> None:
    remarks = lint(topic(x="[Nato]", y="[Kreml]"), LANGUAGES)

    assert [remark.subject for remark in remarks] == ["y", "tests: hits", "tests: misses"]


def test_a_sound_topic_has_no_remarks() -> None:
    text = 'topics: {t: {title: T, concepts: {x: [Nato, "==EU"]}, match: x, tests: {hits: [Nato], misses: [Senator]}}}'

    assert lint(topics(text, "t.yaml", {})[0], LANGUAGES) == ()
