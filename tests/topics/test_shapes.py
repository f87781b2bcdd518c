"""Shapes: the forms of each word of a term, and which term speaks where."""

from collections.abc import Collection, Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.topic import Shape, Term, TermKind
from tests.topics.articles import Written, no_forms
from topics.shapes import Forms, Inflected, Word, shapes, wanted
from topics.terms import BadTerm, term

LANGUAGES = ("de", "en", "pl")
KNOWN: Mapping[Word, Inflected] = {
    ("de", "Gipfel"): Written(forms=frozenset({"Gipfel", "Gipfels", "Gipfeln"})),
    ("de", "Manöver"): Written(forms=frozenset({"Manöver", "Manövern"})),
    ("de", "manöver"): Written(forms=frozenset({"manöver"}), untagged=False),
    ("de", "Land"): Written(forms=frozenset({"Land", "Landes", "Länder", "La"})),
    ("de", "neu"): Written(forms=frozenset({"neu", "neue", "neuer"})),
    ("en", "gas"): Written(forms=frozenset({"gas", "gases"})),
    ("pl", "gas"): Written(forms=frozenset({"gas", "gasem"}), known=False, untagged=False),
    ("de", "Brien"): Written(forms=frozenset({"Brien", "Briens"})),
    ("de", "ab"): Written(forms=frozenset({"ab", "", "a-b", "a*"})),
    ("ru", "самолёт"): Written(forms=frozenset({"самолёт", "самолётом"})),
    ("fr", "État"): Written(forms=frozenset({"État", "États"})),
    ("de", "Quarnow"): Written(forms=frozenset({"Quarnow", "Quarnows"}), known=False),
    ("en", "Quarnow"): Written(forms=frozenset({"Quarnow", "Quarnowed"}), untagged=False),
    ("de", "Zelby"): Written(forms=frozenset({"Zelby", "Zelbys"}), known=False, untagged=False),
    ("pl", "Zelby"): Written(forms=frozenset({"Zelby", "Zelby'ego"}), known=False, untagged=False),
}


def shaped(*texts: str) -> tuple[Shape, ...]:
    return shapes([term(text) for text in texts], Forms(LANGUAGES, KNOWN))


def words(text: str) -> tuple[tuple[str, ...], ...]:
    (shape,) = shaped(text)
    return shape.words


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("de: Gipfel", (("gipfel", "gipfeln", "gipfels"),)),
        ("de: neu Gipfel", (("neu", "neue", "neuer"), ("gipfel", "gipfeln", "gipfels"))),
        ("de: Nato-Gipfel", (("nato",), ("gipfel", "gipfeln", "gipfels"))),
        ("=Gipfel", (("gipfel",),)),
        ("==Gipfel", (("gipfel",),)),
        ("de: Unbekannt", (("unbekannt",),)),
        ("de: O'Brien", (("o'brien", "o'briens"),)),
        ("fr: État", (("etat", "etats", "état", "états"),)),
        ("ru: самолёт", (("самолет", "самолетом"),)),
        ("pl: F-16", (("f",), ("16",))),
        ("de: F-16", (("f",), ("16", "16s"))),
        ("en: A320", (("a320", "a320s"),)),
        ("en: 1990", (("1990",),)),
        ("AT&T", (("at&t",),)),
        ("ja: 首相", (("首相",),)),
    ],
)
def test_each_word_of_a_term_has_its_forms(text: str, meant: tuple[tuple[str, ...], ...]) -> None:
    assert words(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("de: *manöver", ("*manöver", "*manövern")),
        ("de: *Gipfel", ("*gipfel", "*gipfeln", "*gipfels")),
        ("de: Gipfel*", ("gipfel*",)),
        ("de: *gipfel*", ("*gipfel*",)),
        ("de: Land*", ("land*", "länder")),
        ("de: *Land*", ("*land*", "*länder")),
        ("=Gipfel*", ("gipfel*",)),
        ("de: G?pfel", ("g?pfel",)),
        ("de: G?pfel*", ("g?pfel*",)),
    ],
)
def test_the_fixed_part_beside_a_star_is_inflected_and_one_with_a_question_mark_is_not(text: str, meant: tuple[str, ...]) -> None:
    assert words(text) == (tuple(sorted(set(meant))),)


def test_an_untagged_term_hits_as_it_is_written_everywhere_and_in_its_forms_in_the_languages_that_have_its_word() -> None:
    assert shaped("gas") == (Shape(term="gas", words=(("gas",),)), Shape(term="gas", words=(("gases",),), language="en"))


def test_an_untagged_phrase_takes_the_forms_of_one_language_at_a_time() -> None:
    assert shaped("gas Gipfel") == (
        Shape(term="gas Gipfel", words=(("gas",), ("gipfel",))),
        Shape(term="gas Gipfel", words=(("gas",), ("gipfel", "gipfeln", "gipfels")), language="de"),
        Shape(term="gas Gipfel", words=(("gas", "gases"), ("gipfel",)), language="en"),
    )


def test_forms_of_a_name_that_its_language_does_not_have_hit_only_where_the_language_is_known() -> None:
    assert shaped("Quarnow")[1:] == (Shape(term="Quarnow", words=(("quarnows",),), language="de", never=("",)),)


def test_a_word_that_no_dictionary_has_takes_the_forms_of_every_language() -> None:
    assert [(shape.language, shape.words) for shape in shaped("Zelby")] == [
        (None, (("zelby",),)),
        ("de", (("zelbys",),)),
        ("pl", (("zelby'ego",),)),
    ]


@pytest.mark.parametrize(
    ("rival", "rest"),
    [
        ("en: Gas", [(None, ("en",))]),
        ("en: =Gas", [(None, ("", "en"))]),
        ("de: Gas", [(None, ("de",)), ("en", ())]),
        ("de: =Gas", [(None, ("", "de")), ("en", ("",))]),
    ],
)
def test_with_an_untagged_term_its_forms_are_replaced(rival: str, rest: list[tuple[str | None, tuple[str, ...]]]) -> None:
    *found, _ = shaped("gas", rival)

    assert [(shape.language, shape.never) for shape in found] == rest


def test_a_tagged_term_takes_the_forms_of_its_language_whether_it_has_the_word_or_not() -> None:
    assert shaped("pl: gas") == (Shape(term="pl: gas", words=(("gas", "gasem"),), language="pl"),)


def test_forms_that_fold_to_no_single_word_are_dropped() -> None:
    assert words("de: ab") == (("ab",),)


def test_a_form_in_one_case_names_its_spelling() -> None:
    assert shaped("it: ==Nato-Gipfel") == (
        Shape(term="it: ==Nato-Gipfel", words=(("nato",), ("gipfel",)), language="it", cased="Nato Gipfel"),
    )


def test_a_regular_expression_stays_as_it_is_and_is_cased_without_its_flag() -> None:
    assert shaped("/F-?16/", "en: /f-?16/i") == (
        Shape(term="/F-?16/", pattern="F-?16", cased="F-?16"),
        Shape(term="en: /f-?16/i", pattern="f-?16", language="en"),
    )


def test_a_shape_keeps_the_days_of_its_term() -> None:
    dated = Term(text="Stoltenberg", since=date(2014, 10, 1), until=date(2024, 10, 1))

    (shape,) = shapes([dated], Forms(LANGUAGES, KNOWN))

    assert (shape.term, shape.since, shape.until) == ("Stoltenberg", date(2014, 10, 1), date(2024, 10, 1))


@pytest.mark.parametrize(
    ("texts", "never"),
    [
        (("NATO", "it: ==NATO"), ("", "it")),
        (("NATO", "it: =nato"), ("", "it")),
        (("NATO", "it: NATO"), ("it",)),
        (("=NATO", "it: NATO"), ("it",)),
        (("==NATO", "it: =NATO"), ("it",)),
        (("NATO", "it: NATO", "pl: ==Nato"), ("", "it", "pl")),
        (("NATO", "it: NATO*"), ()),
        (("NATO", "it: OTAN"), ()),
        (("it: NATO", "it: ==NATO"), ()),
    ],
)
def test_in_its_language_a_tagged_term_replaces_an_untagged_one_and_the_stricter_stands_where_it_is_unknown(
    texts: tuple[str, ...], never: tuple[str, ...]
) -> None:
    first, *others = shaped(*texts)

    assert first.never == never
    assert not any(shape.never for shape in others)


def test_a_term_of_some_years_replaces_no_other() -> None:
    dated = Term(text="NATO", language="it", exact=True, cased=True, until=date(2024, 10, 1))

    assert shapes([Term(text="NATO"), dated], Forms(LANGUAGES, KNOWN))[0].never == ()


def test_a_term_that_is_listed_twice_has_one_shape() -> None:
    assert len(shaped("Gas", "Gas")) == 1


def test_a_country_has_a_shape_for_each_of_its_names_in_the_language_of_the_name() -> None:
    found = country("RU", "name", "adjective")

    assert {shape.term for shape in found} == {"country: RU"}
    assert {shape.language for shape in found} == set(LANGUAGES)
    assert spelled(found, "de") >= {"russland", "russisch"}
    assert spelled(found, "pl") >= {"rosja", "rosyjski"}


def test_a_part_of_a_country_is_found_only_where_it_is_asked_for() -> None:
    assert "moskau" not in spelled(country("RU", "name"), "de")
    assert "moskau" in spelled(country("RU", "capital"), "de")


def test_a_name_that_is_a_common_word_needs_its_capital_and_one_in_capitals_its_spelling() -> None:
    turkey = next(shape for shape in country("TR", "name") if ("turkey" in shape.words[0]) and shape.language == "en")
    kingdom = next(shape for shape in country("GB", "name") if shape.words == (("uk",),) and shape.language == "en")

    assert (turkey.capital, turkey.cased) == (True, None)
    assert (kingdom.capital, kingdom.cased) == (True, "UK")


def test_the_words_whose_forms_are_wanted_are_those_that_can_have_some() -> None:
    found = wanted([term(text) for text in ("de: Nato-Gipfel*", "=Rat", "/x/", "*manöver", "F-16", "G?s")], ("de", "en"))

    assert found == {("de", "Nato"), ("de", "Gipfel"), ("de", "manöver"), ("de", "Manöver"), ("en", "manöver")}


@given(st.text(st.one_of(st.characters(), st.sampled_from("NatoНАТОё =*?'- ")), min_size=1))
def test_every_form_is_one_folded_word_and_what_is_used_was_asked_for(text: str) -> None:
    try:
        read = term(text)
    except BadTerm:
        return
    asked: set[Word] = set(wanted([read], LANGUAGES))
    found = [forms for shape in shapes([read], Forms(LANGUAGES, Recorded(asked))) for forms in shape.words]

    assert all(forms and list(forms) == sorted(set(forms)) for forms in found)
    assert all(form.split() == [form] for forms in found for form in forms)


class Recorded(dict[Word, Inflected]):
    """Of the words that were asked for; another one is a mistake."""

    def __init__(self, words: Collection[Word]) -> None:
        super().__init__({word: Written(forms=frozenset({word[1], f"{word[1]}s"})) for word in words})

    def get(self, word: Word, default: object = None) -> Inflected:
        return self[word]


def country(code: str, *parts: str) -> tuple[Shape, ...]:
    macro = Term(text=code, kind=TermKind.COUNTRY, parts=parts)
    return shapes([macro], Forms(LANGUAGES, no_forms(wanted([macro], LANGUAGES))))


def spelled(found: Collection[Shape], language: str) -> set[str]:
    return {form for shape in found if shape.language == language for forms in shape.words for form in forms}


def test_the_endings_of_an_abbreviation_hit_in_their_own_language_alone() -> None:
    known = {("en", "NATO"): Written(forms=frozenset({"NATO", "NATOs"})), ("de", "NATO"): Written(forms=frozenset({"NATO"}))}

    found = shapes([term("NATO")], Forms(LANGUAGES, known))

    assert [(shape.language, shape.words) for shape in found] == [(None, (("nato",),)), ("en", (("natos",),))]


def test_a_model_has_a_plural_in_its_own_languages_alone() -> None:
    assert [(shape.language, shape.words) for shape in shaped("F-16")] == [
        (None, (("f",), ("16",))),
        ("de", (("f",), ("16", "16s"))),
        ("en", (("f",), ("16", "16s"))),
    ]
