"""Matching: what a term hits, where its evidence points, and when a topic rings."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article, ArticleKind, Block, BlockKind, Origin
from schemas.match import Evidence, Field, Match
from schemas.topic import Topic
from tests.topics.articles import article, topic
from topics.explain import explanation
from topics.fold import fold
from topics.match import EVIDENCE_LIMIT, matcher
from topics.terms import term

TEXTS = st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from("Nato NATO\n\u00ad\u0301\u0903ß- '’НАТО½ﬁ.")))


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
        ("U.S.", "Die U.S. Navy", "U.S."),
        (".NET", "mit .NET 8", ".NET"),
        ("Atlantique nord", "de l’Atlantique nord", "Atlantique nord"),
        ("Côte d'Ivoire", "en Côte d’Ivoire", "Côte d’Ivoire"),
        ("首相", "日本の首相が", "首相"),
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


@pytest.mark.parametrize("gap", [" ", "-", "\u2011", "\u00a0", "\n", "  ", "-\n"])
def test_a_phrase_runs_over_space_hyphen_and_line_break(gap: str) -> None:
    assert forms(topic(x="[NATO Treffen]"), body=f"Das Nato{gap}Treffen endet") == [f"Nato{gap}Treffen"]


@pytest.mark.parametrize("gap", ["\n\n", ", ", ". ", " — ", " und "])
def test_a_phrase_does_not_run_over_a_paragraph_a_clause_or_a_word(gap: str) -> None:
    assert forms(topic(x="[NATO Treffen]"), body=f"Das Nato{gap}Treffen endet") == []


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


def test_evidence_is_cut_so_that_each_concept_keeps_its_first_hit() -> None:
    of = topic(match="nato and russia", nato="[Nato]", russia="[Kreml]")

    match = found(of, article(body="Nato " * 200 + "Kreml"))

    assert match
    assert len(match.evidence) == EVIDENCE_LIMIT
    assert match.evidence[-1].form == "Kreml"
    assert match.evidence[0].start == 0


def test_a_lead_of_other_words_than_the_body_leaves_the_body_alone() -> None:
    assert forms(topic(x="[Nato]"), lead="Nato tagt.", body="Die Nato schweigt.") == ["Nato", "Nato"]


@pytest.mark.parametrize(("title", "body", "rings"), [("Nato", "Kreml", True), ("Kreml", "Nato", False), ("Nato", "", False)])
def test_a_field_in_match_asks_of_that_field(title: str, body: str, rings: bool) -> None:
    assert (found(topic(match="title(x) and body(y)", x="[Nato]", y="[Kreml]"), article(title=title, body=body)) is not None) == rings


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


@given(TEXTS, TEXTS)
def test_a_regular_expression_points_at_text_that_holds_its_match(title: str, body: str) -> None:
    seen = article(title=title, body=f"{body} Nato")

    match = found(topic(x="['/Nato/']"), seen)

    assert match
    for hit in match.evidence:
        text = {Field.TITLE: seen.title, Field.BODY: seen.body_text}[hit.field]
        assert text is not None
        assert "Nato" in text[hit.start : hit.end]


EVERYTHING = topic(
    match="near(x, y, 3) or at_least(2, x or y) or same_sentence(x, z) or (not y and (x or z))",
    x='[Nato, "=Kreml", "==US", "Nato*", "*ato", "N?to", "de: Rat", Nato Kreml, "/N.t/", {country: TR}]',
    y='[НАТО, об\'єднання, 東京, "AT&T"]',
    z='["/(?i)[a-z]+o/", وزارة]',
    unless="[title(y)]",
    more="score: {title: 3, lead: 2, body: 1, threshold: 1}",
)


@given(
    title=TEXTS,
    lead=TEXTS,
    body=TEXTS,
    language=st.sampled_from((None, "", "de", "xx-YY", "\ud800")),
    kind=st.sampled_from((None, *ArticleKind)),
    starts=st.lists(st.integers(0, 99), max_size=3),
)
def test_no_article_makes_it_raise_and_the_same_one_gives_the_same(
    title: str, lead: str, body: str, language: str | None, kind: ArticleKind | None, starts: list[int]
) -> None:
    blocks = tuple(Block(start=start, kind=BlockKind.H) for start in starts)
    seen = replace(article(title=title, lead=lead, body=body, language=language), kind=kind, blocks=blocks)

    assert matcher((EVERYTHING,)).matches(seen) == matcher((EVERYTHING,)).matches(seen)
    assert explanation(EVERYTHING, seen) == explanation(EVERYTHING, seen)


@pytest.mark.parametrize(
    "text",
    [
        "nato" * 50_000,
        "Nato " * 50_000,
        "Nato\n\n" * 50_000,
        "TURKEY. " * 25_000,
        "TURKEY " * 25_000,
        "TURKEY Turkish\n\n" * 10_000,
        "Nato " + "京" * 100_000,
        "\x00" * 200_000,
        "京" * 200_000,
    ],
)
def test_a_huge_article_ends(text: str) -> None:
    of = topic(match="x and same_sentence(x, y)", x='[Nato, "*nato*", "Nato*", Nato Nato, {country: TR}]', y="[京, Turkey]")
    before = time.process_time()

    matcher((of,)).matches(article(title="T", body=text))

    assert time.process_time() - before < 5


def test_a_huge_live_blog_ends() -> None:
    seen = replace(article(title="T", body="Nato.\n\nKreml.\n\n" * 20_000), kind=ArticleKind.LIVE_BLOG)
    before = time.process_time()

    assert not matcher((topic(match="x and y", x="[Nato]", y="[Kreml]"),)).matches(seen)
    assert time.process_time() - before < 5


def test_topics_of_nothing_but_regular_expressions_match() -> None:
    assert forms(topic(x="['/Nato/']"), title="Nato") == ["Nato"]


def test_a_matcher_without_topics_matches_nothing() -> None:
    assert matcher(()).matches(article(title="Nato")) == ()


@pytest.mark.parametrize(
    ("match", "title", "rings"),
    [
        ("x or y", "Kreml", True),
        ("x and y", "Kreml", False),
        ("x and y", "Kreml, Nato", True),
        ("not x and y", "Kreml", True),
        ("not x and y", "Kreml, Nato", False),
        ("y and (x or z)", "Kreml, Wetter", True),
        ("at_least(2, y)", "Kreml, Kreml", True),
        ("at_least(2, x or y)", "Kreml, Nato", True),
        ("before(x, y, 1)", "Kreml Nato", False),
        ("before(x, y, 1)", "Nato Kreml", True),
    ],
)
@pytest.mark.parametrize("x", ["[Nato]", "['/Nato/']", "['/Nato/', Rat]"])
def test_a_topic_rings_whether_its_terms_are_scanned_for_or_expressions(match: str, title: str, rings: bool, x: str) -> None:
    assert (found(topic(match=match, x=x, y="[Kreml]", z="[Wetter]"), article(title=title)) is not None) == rings


@pytest.mark.parametrize("seen", [article(title="Nato", language="de"), article(title="Nato")])
def test_a_topic_of_some_languages_takes_them_and_the_unknown_one(seen: Article) -> None:
    assert found(topic(x="[Nato]", more="languages: [de]"), seen)
    assert (found(topic(x="[Nato]", more="languages: [fr]"), seen) is None) == (seen.language is not None)


def test_a_topic_of_some_sources_takes_those() -> None:
    assert found(topic(x="[Nato]", more="sources: [zeitung]"), article(title="Nato"))
    assert not found(topic(x="[Nato]", more="sources: [post]"), article(title="Nato"))
