"""Lint: a topic that loads, and what it probably does not do."""

import pytest

from schemas.topic import Topic
from tests.topics.articles import inflect, no_forms, topic
from topics.lint import Frequency, asked, lint

LANGUAGES = ("de", "en")
TESTED = "tests: {hits: [{text: Nato, language: de}], misses: [Senator]}"


def said(of: Topic, *languages: str, frequency: Frequency | None = None) -> list[tuple[str, str]]:
    """Subject and problem of every remark."""
    remarks = lint(of, languages or LANGUAGES, frequency) if frequency else lint(of, languages or LANGUAGES)
    return [(remark.subject, remark.problem) for remark in remarks if not remark.subject.startswith("tests")]


def known(**words: float) -> Frequency:
    """Of words named `language_word`; the others are rare."""
    return lambda word, language: words.get(f"{language}_{word}", 0.0)


@pytest.mark.parametrize(
    ("terms", "problem"),
    [
        ("[EU]", "'EU' is short and hits in any case"),
        ('["fr: OTAN"]', "'fr: OTAN': articles in 'fr' are not expected"),
        ("[Nato, Nato]", "'Nato' is listed twice"),
        ("[北约]", "'北约' is short: without spaces between words it hits inside of longer ones"),
        ('["de: Rat*"]', "'de: Rat*' has few letters beside its star: it hits many words"),
    ],
)
def test_a_term_that_will_not_do_what_was_meant_is_named(terms: str, problem: str) -> None:
    assert ("x", problem) in said(topic(x=terms))


@pytest.mark.parametrize("term", ["==EU", "北约组织", "{country: CN}", "de: Rats*", "/EU/", "der Rat*"])
def test_a_term_that_says_enough_is_not(term: str) -> None:
    listed = term if term.startswith("{") else f'"{term}"'

    assert [remark for remark in said(topic(x=f"[{listed}, 中华人民共和国]"), "de", "zh") if term.split()[-1] in remark[1]] == []


def test_terms_with_the_same_forms_are_named() -> None:
    assert said(topic(x='["de: Sanktion", "de: =Sanktion", "de: Gas"]'), "de") == [
        ("x", "'de: =Sanktion' has the same forms as 'de: Sanktion'")
    ]


def test_the_same_word_in_two_languages_is_listed_once_in_each() -> None:
    assert said(topic(x='["de: Tension", "en: Tension"]')) == []


def test_a_concept_that_nothing_names_and_missing_tests_are_named() -> None:
    remarks = lint(topic(x="[Nato]", y="[Kreml]"), LANGUAGES)

    assert [remark.subject for remark in remarks] == ["y", "tests: hits", "tests: misses"]


def test_a_sound_topic_has_no_remarks() -> None:
    assert lint(topic(x='[Nato, "==EU"]', more=TESTED), LANGUAGES, known(de_der=7.5)) == ()


def test_a_word_that_rings_alone_and_is_in_every_tenth_article_is_named() -> None:
    frequent = known(en_war=5.46)

    assert said(topic(x='["en: war", "de: Krieg"]'), frequency=frequent) == [("x", "'en: war' is frequent in en: once in 3,500 words")]


def test_beside_another_concept_only_a_very_frequent_word_is_named() -> None:
    both = topic("near(x, y, 2)", x='["en: war", "en: will"]', y='["en: threat"]')

    assert said(both, "en", frequency=known(en_war=5.46, en_will=6.4)) == [("x", "'en: will' is frequent in en: once in 400 words")]


def test_the_form_that_is_frequent_is_named() -> None:
    remarks = said(topic(x='["en: cut"]', inflect=inflect), "en", frequency=known(en_cuts=5.2))

    assert remarks == [("x", "'en: cut', as 'cuts', is frequent in en: once in 6,300 words")]


@pytest.mark.parametrize(("term", "language", "word"), [("die", "de", "die"), ("fin", "fr", "fin"), ("NATO", "it", "nato")])
def test_a_term_of_any_language_that_is_a_common_word_of_one_is_named(term: str, language: str, word: str) -> None:
    frequent = known(**{f"{language}_{word}": 5.0})

    (remark,) = (r for r in lint(topic(x=f"[{term}]"), (language, "en"), frequent) if "frequent" in r.problem)

    assert remark.problem.startswith(f"'{term}' is frequent in {language}") or f"as '{word}'" in remark.problem
    assert f'"{language}: =={term}"' in remark.fix


def test_where_another_term_speaks_for_it_it_is_not() -> None:
    assert said(topic(x='[NATO, "it: ==NATO"]'), "it", "en", frequency=known(it_nato=5.0)) == []


def test_a_star_is_asked_for_as_a_whole() -> None:
    starred = topic(x='["de: *ung", "de: Sanktion*"]')

    assert {("*ung", "de"), ("sanktion*", "de")} <= asked(starred, LANGUAGES)
    assert said(starred, "de", frequency=lambda word, _: 7.0 if word == "*ung" else 4.1)[-1][1].startswith("'de: *ung' is frequent")


def test_what_no_language_of_the_topic_hits_is_not_asked() -> None:
    assert asked(topic(x="[Nato]", more="languages: [de]"), LANGUAGES) == {("nato", "de")}


def test_a_concept_without_a_language_of_the_others_is_named() -> None:
    tension = topic(
        "nato and (tension or near(nato, nato, 9))",
        nato="[NATO]",
        tension='["de: Spannung", "en: tension"]',
        more="languages: [de, en, fr]",
    )

    assert said(tension, "de", "en", "fr", "es") == [("tension", "it has no fr terms, and nato has")]


def test_a_concept_that_match_cannot_do_without_is_named_even_with_one_language() -> None:
    assert said(topic("x and y", x='["de: Gas"]', y='["de: Preis", "en: price"]')) == [("x", "it has no en terms, and y has")]


def test_concepts_that_were_split_by_language_complete_each_other() -> None:
    split = topic("x or y", x='["en: war", "fr: guerre"]', y='["de: Krieg", "uk: війна"]')

    assert said(split, "de", "en", "fr", "uk") == []


def test_a_veto_needs_no_terms_in_every_language() -> None:
    assert said(topic("x", unless="[y]", x="[NATO]", y='["de: Eishockey"]'), "de", "en") == []


def test_letters_that_no_concept_has_a_form_in_are_named() -> None:
    assert said(topic(x="[NATO]"), "de", "ru", "uk", "zh") == [
        ("match", "no concept has a form in Cyrillic letters (ru, uk)"),
        ("match", "no concept has a form in Chinese letters (zh)"),
    ]


@pytest.mark.parametrize(
    ("match", "problem"),
    [
        ("x and not x", "it can never hold"),
        ("near(title(x), body(y), 2)", "it can never hold"),
        ("x or (x and y)", "'x and y' changes nothing: without it match says the same"),
        ("y or x or y", "'y' changes nothing: without it match says the same"),
        ("y and x and y", "'y' changes nothing: without it match says the same"),
        ("title(x) or x", "'title(x)' changes nothing: without it match says the same"),
        ("before(x, y, 2) or near(x, y, 5)", "'before(x, y, 2)' changes nothing: without it match says the same"),
        ("at_least(3, x) or at_least(2, x)", "'at_least(3, x)' changes nothing: without it match says the same"),
        ("different(3, x)", "'different(3, x)' can never hold: there are 2 to find"),
        ("x and not y", "'not y' is a veto"),
    ],
)
def test_a_clause_that_decides_nothing_is_named(match: str, problem: str) -> None:
    assert ("match", problem) in said(topic(match, x="[Nato, Bündnis]", y="[Kreml]"))


@pytest.mark.parametrize(
    "match",
    [
        "x and y and near(x, y, 9)",
        "near(x, x, 9)",
        "different(2, x)",
        "x and (title(y) or lead(y))",
        "x or same_sentence(y, x or z)",
        "y and (title(x) or not z)",
    ],
)
def test_a_clause_that_decides_something_is_not(match: str) -> None:
    remarks = said(topic(match, x="[Nato, Bündnis]", y="[Kreml]", z="[Moskau]"))

    assert [problem for subject, problem in remarks if subject == "match"] == []


def test_what_only_a_score_counts_decides_something() -> None:
    scored = topic("x or (x and y)", x="[Nato]", y="[Kreml]", more="score: {title: 2, threshold: 3}")

    assert said(scored) == []


@pytest.mark.parametrize(
    ("unless", "problem"),
    [
        ("[y, x]", "'x' vetoes whatever match still lets through"),
        ("[y and not x]", "'y and not x' vetoes nothing that match and the vetoes before it let through"),
        ("[y, y and z]", "'y and z' vetoes nothing that match and the vetoes before it let through"),
    ],
)
def test_a_veto_that_leaves_nothing_or_changes_nothing_is_named(unless: str, problem: str) -> None:
    assert ("unless", problem) in said(topic("x", unless=unless, x="[Nato]", y="[Kreml]", z="[Moskau]"))


def test_an_expression_too_large_for_a_table_still_gets_the_rest() -> None:
    names = [f"c{number}" for number in range(40)]
    concepts = {name: f"[Wort{name}]" for name in names}
    large = topic(" or ".join((*names, "different(9, c0)")), "[]", no_forms, "", **concepts)

    assert ("match", "'different(9, c0)' can never hold: there is 1 to find") in said(large)
