"""Topic files: what loads, and every mistake at its line and column."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import ConfigError
from schemas.topic import And, Has, Sample, Score, Severity, Term, TermKind, Topic
from tests.config.refusals import refused
from tests.topics import articles
from tests.topics.articles import LANGUAGES, inflect, no_forms, topic
from topics.catalog import Catalog, topics
from topics.shapes import Inflected, Word

HEAD = """topics:
  gas:
    title: Gas
"""
GAS = HEAD + "    concepts: {gas: [Gas], price: [Preis]}\n    match: gas and price\n"


def load(text: str) -> tuple[Topic, ...]:
    return articles.load(text, path="topics/gas.yaml")


def test_a_topic_is_read_with_all_that_it_may_have() -> None:
    (gas,) = load(
        HEAD
        + """    concepts:
      gas: [Gas, "de: Erdgas*", =LNG, "ru: ==СПГ", natural gas, "/[Gg]as/"]
      price: [Preis, {country: NO, parts: [capital, name]}, {term: Rekord, since: 2022-01-01, until: 2022-12-31}]
    match: gas and price
    unless: [{field: title, any: [Gasse]}]
    score: {title: 3, lead: 1.5, threshold: 4}
    weights: {gas: 2}
    languages: [de, "no"]
    sources: [tagesschau]
    severity: critical
    calm: 2h
    cooldown: 30m
    tests: {hits: [Gas Preis, {text: Gaspreis ist Gas und Preis, language: de}], misses: [Gas]}
"""
    )

    gasses, prices, veto = gas.concepts
    assert gasses.terms == (
        Term(text="Gas"),
        Term(text="Erdgas*", language="de"),
        Term(text="LNG", exact=True),
        Term(text="СПГ", language="ru", exact=True, cased=True),
        Term(text="natural gas"),
        Term(text="[Gg]as", kind=TermKind.PATTERN, cased=True),
    )
    assert prices.terms[1:] == (
        Term(text="NO", kind=TermKind.COUNTRY, parts=("name", "capital")),
        Term(text="Rekord", since=date(2022, 1, 1), until=date(2022, 12, 31)),
    )
    assert gas.match == And(parts=(Has(concept="gas"), Has(concept="price")))
    assert gas.unless == (Has(concept="unless-1", field="title"),)
    assert (veto.name, veto.terms) == ("unless-1", (Term(text="Gasse"),))
    assert (gas.score, gas.weights) == (Score(title=3, lead=1.5, threshold=4), (("gas", 2),))
    assert (gas.languages, gas.sources, gas.severity) == (("de", "no"), ("tagesschau",), Severity.CRITICAL)
    assert (gas.calm, gas.cooldown) == (timedelta(hours=2), timedelta(minutes=30))
    assert gas.hits == (Sample(text="Gas Preis"), Sample(text="Gaspreis ist Gas und Preis", language="de"))
    assert gas.misses == (Sample(text="Gas"),)


def test_a_topic_is_a_warning_without_score_anywhere_unless_told_so() -> None:
    plain = topic(x="[Gas]")

    assert (plain.severity, plain.score, plain.weights, plain.languages, plain.sources) == (Severity.WARNING, None, (), (), ())


def test_a_term_finds_the_forms_that_the_dictionaries_give_it() -> None:
    loaded = topic(
        x='[{country: RU}, "de: Spannung"]', more="tests: {hits: [Nach russischen Angaben, Die Spannungen nehmen zu]}", inflect=inflect
    )

    assert {form for shape in loaded.concepts[0].shapes for form in shape.words[0]} >= {"russischen", "spannungen"}


def test_a_term_may_hit_in_a_language_that_is_not_expected() -> None:
    assert topic(x='["bg: газ"]').concepts[0].shapes[0].language == "bg"


def test_an_alert_calms_after_six_hours_and_does_not_cool_down_unless_told_so() -> None:
    assert (topic(x="[Gas]").calm, topic(x="[Gas]").cooldown) == (timedelta(hours=6), timedelta(0))


@pytest.mark.parametrize(
    "changed",
    [
        "# a comment\n" + GAS,
        GAS.replace("title: Gas", "title: Natural gas"),
        GAS.replace("{gas: [Gas], price: [Preis]}", "\n      gas:\n      - Gas\n      price:\n      - Preis"),
        GAS.replace("gas and price", "(gas) and (price)"),
        GAS + "    tests: {hits: [Gas Preis]}\n",
        GAS + "    calm: 2h\n    cooldown: 1h\n    severity: info\n",
    ],
)
def test_the_digest_is_the_same_where_nothing_that_decides_has_changed(changed: str) -> None:
    assert load(changed)[0].digest == load(GAS)[0].digest


@pytest.mark.parametrize(
    "changed",
    [
        GAS.replace("[Gas]", "[==Gas]"),
        GAS.replace("[Gas]", '["de: Gas"]'),
        GAS.replace("[Gas]", "[Gas, {term: Öl, until: 2024-10-01}]"),
        GAS.replace("and price", "or price"),
        GAS.replace("  gas:\n", "  fuel:\n"),
        GAS + "    unless: [title(price)]\n",
        GAS + "    score: {threshold: 1}\n",
        GAS + "    weights: {gas: 2}\n",
        GAS + "    languages: [de]\n",
        GAS + "    sources: [de]\n",
    ],
)
def test_the_digest_changes_with_what_decides(changed: str) -> None:
    assert load(changed)[0].digest != load(GAS)[0].digest


def test_the_digest_changes_with_the_forms_of_a_word() -> None:
    with_forms = topic(x='["de: Spannung"]', inflect=inflect)

    assert with_forms.digest != topic(x='["de: Spannung"]').digest


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
        ("topics:\n  gas: {title: Gas, alert: {on: new_story}}", 2, 21, ("'alert' is not supported yet by this release", "Remove it")),
        ("topics: {}\nconcepts: {near: [x]}", 2, 12, ("'near' cannot name a concept",)),
        ("topics: {}\nconcepts: {fuel: []}", 2, 18, ("the list of terms is empty",)),
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
        ("[Gas, {country: UK}]", 30, ("no country 'UK'", "Did you mean GB (United Kingdom)?")),
        ("[Gas, {country: Russia}]", 30, ("no country 'Russia'", "Did you mean RU (Russia)?")),
        ("[Gas, {country: ru}]", 30, ("Did you mean RU (Russia)?",)),
        ("[Gas, {country: Germny}]", 30, ("Did you mean DE (Germany)?",)),
        ("[Gas, {country: RU, parts: [names]}]", 42, ("no part of a country 'names'", "Did you mean name?")),
        ("[Gas, {country: RU, parts: []}]", 41, ("the list of parts is empty",)),
        ("[Gas, {land: RU}]", 20, ("{land: ...} is no term", "{country: RU}")),
        ("[Gas, {}]", 20, ("an empty map is no term",)),
        ("[{term: Gas, until: 2024-10}]", 34, ("'2024-10' is no day", "2024-10-01")),
        ("[{term: Gas, until: 2024-02-30}]", 34, ("'2024-02-30' is no day",)),
        ("[{term: Gas, since: 2024-10-02, until: 2024-10-01}]", 53, ("before since",)),
        ("[{term: Ga*s}]", 22, ("* stands inside of a word",)),
        ("[{term: Gas, untill: 2024-10-01}]", 27, ("Did you mean until?",)),
        ("[Gas, de: Erdgas]", 20, ("quotes", '"de: Erdgas"')),
        ("[de: ==Erdgas]", 15, ("quotes", '"de: ==Erdgas"')),
        ('["Ga*"]', 15, ("at least 3 letters must stand beside *",)),
        ('["de: /ga(s/i"]', 25, ("missing )",)),
        ('["/gas/m"]', 15, ("no flag 'm'",)),
        ('["DE: Gas"]', 15, ("small letters", "de: Gas")),
        ('["==="]', 15, ("more than two =",)),
        ('["de: --"]', 15, ("no letter and no digit",)),
        ("[true]", 15, ("quotes",)),
        ("[[Gas]]", 15, ("not a list",)),
        ("[*gas]", 15, ("quotes",)),
    ],
)
def test_a_term_that_is_wrong_is_refused(terms: str, column: int, words: tuple[str, ...]) -> None:
    with refused(4, column + 5, *words):
        load(HEAD + f"    concepts: {{g: {terms}}}\n    match: g")


@pytest.mark.parametrize("name", ["not", "title", "near", "any", "1st", "a b", "a/b"])
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
        ("[{any: [x*]}]", 21, ("at least 3 letters",)),
        ("[{any: [x], in: title}]", 25, ("no key 'in'",)),
    ],
)
def test_a_bad_unless_is_refused(unless: str, column: int, words: tuple[str, ...]) -> None:
    with refused(6, column, *words):
        load(HEAD + f"    concepts: {{gas: [Gas]}}\n    match: gas\n    unless: {unless}")


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("calm: soon", 11, ("'soon'", "6h")),
        ("calm: 0", 11, ("too short",)),
        ("severity: urgent", 15, ("no severity 'urgent'", "Known: info, warning, critical")),
        ("languages: [german]", 17, ("'german' is no language", "de, en")),
        ("languages: []", 16, ("the list of languages is empty", "remove the line")),
        ("sources: [Tagesschau]", 15, ("'Tagesschau' cannot be a name",)),
        ("weights: {oil: 2}", 15, ("no concept that speaks for match 'oil'", "Known: gas, price")),
        ("weights: {gas: 0}", 20, ("'0' is no number above 0", "1.5")),
        ("weights: {gas: high}", 20, ("'high' is no number above 0",)),
        ("score: {title: 3}", 12, ("'threshold' is missing",)),
        ("score: {title: -3, threshold: 1}", 20, ("'-3' is no number above 0",)),
        ("score: {header: 3, threshold: 1}", 13, ("no key 'header'",)),
        ("score: {title: 3, threshold: 6.5}", 34, ("out of reach: the largest possible sum is 6", "at most 6")),
        ("tests: {hits: [{language: de}]}", 20, ("'text' is missing",)),
        ("tests: {hits: [{text: Gas, language: DE}]}", 42, ("'DE' is no language",)),
        ("tests: {hit: [Gas]}", 13, ("Did you mean hits?",)),
    ],
)
def test_a_bad_setting_of_a_topic_is_refused(line: str, column: int, words: tuple[str, ...]) -> None:
    with refused(6, column, *words):
        load(GAS + f"    {line}\n")


def test_a_threshold_that_the_weights_just_reach_is_taken() -> None:
    (gas,) = load(GAS + "    weights: {gas: 0.7, price: 0.1}\n    score: {threshold: 0.8}\n")

    assert gas.score and gas.score.threshold == 0.8


TESTED = HEAD + "    concepts: {gas: [Gas], price: [Preis]}\n    match: gas and not price\n    unless: [{any: [Gasse]}]\n    tests:\n"


@pytest.mark.parametrize(
    ("tests", "line", "words"),
    [
        ("      hits:\n        - Gas\n        - Öl", 10, ("topic 'gas'", "should hit", "gas is not found")),
        ("      hits:\n        - Gas Preis", 9, ("price is found",)),
        ("      hits:\n        - Gas in der Gasse", 9, ("vetoed by unless-1: Gasse",)),
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


class Asked:
    """Remembers what it is asked for."""

    def __init__(self) -> None:
        self.questions: list[set[Word]] = []

    def __call__(self, words: Collection[Word]) -> Mapping[Word, Inflected]:
        self.questions.append(set(words))
        return no_forms(words)


FILES = {
    "topics/a.yaml": GAS,
    "topics/b.yaml": 'concepts: {fuel: ["de: Benzin"]}\ntopics: {oil: {title: O, concepts: {oil: ["de: Öl", {use: fuel}]}, match: oil}}\n',
    "topics/c.yaml": 'topics: {coal: {title: Coal, concepts: {coal: ["de: Kohle"]}, match: coal, tests: {hits: [Kohle]}}}\n',
}


def test_topics_come_in_the_order_of_their_files() -> None:
    assert [found.topic_id for found in topics(FILES, LANGUAGES, no_forms)] == ["gas", "oil", "coal"]


def test_all_files_ask_for_the_forms_of_their_words_at_once() -> None:
    asked = Asked()

    topics(FILES, ("de",), asked)

    assert asked.questions == [{("de", word) for word in ("Gas", "Preis", "Öl", "Benzin", "Kohle")}]


def test_of_a_changed_file_the_new_words_are_asked_for_and_the_other_topics_stay_the_same_objects() -> None:
    asked = Asked()
    catalog = Catalog(("de",), asked)
    before = catalog.load(FILES)

    after = catalog.load(FILES | {"topics/c.yaml": FILES["topics/c.yaml"].replace("[Kohle]", "[Die Kohle]")})

    assert asked.questions[1:] == [{("de", "Kohle")}]
    assert [old is new for old, new in zip(before, after, strict=True)] == [True, True, False]


def test_a_changed_shared_concept_reaches_those_that_use_it() -> None:
    catalog = Catalog(("de",), no_forms)
    before = catalog.load(FILES)

    after = catalog.load(FILES | {"topics/b.yaml": FILES["topics/b.yaml"].replace("Benzin", "Diesel")})

    assert [old.digest == new.digest for old, new in zip(before, after, strict=True)] == [True, False, True]


def test_a_file_that_is_wrong_leaves_what_was_loaded_remembered() -> None:
    catalog = Catalog(("de",), no_forms)
    before = catalog.load(FILES)
    with pytest.raises(ConfigError):
        catalog.load(FILES | {"topics/c.yaml": "topics: ["})

    assert all(old is new for old, new in zip(before, catalog.load(FILES), strict=True))


LINES = st.sampled_from(
    [
        *GAS.splitlines(),
        "concepts:",
        "  fuel: [Benzin, {use: oil}]",
        '  oil: ["de: Öl", {country: RU}]',
        "  oil: [{use: fuel}]",
        "      gas: [{use: fuel}, Erdgas*]",
        '    concepts: {gas: [{use: oil/gas}, "/G.s/"], price: [Preis, {term: Rekord, until: 2022-12-31}]}',
        "  oil:",
        "    match: near(gas, price, 3) or at_least(2, gas)",
        "    unless: [title(price), {any: [Gasse]}]",
        "    score: {title: 2, threshold: 3}",
        "    weights: {gas: 2}",
        "    tests: {hits: [Gas Preis], misses: [Gas]}",
        "    languages: [de]",
        "    severity: info",
        "",
    ]
)
TEXTS = st.lists(LINES, max_size=12).map("\n".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A topic file in which some characters were lost, doubled or replaced."""
    text = draw(st.one_of(st.just(FILES["topics/b.yaml"]), st.just(GAS + "    tests: {hits: [Gas Preis]}\n"), TEXTS))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + draw(st.one_of(st.text(max_size=3), st.sampled_from(list("{}[]:*&!|>'\"/=?,-#%@ \n"))))
            + text[at + draw(st.integers(0, 2)) :]
        )
    return text


def outcome(catalog: Catalog, files: Mapping[str, str]) -> tuple[Topic, ...] | str:
    try:
        return catalog.load(files)
    except ConfigError as error:
        assert error.line >= 1 <= error.column and error.problem and error.fix
        return str(error)


@given(mutated())
def test_any_file_at_all_is_loaded_or_refused_at_a_place_with_a_fix(text: str) -> None:
    outcome(Catalog(LANGUAGES, no_forms), {"topics/gas.yaml": text})


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.one_of(mutated(), st.sampled_from(list(FILES.values())))), max_size=5))
def test_what_is_loaded_again_is_what_a_fresh_load_gives(edits: list[dict[str, str]]) -> None:
    catalog, files = Catalog(LANGUAGES, no_forms), dict(FILES)

    for edit in edits:
        files |= {f"topics/{name}.yaml": text for name, text in edit.items()}
        assert outcome(catalog, files) == outcome(Catalog(LANGUAGES, no_forms), files)
