"""Terms as a topic file spells them: what is read, what is refused and why, and back again."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.topic import Term, TermKind
from topics.fold import fold
from topics.terms import BadTerm, label, term, words, written

SPELLED = st.text(st.one_of(st.characters(), st.sampled_from("NatoНАТО =*?/:-'i(){}")))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("NATO", Term(text="NATO")),
        ("de: Kreml", Term(text="Kreml", language="de")),
        ("=Rat", Term(text="Rat", exact=True)),
        ("==US", Term(text="US", exact=True, cased=True)),
        ("it: ==NATO", Term(text="NATO", language="it", exact=True, cased=True)),
        ("Sanktion*", Term(text="Sanktion*")),
        ("de: *manöver*", Term(text="*manöver*", language="de")),
        ("*bein bruch*", Term(text="*bein bruch*")),
        ("=Nato*", Term(text="Nato*", exact=True)),
        ("Gr?ze", Term(text="Gr?ze")),
        ("natural gas", Term(text="natural gas")),
        ("/F-?16s?/", Term(text="F-?16s?", kind=TermKind.PATTERN, cased=True)),
        ("en: /f-?16s?/i", Term(text="f-?16s?", kind=TermKind.PATTERN, language="en")),
        ("/a/b/", Term(text="a/b", kind=TermKind.PATTERN, cased=True)),
    ],
)
def test_a_term_is_read(text: str, meant: Term) -> None:
    assert term(text) == meant


@pytest.mark.parametrize(
    ("text", "problem", "fix"),
    [
        ("===Gas", "more than two =", "==Form"),
        ("= =Gas", "more than two =", "==Form"),
        ("DE: Gas", "small letters", "Write de: Gas"),
        ("ger: Gas", "a language is two letters", "Write ge: Gas"),
        ("de-AT: Gas", "a language is two letters", "Write de: Gas"),
        ("==de: Gas", "the language stands first", "Write de: ==Gas"),
        ("de: --", "no letter and no digit", "Write a word"),
        ("*", "no letter and no digit", "Write a word"),
        ("US*", "at least 3 letters must stand beside *", "Write more"),
        ("Gas *", "at least 3 letters must stand beside *", "Write more"),
        ("Gas ?", "a letter must stand beside ?", "Write more"),
        ("Na*to", "* stands inside of a word", "at an end"),
        ("Nato**", "* stands inside of a word", "at an end"),
        ("==Nato*", "== names one spelling", "regular expression"),
        ("==G?s", "== names one spelling", "regular expression"),
        ("/gas", "no / ends it", "/regular expression/"),
        ("/gas/gi", "no flag 'gi'", "i alone"),
        ("=/gas/", "takes no =", "/.../i"),
        ("/ga(s/", "missing )", "Correct it here"),
        ("/(?a)(?u)b/", "no regular expression", "Write it more plainly"),
        ("/(gas)?/", "matches where nothing stands", "at least one letter"),
        (r"/\b/", "matches where nothing stands", "at least one letter"),
        ("/((a{1000}){1000}){1000}/", "too large", "smaller numbers"),
        (f"/{'a' * 1001}/", "too large", "shorter"),
        (f"/{'(' * 450}a{')' * 450}/", "no regular expression", "more plainly"),
    ],
)
def test_a_term_that_cannot_be_meant_is_refused_with_a_fix(text: str, problem: str, fix: str) -> None:
    with pytest.raises(BadTerm) as caught:
        term(text)

    assert problem in caught.value.problem
    assert fix in caught.value.fix


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(a|aa)+$", "(a|a?)+b", "(.*?,){11}P", "(x+x+)+y", "([a-z]+)*=", "([^,]+,?)*x", r"(?:\p{L}+)+\d", r"(?:\w+\s*)+!"]
)
def test_a_regular_expression_that_takes_long_on_a_text_of_its_own_signs_is_refused(pattern: str) -> None:
    with pytest.raises(BadTerm) as caught:
        term(f"/{pattern}/")

    assert caught.value.problem == "this regular expression takes too long"
    assert "without repetition in repetition" in caught.value.fix


@pytest.mark.parametrize(
    "pattern",
    ["F-?16s?", r"\bNato\w*", r"Nato.*Russland.*Kris[ei]", r"(?:\w+ ){0,9}Nato", r"(?:war|conflict)\W+(?:\w+\W+){0,5}threat", "[a-z]+[=:]"],
)
def test_a_usual_regular_expression_is_read(pattern: str) -> None:
    assert term(f"/{pattern}/").text == pattern


def test_a_broken_regular_expression_is_refused_at_its_character() -> None:
    with pytest.raises(BadTerm) as caught:
        term("en: /gas[a-/")

    assert caught.value.offset == len("en: /gas[a-")


@pytest.mark.parametrize(
    ("meant", "text"),
    [
        (Term(text="RU", kind=TermKind.COUNTRY, parts=("name", "adjective", "people")), "country: RU"),
        (Term(text="RU", kind=TermKind.COUNTRY, parts=("capital", "seat")), "{country: RU, parts: [capital, seat]}"),
    ],
)
def test_a_country_is_written_with_its_parts_where_they_are_its_own(meant: Term, text: str) -> None:
    assert written(meant) == text
    assert label(meant) == "country: RU"


def test_words_are_split_at_spaces_and_hyphens_and_keep_their_case_and_their_ё() -> None:
    assert words("Самолёт  F-16\u00a0об’єднання") == ("Самолёт", "F", "16", "об'єднання")


@given(SPELLED)
@example("Nato \u0345")
def test_words_fold_to_the_words_of_the_folded_text(text: str) -> None:
    assert [*map(fold, words(text))] == fold(text).split()


@given(SPELLED)
def test_a_text_is_refused_or_reads_as_a_term_that_is_written_back(text: str) -> None:
    try:
        read = term(text)
    except BadTerm as error:
        assert error.problem and error.fix
        return
    assert term(written(read)) == read


@given(st.text(st.sampled_from(r"ab1()[]{}*+?|\^$.,:<>=!-pPLRNix"), max_size=20))
def test_any_regular_expression_is_read_or_refused(text: str) -> None:
    try:
        assert term(f"/{text}/i").kind is TermKind.PATTERN
    except BadTerm as error:
        assert error.offset is None or 0 <= error.offset <= len(text) + 3


def test_a_regular_expression_may_hold_any_sign_of_ours() -> None:
    assert re.fullmatch(term(r"/de: =Nato\*?/").text, "de: =Nato*")
