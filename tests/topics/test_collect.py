"""What really stands in an article: each place once, regular expressions field by field, and none that takes too long."""

import time
from dataclasses import replace

import pytest

from schemas.match import Evidence, Field
from tests.topics.articles import article, topic
from topics.explain import explanation
from topics.match import matcher
from topics.verdict import Outcome

LONG = "a" * 100_000  # a word that no text has, and that takes a time that grows with its square
SLOW = "/[a-z]+[=:]/"


def evidence(terms: str, title: str = "", lead: str = "", body: str = "") -> list[tuple[Field, str]]:
    matches = matcher((topic(x=terms),)).matches(article(title=title, lead=lead, body=body))
    return [(one.field, one.form) for match in matches for one in match.evidence]


@pytest.mark.parametrize(
    ("terms", "term"),
    [
        ('[Kreml, "de: Kreml", "==Kreml"]', "Kreml"),
        ('["==Kreml", Kreml]', "==Kreml"),
        ('["Krem*", Kreml]', "Krem*"),
        ('[Kreml, "Krem*"]', "Kreml"),
        ('["*reml", "Krem*"]', "*reml"),
        ('["/Kreml/", Kreml]', "/Kreml/"),
        ('[Kreml, "/Kreml/"]', "Kreml"),
        ('["en: Kreml", Kreml]', "en: Kreml"),
    ],
)
def test_terms_that_hit_one_place_are_one_hit_under_the_first_that_the_topic_lists(terms: str, term: str) -> None:
    (match,) = matcher((topic(x=terms),)).matches(article(title="Kreml"))

    assert [one.term for one in match.evidence] == [term]


def test_a_place_that_two_terms_hit_is_not_two_different_terms() -> None:
    of = topic(match="different(2, x)", x='[Kreml, "Krem*"]')

    assert not matcher((of,)).matches(article(title="Kreml, Kreml"))
    assert matcher((of,)).matches(article(title="Kreml, Kremlchef"))


# regular expressions


@pytest.mark.parametrize(
    ("pattern", "text", "forms"),
    [
        (r"/F-?16s?/", "F-16s und F16, f-16", ["F-16s", "F16"]),
        (r"/f-?16s?/i", "F-16s und F16", ["F-16s", "F16"]),
        (r"/ß/", "Straße", ["ß"]),
        (r"/SS/", "Straße", []),
        (r"/ße/", "Straße", ["ße"]),
        (r"/é/", "caf\u00e9", ["é"]),
        (r"/Nato(?= tagt)/", "Die Nato tagt", ["Nato"]),
        (r"/\bNato\b/", "Nato, Natopartner", ["Nato"]),
        (r"/Nato  tagt/", "Nato  tagt", ["Nato  tagt"]),
        (r"/(?=Nato)/", "Die Nato", ["N"]),
        (r"/\d+ %/", "um 3 %", ["3 %"]),
    ],
)
def test_a_regular_expression_reads_the_text_as_it_was_written(pattern: str, text: str, forms: list[str]) -> None:
    assert [form for _, form in evidence(f"['{pattern}']", title=text)] == forms


@pytest.mark.parametrize(
    ("pattern", "hits"),
    [
        (r"/Nato\s+tagt/", []),
        (r"/^Nato/", [(Field.TITLE, "Nato")]),
        (r"/^tagt/", [(Field.BODY, "tagt")]),
        (r"/Nato$/", [(Field.TITLE, "Nato")]),
        (r"/(?<=Nato\s+)tagt/", []),
        (r"/(?s)Nato.*heute/", []),
        (r"/heute\Z/", [(Field.BODY, "heute")]),
    ],
)
def test_a_regular_expression_reads_each_field_by_itself(pattern: str, hits: list[tuple[Field, str]]) -> None:
    assert evidence(f"['{pattern}']", title="Nato", body="tagt heute") == hits


@pytest.mark.parametrize(
    ("pattern", "body", "form"),
    [
        (r"/\u0301a/", "e\u0301a", "e\u0301a"),
        (r"/tei/", "ver\u00adtei\u00addigung", "tei\u00ad"),
        (r"/digung/", "ver\u00adtei\u00addigung", "digung"),
        (r"/\u00addig/", "ver\u00adtei\u00addigung", "i\u00addig"),
        (r"/^\s+Nato/", "  Nato", "Nato"),
        (r"/i/", "xﬁiy", "i"),
    ],
)
def test_the_evidence_of_a_regular_expression_holds_what_it_matched_and_the_least_around_it(pattern: str, body: str, form: str) -> None:
    hits = evidence(f"['{pattern}']", body=body)

    assert form in [found for _, found in hits]


def test_a_regular_expression_that_matches_what_no_reader_sees_hits_nothing() -> None:
    assert evidence(r"['/\u00ad/']", body="\u00ad") == []


def test_a_regular_expression_has_the_language_and_the_days_of_its_term() -> None:
    of = topic(x='["de: /Nato/", {term: /Kreml/, until: 2020-01-01}]')

    assert not matcher((of,)).matches(article(title="Nato", language="en"))
    assert not matcher((of,)).matches(article(title="Kreml", language="de"))
    assert matcher((of,)).matches(article(title="Nato", language="de"))


@pytest.mark.parametrize(("topics", "patterns"), [(1, 1), (1, 300), (2, 150), (100, 3)])
def test_the_time_for_regular_expressions_is_the_same_however_many_are_slow(topics: int, patterns: int) -> None:
    listed = ", ".join(f"'/[a-z]+[=:]{number}?/'" for number in range(patterns))
    one = matcher([topic(x=f"[{listed}]")] * topics)
    seen = article(title="a" * 100, body=LONG)
    before = time.process_time()

    one.matches(seen)

    assert time.process_time() - before < 2  # 0.2, and what a busy machine adds


def test_a_regular_expression_that_is_given_up_is_named_and_the_others_hit() -> None:
    told = explanation(topic(x=f"['{SLOW}', '/Nato/']"), article(title="Nato", body=LONG[:10_000]))

    assert told.outcome is Outcome.MATCHED
    assert told.slow == (SLOW,)


def test_a_topic_beside_a_slow_one_matches_as_it_does_alone() -> None:
    slow, mine = topic(x=f"['{SLOW}', '{SLOW}i']"), topic(x=r"['/\bword (?:\w+ ){0,220}NEEDLE/']")
    seen = article(title="T", body=f"{LONG[:20_000]}\n\n{'word ' * 300}NEEDLE")

    alone, beside = matcher((mine,)).matches(seen), matcher((slow, mine)).matches(seen)

    assert alone
    assert beside == alone


@pytest.mark.parametrize("terms", ['["*aaa*"]', '["*aaa"]', '["aaa*"]', '["a????a"]', '["*aaa* *aaa*"]'])
def test_a_word_that_never_ends_takes_no_long(terms: str) -> None:
    one = matcher((topic(x=terms),))
    seen = article(title="T", body=LONG)
    before = time.process_time()

    one.matches(seen)

    assert time.process_time() - before < 2


# capitals of countries


@pytest.mark.parametrize(
    ("title", "hit"),
    [
        ("Turkey votes", True),
        ("A turkey", False),
        ("A TURKEY", False),
        ("TURKEY. TURKISH", True),
        ("TURKEY. Turkish", True),
        ("TURKEY. Chad", False),
    ],
)
def test_in_capitals_alone_a_country_needs_another_of_its_names(title: str, hit: bool) -> None:
    forms = evidence('[{country: TR}, "=zzz"]', title=title)

    assert bool(forms) == hit


def test_the_place_of_a_hit_is_told_in_its_field() -> None:
    seen = replace(article(title="Überßicht", lead="ﬁn", body="Der Kreml"), language="de")

    (match,) = matcher((topic(x="[Kreml]"),)).matches(seen)

    assert match.evidence == (Evidence(concept="x", term="Kreml", form="Kreml", field=Field.BODY, start=4, end=9),)
