"""Why a topic matches and why not: terms, places and sums, what is missing, and what came near."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import ArticleKind
from schemas.match import Evidence, Field
from schemas.topic import Topic
from tests.topics.articles import article, inflect, topic
from topics.explain import Explanation, explanation
from topics.match import matcher
from topics.verdict import Outcome

SCORED = "score: {title: 3, lead: 2, body: 1, threshold: 4}\nweights: {x: 2}"


def told(of: Topic, title: str = "", lead: str = "", body: str = "", language: str | None = None) -> Explanation:
    return explanation(of, article(title=title, lead=lead, body=body, language=language))


def near(of: Topic, title: str, language: str | None = None) -> list[tuple[str, str, str]]:
    return [(miss.form, miss.term, miss.why) for miss in told(of, title, language=language).near_misses]


def test_a_match_is_told_by_term_form_field_place_weight_and_the_sum_against_the_threshold() -> None:
    one = told(topic(match="x and y", x="[Nato]", y='["de: Kreml"]', more=SCORED), title="Die NATO", body="Im Kreml.", language="de")

    assert one.evidence == (
        Evidence(concept="x", term="Nato", form="NATO", field=Field.TITLE, start=4, end=8, weight=6),
        Evidence(concept="y", term="de: Kreml", form="Kreml", field=Field.BODY, start=3, end=8, weight=1),
    )
    assert one.points == (("x", 6), ("y", 1))
    assert (one.outcome, one.score, one.threshold, one.reason, one.near_misses) == (Outcome.MATCHED, 7, 4, "", ())


def test_an_explanation_is_of_the_judgement_that_rings() -> None:
    of, seen = topic(match="x and y", x="[Nato]", y="[Kreml]", more=SCORED), article(title="Nato", body="Kreml")

    (match,) = matcher((of,)).matches(seen)

    assert (explanation(of, seen).evidence, explanation(of, seen).score) == (match.evidence, match.score)


@pytest.mark.parametrize(("body", "headline_only"), [("", True), ("Text", False)])
def test_it_says_where_there_was_no_body_to_read(body: str, headline_only: bool) -> None:
    assert told(topic(x="[Nato]"), "Nato", body=body).headline_only is headline_only


@pytest.mark.parametrize(
    ("of", "text", "outcome", "reason"),
    [
        (topic(match="x and y", x="[Nato]", y="[Kreml]"), "Nato", Outcome.NO_MATCH, "y is not found"),
        (topic(match="x or y", x="[Nato]", y="[Kreml]"), "Wetter", Outcome.NO_MATCH, "none of x, y is found"),
        (topic(match="x and not y", x="[Nato]", y="[Kreml]"), "Nato, Kreml", Outcome.NO_MATCH, "y is found"),
        (topic(match="title(x) and body(y)", x="[Nato]", y="[Kreml]"), "Nato, Kreml", Outcome.NO_MATCH, "y is not found in the body"),
        (
            topic(match="near(x, y, 2)", x="[Nato]", y="[Kreml]"),
            "Nato hat den Kreml",
            Outcome.NO_MATCH,
            "x and y are 3 words apart at best, near() wants 2",
        ),
        (topic(x="[Nato]", unless="[{any: [Tor, Ball]}]"), "Nato, Ball", Outcome.EXCLUDED, "vetoed by unless-1: Ball"),
        (topic(x="[Nato]", y="[Tor]", unless="[not y]"), "Nato", Outcome.EXCLUDED, "vetoed by not y: nothing of it is found"),
        (
            topic(match="x or y", x="[Nato]", y="[Kreml]", more="score: {title: 1, body: 2, threshold: 3}"),
            "Nato, Kreml",
            Outcome.BELOW_THRESHOLD,
            "x 1 + y 1 = 2, below the threshold 3",
        ),
        (topic(x="[Nato]", more="languages: [fr, en]"), "Nato", Outcome.WRONG_LANGUAGE, "the topic watches articles in fr, en"),
        (topic(x="[Nato]", more="sources: [post]"), "Nato", Outcome.WRONG_SOURCE, "the topic watches post"),
    ],
)
def test_what_does_not_match_says_why(of: Topic, text: str, outcome: Outcome, reason: str) -> None:
    one = told(of, text, language="de")

    assert (one.outcome, one.reason) == (outcome, reason)


@pytest.mark.parametrize("match", ["x and y", "at_least(2, x or y)", "x"])
def test_a_live_blog_that_tells_it_in_two_parts_says_so(match: str) -> None:
    seen = replace(article(title="Liveblog", body="Nato.\n\nKreml."), kind=ArticleKind.LIVE_BLOG)

    one = explanation(topic(match=match, x="[Nato]", y="[Kreml]"), seen)

    assert one.reason == ("" if match == "x" else "in no single part of this live blog or roundup")
    assert one.evidence


# near misses


def test_a_word_that_shares_a_stem_of_five_letters_with_a_term_is_a_near_miss() -> None:
    (miss,) = told(topic(x="[Spannung]"), title="Über Spannweiten").near_misses

    assert (miss.concept, miss.term, miss.form, miss.field, miss.start, miss.end) == ("x", "Spannung", "Spannweiten", Field.TITLE, 5, 16)
    assert miss.why == "begins like Spannung"


@pytest.mark.parametrize("text", ["Span", "Anspannung", "Spamnung", "Wetter", ""])
def test_a_word_that_shares_less_is_none(text: str) -> None:
    assert near(topic(x="[Spannung]"), text) == []


def test_a_term_of_fewer_letters_has_no_stem() -> None:
    assert near(topic(x="[Rat]"), "Ratsherr") == []


def test_a_form_that_is_listed_for_another_language_is_a_near_miss() -> None:
    assert near(topic(x='["de: Kreml"]'), "Kreml", language="pl") == [
        ("Kreml", "de: Kreml", "listed for another language; the article is in pl")
    ]


def test_a_form_of_a_term_that_another_replaces_in_the_language_is_a_near_miss() -> None:
    of = topic(x='[NATO, "it: ==NATO"]')

    assert near(of, "È nato a Mosca", language="it") == [("nato", "NATO", "listed for another language; the article is in it")]
    assert near(of, "È nato a Mosca") == []


def test_the_fixed_part_beside_a_star_has_a_stem() -> None:
    assert near(topic(x='["*manöver"]'), "Manövrieren") == [("Manövrieren", "*manöver", "begins like *manöver")]


def test_a_word_is_told_once() -> None:
    assert len(near(topic(x='["de: Kreml"]'), "Kreml, KREML", language="pl")) == 1


def test_what_is_found_has_no_near_misses_nor_has_what_speaks_against_it() -> None:
    assert near(topic(match="x and y", x="[Spannung]", y="[Kreml]"), "Spannung, Spannweite") == []
    assert near(topic(match="x and not z", x="[Nato]", z="[Spannung]"), "Spannweite") == []


def test_forms_stand_for_their_term() -> None:
    assert ("Kremls", "de: Kreml", "listed for another language; the article is in en") in near(
        topic(x='["de: Kreml"]', inflect=inflect), "Kremls", language="en"
    )


@given(st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from("Spannung Spannweite\n\u00ad\u0301"))))
def test_every_near_miss_is_the_very_slice_that_it_points_at(text: str) -> None:
    seen = article(title=f"Spannweite {text}", body=text, language="de")
    texts = {Field.TITLE: seen.title, Field.LEAD: "", Field.BODY: text}

    for miss in explanation(topic(match="x and y", x="[Spannung]", y='["en: Spannweite"]'), seen).near_misses:
        assert (texts[miss.field] or "")[miss.start : miss.end] == miss.form
