"""A topic's own tests, run as its file is loaded."""

from dataclasses import replace

import pytest

from schemas.topic import Sample, Topic
from tests.topics.articles import topic
from topics.sample import article
from topics.trial import Failure, failures


def tried(of: Topic, hits: tuple[Sample, ...] = (), misses: tuple[Sample, ...] = ()) -> list[Failure]:
    return list(failures(replace(of, hits=hits, misses=misses)))


def test_tests_that_hold_say_nothing() -> None:
    assert tried(topic(x="[Nato]"), hits=(Sample(text="Nato"),), misses=(Sample(text="Senator"),)) == []


def test_a_hit_that_does_not_hit_says_what_is_missing() -> None:
    of = topic(match="x and y", x="[Nato]", y="[Kreml]")

    assert tried(of, hits=(Sample(text="Nato, Kreml"), Sample(text="Nato"))) == [Failure(hit=True, number=1, why="y is not found")]


def test_a_miss_that_hits_says_by_which_words() -> None:
    of = topic(match="x and y", x='["Nato*"]', y="[Kreml]")

    assert tried(of, misses=(Sample(text="Natoland und Kreml"),)) == [
        Failure(hit=False, number=0, why="found: x (Nato* as Natoland), y (Kreml)")
    ]


@pytest.mark.parametrize(("language", "hits"), [("de", True), ("en", False), (None, True)])
def test_a_test_has_its_language_or_an_unknown_one(language: str | None, hits: bool) -> None:
    assert (tried(topic(x='["de: Kreml"]'), hits=(Sample(text="Kreml", language=language),)) == []) == hits


def test_a_test_is_of_every_source() -> None:
    assert tried(topic(x="[Nato]", more="sources: [post]"), hits=(Sample(text="Nato"),)) == []


def test_a_term_of_the_past_hits_in_no_test_and_one_of_the_present_does() -> None:
    of = topic(x="[{term: Stoltenberg, until: 2024-10-01}, {term: Rutte, since: 2024-10-01}]")

    assert [failure.number for failure in tried(of, hits=(Sample(text="Stoltenberg"), Sample(text="Rutte")))] == [0]


@pytest.mark.parametrize(
    ("text", "title", "lead", "body"),
    [
        ("Titel", "Titel", None, None),
        ("Titel\n\nEins.\n\nZwei.", "Titel", "Eins.", "Eins.\n\nZwei."),
        ("\n Titel\nzweite Zeile \n\n\n\nEins.\n", "Titel\nzweite Zeile", "Eins.", "Eins."),
        ("", "", None, None),
    ],
)
def test_the_first_paragraph_of_a_text_is_its_title_and_the_second_its_lead(
    text: str, title: str, lead: str | None, body: str | None
) -> None:
    seen = article(text)

    assert (seen.title, seen.lead, seen.body_text) == (title, lead, body)
