"""The table of countries: complete, well formed, and right in a handful of countries."""

import re
import unicodedata
from collections import Counter
from importlib.resources import files

import pytest

from topics.countries import PARTS, Name, Part, codes, names
from topics.fold import fold

LANGUAGES = ("de", "en", "fr", "es", "it", "pl", "cs", "ru", "uk", "zh", "ja", "bg", "sl")
COMPLETE: tuple[Part, ...] = ("name", "adjective", "people", "capital")
BY_DEFAULT: tuple[Part, ...] = ("name", "adjective", "people")

LETTERS = re.compile(r"[^\W\d_]+\.?(?:[ '・·]?[^\W\d_]+\.?)*")  # joined by a space, an apostrophe, a point (U.S.) or a middle dot
CYRILLIC = {
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}
SCRIPTS = {"zh": ("CJK",), "ja": ("CJK", "HIRAGANA", "KATAKANA", "FULLWIDTH LATIN")}


@pytest.fixture(scope="module")
def every() -> list[tuple[str, Name]]:
    return [(code, name) for code in sorted(codes()) for name in names(code, PARTS, LANGUAGES)]


def texts(code: str, language: str, *parts: Part) -> list[str]:
    return [name.text for name in names(code, parts or BY_DEFAULT, [language])]


def name_of(code: str, language: str, text: str) -> Name:
    return next(name for name in names(code, PARTS, [language]) if name.text == text)


def test_at_least_120_countries_have_name_adjective_people_and_capital_in_thirteen_languages(every: list[tuple[str, Name]]) -> None:
    found = {(code, name.language, name.part) for code, name in every}
    complete = [code for code in codes() if all((code, language, part) in found for language in LANGUAGES for part in COMPLETE)]
    assert len(complete) >= 120


def test_every_country_has_a_name_in_every_language(every: list[tuple[str, Name]]) -> None:
    found = {(code, name.language) for code, name in every if name.part == "name"}
    assert [(code, language) for code in sorted(codes()) for language in LANGUAGES if (code, language) not in found] == []


def test_every_text_folds_to_letters(every: list[tuple[str, Name]]) -> None:
    found = {text for _, name in every for text in (name.text, *name.within)}
    assert sorted(text for text in found if not LETTERS.fullmatch(fold(text))) == []


def test_no_country_has_a_text_twice_in_a_part(every: list[tuple[str, Name]]) -> None:
    counts = Counter((code, name.language, name.part, fold(name.text, cased=name.exact)) for code, name in every)
    assert [key for key, count in counts.items() if count > 1] == []


def test_no_plain_text_of_one_part_stands_for_two_countries(every: list[tuple[str, Name]]) -> None:
    owners: dict[tuple[str, str, str], set[str]] = {}
    for code, name in every:
        if name.part in ("name", "capital"):
            owners.setdefault((name.language, name.part, fold(name.text, cased=name.exact)), set()).add(code)
    assert {key: found for key, found in owners.items() if len(found) > 1} == {}


def test_names_in_cyrillic_keep_to_the_alphabet_of_their_language(every: list[tuple[str, Name]]) -> None:
    found = [(name.language, name.text) for _, name in every if name.language in CYRILLIC and not (name.exact and name.text.isascii())]
    assert [(language, text) for language, text in found if set(fold(text)) - set(CYRILLIC[language]) - set(" '")] == []


def test_names_in_other_languages_keep_to_its_script(every: list[tuple[str, Name]]) -> None:
    found = [(name.language, name.text) for _, name in every if name.language not in CYRILLIC]
    assert [(language, text) for language, text in found if not is_in_script(text, language)] == []


def test_a_cased_name_that_takes_forms_has_its_capital_letter(every: list[tuple[str, Name]]) -> None:
    assert [name for _, name in every if name.cased and not name.exact and not name.text[0].isupper()] == []


def test_a_longer_name_is_longer(every: list[tuple[str, Name]]) -> None:
    assert [(name, text) for _, name in every for text in name.within if fold(text) == fold(name.text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_table_has_a_country_once_and_six_columns_at_most(language: str) -> None:
    lines = (files("topics.countries") / "table" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    listed = [line.split("|") for line in lines if not line.startswith("#")]
    assert [line for line in listed if len(line) > 6] == []
    assert [code for code, count in Counter(line[0].strip() for line in listed).items() if count > 1 or code not in codes()] == []


def test_the_table_may_ask_more_of_a_name_that_cldr_has_too() -> None:
    assert names("ML", ["name"], ["pl"]) == (Name(language="pl", text="Mali", part="name", cased=True, exact=True),)


def test_codes_are_those_of_iso_3166_and_kosovo() -> None:
    assert len(codes()) == 250
    assert {"RU", "GB", "TW", "PS", "XK"} <= codes()
    assert not {"EU", "UN", "ZZ", "UK", "XA"} & codes()


def test_a_code_that_is_none_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="UK"):
        names("UK", BY_DEFAULT, ["en"])


def test_the_order_is_fixed() -> None:
    assert names("RU", PARTS, LANGUAGES) == names("RU", sorted(PARTS), sorted(LANGUAGES, reverse=True))


def test_only_the_parts_that_were_asked_for_come() -> None:
    assert texts("FR", "en", "capital") == ["Paris"]


def test_a_language_without_a_table_has_the_names_of_cldr() -> None:
    assert names("DE", PARTS, ["sk"]) == (Name(language="sk", text="Nemecko", part="name"),)


def test_a_language_that_cldr_does_not_know_has_none() -> None:
    assert names("DE", PARTS, ["qq"]) == ()


@pytest.mark.parametrize(
    ("code", "language", "expected"),
    [
        ("RU", "de", {"Russland", "Russische Föderation", "russisch", "Russe", "Russin"}),
        ("RU", "ru", {"Россия", "РФ", "российский", "русский", "россиянин", "россиянка", "россияне"}),
        ("RU", "pl", {"Rosja", "rosyjski", "Rosjanin", "Rosjanka", "Rosjanie"}),
        ("RU", "bg", {"Русия", "руски", "российски", "руснак", "рускиня", "руснаци"}),
        ("RU", "zh", {"俄罗斯", "俄羅斯", "俄罗斯人", "俄军", "中俄"}),
        ("US", "en", {"United States", "USA", "US", "U.S.", "America", "American"}),
        ("US", "de", {"Vereinigte Staaten", "USA", "US", "amerikanisch", "US-amerikanisch", "Amerikanerin"}),
        ("US", "ru", {"США", "Соединенные Штаты", "американский", "американка"}),
        ("US", "es", {"Estados Unidos", "EE. UU.", "EEUU", "estadounidense", "norteamericano"}),
        ("US", "ja", {"アメリカ", "米国", "米軍", "日米", "アメリカ人"}),
        ("GB", "en", {"United Kingdom", "Britain", "UK", "British", "Briton"}),
        ("KP", "uk", {"Північна Корея", "КНДР", "північнокорейський"}),
        ("KP", "ja", {"北朝鮮", "北朝鮮人", "朝鮮民主主義人民共和国"}),
        ("AE", "ru", {"ОАЭ", "Объединённые Арабские Эмираты"}),
        ("CZ", "cs", {"Česko", "Česká republika", "český", "Čech", "Češka", "Češi"}),
        ("UA", "sl", {"Ukrajina", "ukrajinski", "Ukrajinec", "Ukrajinka"}),
        ("MM", "en", {"Myanmar", "Burma"}),
        ("BA", "en", {"Bosnia and Herzegovina", "Bosnian"}),
        ("BF", "fr", {"Burkina Faso", "burkinabè", "burkinabé"}),
    ],
)
def test_a_country_has_its_names_adjectives_and_peoples(code: str, language: str, expected: set[str]) -> None:
    assert expected - set(texts(code, language)) == set()


@pytest.mark.parametrize(
    ("code", "language", "expected"),
    [
        ("RU", "de", {"Moskau", "Moskauer", "Kreml"}),
        ("US", "ru", {"Вашингтон", "Белый дом"}),
        ("GB", "fr", {"Londres", "Downing Street"}),
        ("CN", "zh", {"北京", "中南海"}),
        ("UA", "en", {"Kyiv", "Kiev", "Bankova"}),
    ],
)
def test_capital_and_seat_of_government_come_on_request_alone(code: str, language: str, expected: set[str]) -> None:
    assert expected <= set(texts(code, language, "capital", "seat"))
    assert not expected & set(texts(code, language))


@pytest.mark.parametrize(
    ("code", "language", "text"),
    [
        ("TR", "en", "Turkey"),
        ("TD", "en", "Chad"),
        ("JO", "en", "Jordan"),
        ("CN", "en", "China"),
        ("PL", "en", "Polish"),
        ("QA", "pl", "Katar"),
    ],
)
def test_a_name_that_is_a_common_word_needs_its_capital_letter(code: str, language: str, text: str) -> None:
    assert name_of(code, language, text).cased
    assert not name_of(code, language, text).exact


@pytest.mark.parametrize(("code", "language", "text"), [("US", "en", "US"), ("GB", "en", "UK"), ("RU", "ru", "РФ"), ("US", "it", "USA")])
def test_a_short_name_has_one_form_in_one_case(code: str, language: str, text: str) -> None:
    name = name_of(code, language, text)
    assert name.cased and name.exact


@pytest.mark.parametrize(
    ("code", "language", "text", "longer"),
    [
        ("IN", "ja", "インド", "インドネシア"),
        ("RU", "zh", "俄罗斯", "白俄罗斯"),
        ("US", "en", "America", "South America"),
        ("SD", "en", "Sudan", "South Sudan"),
        ("GN", "en", "Guinea", "Papua New Guinea"),
        ("MX", "en", "Mexico", "New Mexico"),
        ("CN", "en", "China", "China Sea"),
        ("CN", "de", "südchinesisch", "Südchinesisches Meer"),
        ("CN", "fr", "Chine", "mer de Chine"),
        ("CN", "ru", "китайский", "Южно-Китайское море"),
        ("JP", "en", "Japan", "Sea of Japan"),
        ("JP", "pl", "japoński", "Morze Japońskie"),
        ("FR", "fr", "France", "Île-de-France"),
        ("FI", "ru", "финский", "Финский залив"),
        ("IE", "fr", "Irlande", "mer d'Irlande"),
        ("NE", "en", "Niger", "Niger Delta"),
        ("ES", "en", "Spain", "New Spain"),
        ("TR", "en", "Turkey", "roast turkey"),
        ("ML", "zh", "马里", "马里兰"),
    ],
)
def test_a_name_says_in_which_longer_names_it_means_nothing(code: str, language: str, text: str, longer: str) -> None:
    assert longer in name_of(code, language, text).within


def test_a_longer_name_of_the_adjective_is_one_of_the_people_too() -> None:
    people = next(name for name in names("US", ["people"], ["fr"]) if name.text == "Américain")
    assert "latino-américain" in people.within


@pytest.mark.parametrize(("language", "text"), [("ja", "日本海軍"), ("ja", "日本海上自衛隊"), ("zh", "日本海军")])
def test_the_japanese_navy_is_no_sea(language: str, text: str) -> None:
    within = [longer for name in names("JP", BY_DEFAULT, [language]) for longer in name.within]
    assert [longer for longer in within if longer in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_korea_has_the_name_of_both(language: str) -> None:
    both = {"Korea", "Corée", "Corea", "Корея", "朝鲜半岛", "朝鮮半島", "コリア", "Koreja"}
    assert not both & {*texts("KR", language), *texts("KP", language)}


def test_niger_is_not_nigeria() -> None:
    assert not {*texts("NE", "fr")} & {*texts("NG", "fr")}


def test_german_joins_directions_to_a_country() -> None:
    assert {"Ostukraine", "ostukrainisch", "Westukrainer"} <= set(texts("UA", "de"))


def test_german_joins_no_direction_that_makes_another_country() -> None:
    assert "Südsudan" not in texts("SD", "de")
    assert "Nordirland" not in texts("IE", "de")
    assert "Nordamerika" not in texts("US", "de")


def test_for_and_against_join_the_adjective() -> None:
    assert {"antirussisch", "prorussisch"} <= set(texts("RU", "de"))
    assert {"antyrosyjski", "prorosyjski"} <= set(texts("RU", "pl"))
    assert {"antirruso", "prorruso"} <= set(texts("RU", "es"))


@pytest.mark.parametrize(
    ("language", "half"), [("ru", "российско"), ("uk", "російсько"), ("pl", "rosyjsko"), ("cs", "rusko"), ("bg", "руско")]
)
def test_an_adjective_of_two_countries_has_its_first_half(language: str, half: str) -> None:
    assert half in texts("RU", language)


@pytest.mark.parametrize(
    ("code", "language", "text"),
    [
        ("CN", "en", "Sino"),
        ("RU", "en", "Russo-Ukrainian"),
        ("FR", "en", "Franco-German"),
        ("CN", "fr", "sino-américain"),
        ("US", "ru", "американо"),
    ],
)
def test_a_first_half_that_is_no_adjective_is_in_the_table(code: str, language: str, text: str) -> None:
    assert text in texts(code, language)


def test_a_first_half_that_is_a_surname_as_well_is_small() -> None:
    assert name_of("FR", "uk", "франко").cased
    assert "Russo" not in texts("RU", "en")


def test_russia_has_small_letters_in_ukrainian_and_none_in_russian() -> None:
    assert not name_of("RU", "uk", "РФ").cased
    assert name_of("RU", "ru", "РФ").cased


def is_in_script(text: str, language: str) -> bool:
    return all(unicodedata.name(letter).startswith(SCRIPTS.get(language, ("LATIN",))) for letter in text if letter.isalpha())
