"""Lucene- and Meltwater-style queries become topics, or are refused with the place, the reason and a fix."""

from typing import Any

import pytest
from ruamel.yaml import YAML

from topics.importing import imported
from topics.importing.query import Refused


def topic(query: str, dialect: str = "lucene", language: str | None = None) -> dict[str, Any]:
    found = imported(query, dialect, topic_id="t", title="T", language=language)
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(found.yaml)["topics"]["t"]
    return loaded


def refusal(query: str, dialect: str = "lucene") -> Refused:
    with pytest.raises(Refused) as refused:
        imported(query, dialect, topic_id="t", title="T")
    return refused.value


@pytest.mark.parametrize(
    ("query", "match"),
    [
        ("ship AND storm", "ship and storm"),
        ("ship AND storm NOT film", "ship and storm and not film"),
        ("ship && !film", "ship and not film"),
        ("ship AND (storm OR gale) AND NOT (film OR book)", "ship and storm and not film"),
        ("(ship AND storm) OR wreck", "(ship and storm) or wreck"),
        ("sea AND (ship OR (NOT storm))", "sea and (ship or not storm)"),
        ("+ship -film", "ship and not film"),
        ("ship -film", "ship and not film"),
        ("title:ship AND headline:storm", "title(ship) and title(storm)"),
        ("title:(ship AND storm)", "title(ship) and title(storm)"),
        ("body:ship AND storm", "(lead(ship) or body(ship)) and storm"),
        ('"ship sank"~1', "before(ship, sank, 2)"),
        ('"ship sank"~4', "before(ship, sank, 5) or before(sank, ship, 3)"),
    ],
)
def test_lucene_is_written_as_match(query: str, match: str) -> None:
    assert topic(query)["match"] == match


@pytest.mark.parametrize(
    ("query", "match"),
    [
        ("ship and storm not film", "ship and storm and not film"),
        ("ship ANDNOT film", "ship and not film"),
        ("ship AND NOT film", "ship and not film"),
        ("ship near/3 storm", "near(ship, storm, 4)"),
        ("ship NEAR storm", "near(ship, storm, 5)"),
        ("(ship or boat) onear/3 storm AND wreck", "before(ship, storm, 4) and wreck"),
        ("ship w/3 storm", "near(ship, storm, 3)"),
        ("ship pre/3 storm", "before(ship, storm, 3)"),
        ("near(ship, storm, 3)", "near(ship, storm, 4)"),
        ("near(ship, storm, 3, in_order)", "before(ship, storm, 4)"),
        ("title:(ship near/3 storm)", "near(title(ship), title(storm), 4)"),
        ("ingress:ship", "lead(ship)"),
        ("atleast3(ship or boat)", "at_least(3, ship)"),
    ],
)
def test_meltwater_is_written_as_match(query: str, match: str) -> None:
    assert topic(query, "meltwater")["match"] == match


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ('ship OR "cold war"', ["ship", "cold war"]),
        ("\u201ccold war\u201d", ["cold war"]),
        ("ship* OR *ship OR sh?p", ["ship*", "*ship", "sh?p"]),
        ("sh*p", [r"/\bsh\w*p\b/i"]),
        ("/ships?/", [r"/\b(?:ships?)\b/i"]),
        (r"AT\&T OR \(x\)", ["AT&T", "(x)"]),
        ('"de: ship"', ["de ship"]),
    ],
)
def test_words_phrases_wildcards_and_patterns_become_terms(query: str, terms: list[str]) -> None:
    (found,) = topic(query)["concepts"].values()
    assert found == terms


@pytest.mark.parametrize("query", ["{US}", "cs(US)"])
def test_a_word_in_its_case_is_a_term_in_its_case(query: str) -> None:
    assert topic(query, "meltwater")["concepts"] == {"us": ["==US"]}


def test_plain_words_take_their_forms_from_the_language_that_is_given() -> None:
    assert topic("ship", language="en")["concepts"] == {"ship": ["en: ship"]}


def test_the_same_words_are_one_concept_in_every_field() -> None:
    assert topic("title:ship AND lead:ship")["concepts"] == {"ship": ["ship"]}


def test_concepts_of_the_same_first_word_are_numbered() -> None:
    assert list(topic('"ship ahoy" AND "ship wreck" AND title')["concepts"]) == ["ship", "ship-2", "title-2"]


def test_a_boost_is_a_weight() -> None:
    assert topic("ship^3 AND storm^0.5 AND sea NOT film^2")["weights"] == {"ship": 3, "storm": 0.5}


def test_conditions_on_language_and_source_stand_beside_match() -> None:
    found = topic("(ship OR boat) AND language:(en OR de) AND source:tagesschau")

    assert (found["match"], found["languages"], found["sources"]) == ("ship", ["en", "de"], ["tagesschau"])


def test_what_a_reader_should_know_is_remarked() -> None:
    remarks = imported("ship^2 AND source:tagesschau", "lucene", topic_id="t", title="T").remarks

    assert [remark.split()[0] for remark in remarks] == ["A", "Weights", "Sources"]


def test_title_and_terms_with_quotes_and_odd_characters_are_written_so_that_they_can_be_read() -> None:
    found = imported('"a\\"b\u2028c\u00a0d"', "lucene", topic_id="t", title='"\\ \u0085:#')

    loaded = YAML(typ="safe", pure=True).load(found.yaml)["topics"]["t"]
    assert (loaded["title"], loaded["concepts"]) == ('"\\ \u0085:#', {"a": ['a"b c d']})


@pytest.mark.parametrize(
    ("query", "offset", "word"),
    [
        ("", 0, "empty"),
        ("ship storm", 5, "no operator"),
        ("ship AND storm OR gale", 15, "mixed"),
        ("ship OR NOT storm", 8, "every tool"),
        ("ship OR -storm", 8, "every tool"),
        ("+ship storm", 6, "decides nothing"),
        ("ship and storm", 5, "small letters"),
        ("ship NEAR/3 storm", 5, "no near"),
        ("ship~", 0, "spelt alike"),
        ('"ship in storm"~3', 15, "two words"),
        ("ship AND [a TO b]", 9, "range"),
        ("date:[a TO b]", 0, "date"),
        ("author:smith", 0, "author"),
        ("ship^0", 4, "no weight"),
        ("NOT ship", 0, "none of its words"),
        ("ship OR (NOT storm)", 0, "none of its words"),
        ("*", 0, "any word"),
        ('ship AND "storm*"', 15, "inside quotes"),
        ("/ship(/", 0, "regular expression"),
        ("/ship~/", 5, "Lucene alone"),
        ('"ship', 0, "not closed"),
        ("(ship", 5, "not closed"),
        ("ship)", 4, "closes nothing"),
        ("ship AND", 8, "missing"),
        ("http://ship.test", 5, "no meaning"),
        ("(ship AND language:en) OR boat", 10, "beside the whole"),
        ("NOT language:en", 4, "beside the whole"),
        ("language:en", 0, "no words"),
        ("language:english AND ship", 0, "languages"),
        ('source:"The Times" AND ship', 0, "sources"),
        ("..... AND ship", 0, "no letter"),
        ("(" * 2000 + "ship" + ")" * 2000, 0, "deeply"),
    ],
)
def test_what_lucene_cannot_say_here_is_refused(query: str, offset: int, word: str) -> None:
    found = refusal(query)

    assert (found.offset, word in found.problem, bool(found.fix)) == (offset, True, True)


@pytest.mark.parametrize(
    ("query", "offset", "word"),
    [
        ("a near/3 b near/3 c", 11, "near takes words"),
        ("a near/3 (b and c)", 2, "near takes words"),
        ("a near/3 not b", 2, "inside a near"),
        ("near(a, b)", 0, "not complete"),
        ("near(a, b, many)", 0, "not complete"),
        ("atleast2(a and b)", 0, "counts words"),
        ("a near/99999 b", 0, "too large"),
        ('"a b"~3', 5, "no ~"),
        ("+a", 0, "no + and -"),
        ("/a/", 0, "no /regular"),
    ],
)
def test_what_meltwater_cannot_say_here_is_refused(query: str, offset: int, word: str) -> None:
    found = refusal(query, "meltwater")

    assert (found.offset, word in found.problem, bool(found.fix)) == (offset, True, True)
