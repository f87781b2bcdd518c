"""Topic files: what loads, and every mistake at its line and column."""

from datetime import timedelta

import pytest

from schemas.topic import And, Concept, Has, Term, Topic
from tests.config.refusals import refused
from tests.topics.articles import topic
from topics.catalog import topics

HEAD = """topics:
  gas:
    title: Gas
"""


def load(text: str) -> tuple[Topic, ...]:
    return topics(text, "topics/gas.yaml", {})


def test_a_topic_is_read_with_all_that_it_may_have() -> None:
    (gas,) = load(
        HEAD
        + """    concepts:
      gas: [Gas, "de: Erdgas", =LNG, "ru: ==СПГ", natural gas]
      price: [Preis]
    match: gas and price
    unless: [{field: title, any: [Gasse]}]
    calm: 2h
    cooldown: 30m
    tests: {hits: [Gas Preis], misses: [Gas]}
"""
    )

    assert gas.concepts[0] == Concept(
        name="gas",
        terms=(
            Term(text="Gas"),
            Term(text="Erdgas", language="de"),
            Term(text="LNG", exact=True),
            Term(text="СПГ", language="ru", exact=True, cased=True),
            Term(text="natural gas"),
        ),
    )
    assert gas.match == And(parts=(Has(concept="gas"), Has(concept="price")))
    assert gas.unless == (Has(concept="unless 1", field="title"),)
    assert gas.concepts[-1] == Concept(name="unless 1", terms=(Term(text="Gasse"),))
    assert (gas.calm, gas.cooldown) == (timedelta(hours=2), timedelta(minutes=30))
    assert (gas.hits, gas.misses) == (("Gas Preis",), ("Gas",))


def test_an_alert_calms_after_six_hours_and_does_not_cool_down_unless_told_so() -> None:
    assert (topic(x="[Gas]").calm, topic(x="[Gas]").cooldown) == (timedelta(hours=6), timedelta(0))


def test_the_digest_changes_with_what_decides_and_with_nothing_else() -> None:
    first = load(HEAD + "    concepts: {gas: [Gas, Erdgas]}\n    match: gas")[0]
    same = load(
        "# changed\n"
        + HEAD.replace("title: Gas", "title: Natural gas")
        + "    concepts:\n      gas:\n      - Gas\n      - Erdgas\n    match: (gas)"
    )
    other = load(HEAD + "    concepts: {gas: [Gas, ==Erdgas]}\n    match: gas")

    assert same[0].digest == first.digest != other[0].digest


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("topics:\n  gas: [x", 2, 10, ("not YAML", "line 2")),
        ("topics:\n\tgas: x", 2, 1, ("tab",)),
        ("topic: {}", 1, 1, ("'topic'", "Did you mean topics?")),
        ("topics: {Gas: {}}", 1, 10, ("'Gas'", "small letters")),
        ("topics: {system: {}}", 1, 10, ("'system'", "Choose another id")),
        ("topics:\n  gas: {title: Gas, match: gas}", 2, 8, ("'concepts' is missing",)),
        ("topics:\n  gas: {titel: Gas}", 2, 9, ("'titel'", "Did you mean title?")),
        ("topics:\n  gas: {title: Gas, score: {title: 3}}", 2, 21, ("'score' is not supported yet by this release",)),
        ("topics:\n  gas: {}\n  gas: {}", 3, 3, ("twice", "line 2")),
    ],
)
def test_a_file_that_is_wrong_is_refused(text: str, line: int, column: int, words: tuple[str, ...]) -> None:
    with refused(line, column, "topics/gas.yaml", *words):
        load(text)


@pytest.mark.parametrize(
    ("terms", "column", "words"),
    [
        ("[]", 14, ("empty",)),
        ("Gas", 14, ("a list is wanted",)),
        ("[Gas, {country: RU}]", 20, ("{country: ...}", "not supported yet by this release", "Write the forms out")),
        ("[Gas, {use: gpr}]", 20, ("{use: ...}", "not supported yet")),
        ("[Gas, de: Erdgas]", 20, ("quotes", '"de: Erdgas"')),
        ('["Gas*"]', 15, ("* is not supported yet", "Write the forms out")),
        ('["G?s"]', 15, ("? is not supported yet",)),
        ('["/ga+s/i"]', 15, ("regular expression: not supported yet",)),
        ('["DE: Gas"]', 15, ("small letters", "de: Gas")),
        ('["==="]', 15, ("more than two =",)),
        ('["de: --"]', 15, ("no letter and no digit",)),
        ("[true]", 15, ("quotes",)),
        ("[[Gas]]", 15, ("not a list",)),
        ("[*gas]", 15, ("quotes",)),
    ],
)
def test_a_term_that_is_wrong_or_comes_later_is_refused(terms: str, column: int, words: tuple[str, ...]) -> None:
    with refused(4, column + 5, *words):
        load(HEAD + f"    concepts: {{g: {terms}}}\n    match: g")


@pytest.mark.parametrize("name", ["not", "title", "1st", "a b"])
def test_a_concept_needs_a_name_that_match_can_say(name: str) -> None:
    with refused(4, 16, f"{name!r} cannot name a concept"):
        load(HEAD + f"    concepts: {{{name}: [Gas]}}\n    match: gas")


@pytest.mark.parametrize(
    ("match", "line", "column", "words"),
    [
        ("match: gas and prise", 5, 20, ("'prise'", "Did you mean price?")),
        ("match: gas and price or oil", 5, 26, ("mixed without parentheses",)),
        ('match: "gas price"', 5, 17, ("no operator",)),
        ("match: |\n      gas\n      and (price", 7, 17, ("not closed",)),
        ("match: >\n      gas\n\n      & price", 8, 7, ("'&'",)),
        ("match: not gas", 5, 12, ("names nothing",)),
        ("match: [gas]", 5, 12, ("text is wanted",)),
    ],
)
def test_a_bad_match_is_refused_at_its_character(match: str, line: int, column: int, words: tuple[str, ...]) -> None:
    with refused(line, column, *words):
        load(HEAD + f"    concepts: {{gas: [Gas], price: [Preis], oil: [Öl]}}\n    {match}")


@pytest.mark.parametrize(
    ("unless", "column", "words"),
    [
        ("[oil]", 14, ("no concept 'oil'",)),
        ("[{field: titel, any: [x]}]", 22, ("no field 'titel'", "Did you mean title?")),
        ("[{field: title}]", 14, ("'any' is missing",)),
        ("[{any: [x*]}]", 21, ("* is not supported yet",)),
    ],
)
def test_a_bad_unless_is_refused(unless: str, column: int, words: tuple[str, ...]) -> None:
    with refused(6, column, *words):
        load(HEAD + f"    concepts: {{gas: [Gas]}}\n    match: gas\n    unless: {unless}")


def test_a_bad_length_of_time_is_refused() -> None:
    with refused(6, 11, "'soon'", "6h"):
        load(HEAD + "    concepts: {gas: [Gas]}\n    match: gas\n    calm: soon")


TESTED = HEAD + "    concepts: {gas: [Gas], price: [Preis]}\n    match: gas and not price\n    unless: [{any: [Gasse]}]\n    tests:\n"


@pytest.mark.parametrize(
    ("tests", "line", "words"),
    [
        ("      hits:\n        - Gas\n        - Öl", 10, ("topic 'gas'", "should hit", "gas is not found")),
        ("      hits:\n        - Gas Preis", 9, ("price is found",)),
        ("      hits:\n        - Gas in der Gasse", 9, ("vetoed by unless 1: Gasse",)),
        ("      misses:\n        - Öl\n        - Viel Gas", 10, ("should miss", "found: gas (Gas)")),
    ],
)
def test_a_topic_whose_own_tests_fail_does_not_load_and_says_why(tests: str, line: int, words: tuple[str, ...]) -> None:
    with refused(line, 11, *words):
        load(TESTED + tests)


def test_a_test_of_several_paragraphs_is_title_and_body_with_its_lead() -> None:
    concepts = "    concepts: {gas: [Gas], oil: [Öl], coal: [Kohle]}\n"
    match = "    match: title(gas) and lead(oil) and body(coal)\n"
    load(HEAD + concepts + match + "    tests:\n      hits:\n        - |\n          Gas\n\n          Öl\n\n          Kohle\n")


def test_a_topic_of_another_file_is_refused_under_the_same_id() -> None:
    with refused(2, 3, "topics/energy.yaml"):
        topics(HEAD + "    concepts: {gas: [Gas]}\n    match: gas", "topics/gas.yaml", {"gas": "topics/energy.yaml"})
