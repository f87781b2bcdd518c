"""Matching: what a term hits, where its evidence points, and when a topic rings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article, Origin
from schemas.match import Evidence, Field, Match
from schemas.topic import Topic
from tests.topics.articles import article, topic
from topics.fold import fold
from topics.match import EVIDENCE_LIMIT, matcher
from topics.terms import term

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("Nato NATO\n\u00ad\u0301ß- '’НАТО½ﬁ")))


def found(of: Topic, in_article: Article) -> Match | None:
    return next(iter(matcher((of,)).matches(in_article)), None)


def forms(of: Topic, title: str = "", lead: str = "", body: str = "") -> list[str]:
    match = found(of, article(title=title, lead=lead, body=body))
    return [hit.form for hit in match.evidence] if match else []


@pytest.mark.parametrize(
    ("written", "text", "form"),
    [
        ("НАТО", "Глава НАТО: новая угроза", "НАТО"),
        ("НАТО", "Глава нато", "нато"),
        ("Österreich", "Österreich wählt", "Österreich"),
        ("Österreich", "in O\u0308sterreich", "O\u0308sterreich"),
        ("Nato", "Nato-Treffen in Brüssel", "Nato"),
        ("NATO", "(NATO)", "NATO"),
        ("NATO", "NATO's chief", "NATO"),
        ("NATO", "#NATO", "NATO"),
        ("OTAN", "L’OTAN répond", "OTAN"),
        ("об'єднання", "це об’єднання країн", "об’єднання"),
        ("Россия", "Росси\u0301я ответила", "Росси\u0301я"),
        ("Außenminister", "AUSSENMINISTER TREFFEN", "AUSSENMINISTER"),
        ("Verteidigung", "Ver\u00adteidigung", "Ver\u00adteidigung"),
        ("F-16", "eine F-16 startet", "F-16"),
        ("C++", "in C++ geschrieben", "C++"),
        ("AT&T", "bei AT&T Inc.", "AT&T"),
        ("नाटो", "नाटो की बैठक", "नाटो"),
    ],
)
def test_a_term_hits_its_word(written: str, text: str, form: str) -> None:
    assert forms(topic(x=f'["{written}"]'), title=text) == [form]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("NATO", "Der Senator spricht"),
        ("NATO", "Natopartner beraten"),
        ("Krim", "Krimi und Kriminalität"),
        ("об", "це об’єднання країн"),
        ("єднання", "це об'єднання країн"),
        ("नाट", "नाटो की बैठक"),
        ("C++", "Vitamin C hilft"),
        ("AT&T", "at the table"),
    ],
)
def test_a_term_hits_no_part_of_a_word(written: str, text: str) -> None:
    assert forms(topic(x=f'["{written}"]'), title=text) == []


@pytest.mark.parametrize("gap", [" ", "-", "\u2011", "\u00a0", "\n", "  ", " -\n"])
def test_a_phrase_runs_over_space_hyphen_and_line_break(gap: str) -> None:
    assert forms(topic(x="[NATO Treffen]"), body=f"Das Nato{gap}Treffen endet") == [f"Nato{gap}Treffen"]


@pytest.mark.parametrize("gap", ["\n\n", ", ", ". ", " — ", " und "])
def test_a_phrase_does_not_run_over_a_paragraph_a_clause_or_a_word(gap: str) -> None:
    assert forms(topic(x="[NATO Treffen]"), body=f"Das Nato{gap}Treffen endet") == []


@pytest.mark.parametrize(
    ("language", "confidence", "hit"),
    [
        ("de", 0.99, True),
        ("de-AT", 0.99, True),
        ("de", None, True),
        (None, None, True),
        ("en", 0.5, True),
        ("en", 0.9, False),
        ("en", None, False),
    ],
)
def test_a_tagged_term_hits_its_language_and_the_unknown_one(language: str | None, confidence: float | None, hit: bool) -> None:
    seen = article(title="Der Kreml", language=language, confidence=confidence)

    assert (found(topic(x='["de: Kreml"]'), seen) is not None) == hit


def test_an_untagged_term_hits_in_every_language() -> None:
    assert found(topic(x="[Kreml]"), article(title="Kreml", language="pl", confidence=1))


def test_a_cased_term_hits_its_spelling_alone() -> None:
    us = topic(x='["==US"]')

    assert forms(us, title="They told us of US-Soldaten") == ["US"]
    assert forms(us, title="They told us") == []


def test_an_exact_term_hits_in_any_case() -> None:
    assert forms(topic(x="[=Rat]"), title="Der RAT tagt") == ["RAT"]


def test_evidence_names_concept_term_form_field_and_place() -> None:
    of = topic(match="nato and russia", nato="[NATO]", russia='["de: Kreml"]')

    match = found(of, article(title="Nato\u00adGipfel: Nato", body="Im Kreml."))

    assert match
    assert match.evidence == (
        Evidence(concept="nato", term="NATO", form="Nato", field=Field.TITLE, start=13, end=17),
        Evidence(concept="russia", term="de: Kreml", form="Kreml", field=Field.BODY, start=3, end=8),
    )


def test_a_match_carries_the_topics_digest_and_the_articles_origin_and_headline() -> None:
    of, seen = topic(x="[Nato]"), article(title="Nato")

    match = found(of, seen)

    assert match
    assert (match.topic_id, match.topic_hash, match.origin, match.article) == ("t", of.digest, Origin.LIVE, seen.headline)


def test_evidence_is_of_the_concepts_that_speak_for_the_match() -> None:
    of = topic(match="x and not y", unless="[title(z)]", x="[Nato]", y="[Sport]", z="[Wetter]")

    assert forms(of, title="Nato", body="Wetter") == ["Nato"]


def test_evidence_of_a_concept_in_one_field_is_of_that_field() -> None:
    assert forms(topic(match="title(x)", x="[Nato]"), title="NATO", body="Nato") == ["NATO"]


def test_two_terms_that_hit_one_place_are_one_hit_under_the_first() -> None:
    match = found(topic(x='[Kreml, "de: Kreml", "==Kreml"]'), article(title="Kreml"))

    assert match
    assert [hit.term for hit in match.evidence] == ["Kreml"]


def test_evidence_is_cut_so_that_each_concept_keeps_its_first_hit() -> None:
    of = topic(match="nato and russia", nato="[Nato]", russia="[Kreml]")

    match = found(of, article(body="Nato " * 200 + "Kreml"))

    assert match
    assert len(match.evidence) == EVIDENCE_LIMIT
    assert match.evidence[-1].form == "Kreml"
    assert match.evidence[0].start == 0


def test_a_lead_that_stands_in_the_body_counts_once_as_lead() -> None:
    lead = "Die Nato tagt in Brüssel."

    match = found(topic(x="[Nato]"), article(title="Treffen", lead=lead, body=f"{lead}\n\nDie Nato schweigt."))

    assert match
    assert [(hit.field, hit.start) for hit in match.evidence] == [(Field.LEAD, 4), (Field.BODY, 31)]


def test_a_lead_of_other_words_than_the_body_leaves_the_body_alone() -> None:
    assert forms(topic(x="[Nato]"), lead="Nato tagt.", body="Die Nato schweigt.") == ["Nato", "Nato"]


@pytest.mark.parametrize(("title", "body", "rings"), [("Nato", "Kreml", True), ("Kreml", "Nato", False), ("Nato", "", False)])
def test_a_field_in_match_asks_of_that_field(title: str, body: str, rings: bool) -> None:
    assert (found(topic(match="title(x) and body(y)", x="[Nato]", y="[Kreml]"), article(title=title, body=body)) is not None) == rings


def test_unless_vetoes_the_whole_article() -> None:
    of = topic(x="[Nato]", unless="[{any: [Eishockey]}]")

    assert found(of, article(title="Nato"))
    assert not found(of, article(title="Nato", body="Eishockey"))


def test_unless_with_a_field_vetoes_by_that_field_alone() -> None:
    of = topic(x="[Nato]", unless="[{field: title, any: [Eishockey]}]")

    assert found(of, article(title="Nato", body="Eishockey"))
    assert not found(of, article(title="Nato und Eishockey"))


def test_unless_takes_an_expression_over_concepts() -> None:
    of = topic(x="[Nato]", y="[Eishockey]", z="[Tor]", unless="[y and z]")

    assert found(of, article(title="Nato", body="Eishockey"))
    assert not found(of, article(title="Nato", body="Eishockey, Tor"))


def test_an_article_without_any_text_matches_nothing() -> None:
    assert not found(topic(x="[Nato]"), article())


def test_matches_come_in_the_order_of_the_topics() -> None:
    one, two = topic(x="[Nato]"), topic(x="[Kreml]")

    matches = matcher((two, one)).matches(article(title="Nato, Kreml"))

    assert [match.topic_hash for match in matches] == [two.digest, one.digest]


@given(TEXTS, TEXTS, TEXTS)
def test_every_hit_is_the_very_slice_that_it_points_at_and_folds_to_its_term(title: str, lead: str, body: str) -> None:
    seen = article(title=f"{title} Nato", lead=lead, body=body)
    texts = {Field.TITLE: seen.title, Field.LEAD: seen.lead, Field.BODY: seen.body_text}
    of = topic(x="[Nato, НАТО, fin, Nato Nato]")

    match = found(of, seen)

    assert match
    for hit in match.evidence:
        text = texts[hit.field]
        assert text is not None
        assert 0 <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.form
        assert fold(term(hit.term).text) in fold(hit.form)


@given(TEXTS)
def test_the_same_article_gives_the_same_match(text: str) -> None:
    seen = article(title="Nato", body=text)

    assert found(topic(x="[Nato, НАТО]"), seen) == found(topic(x="[Nato, НАТО]"), seen)
