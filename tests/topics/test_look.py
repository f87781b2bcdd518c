"""One shape at one place: stars, question marks, phrases, spelling, and the small words of Arabic."""

from collections.abc import Sequence

import pytest

from schemas.topic import Shape
from topics.folded import Folded
from topics.look import look, scanned


def _forms(words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(word.split("|")) for word in words)


def places(text: str, *words: str, cased: str | None = None, capital: bool = False, within: Sequence[str] = ()) -> list[str]:
    """What the shape hits; each word of it as its forms, separated by |; within: a longer name of something else."""
    longer = (_forms(within),) if within else ()
    shape = Shape(term="t", words=_forms(words), cased=cased, capital=capital, within=longer)
    folded, one = Folded(text), look("x", shape, 0)
    found = {
        place: None
        for part in scanned(one)
        for at in range(len(folded.text))
        if folded.text.startswith(part, at) and (place := one.place(folded, at, at + len(part)))
    }
    return [folded.source[slice(*folded.span(*place))] for place in sorted(found)]


@pytest.mark.parametrize(
    ("form", "text", "hit"),
    [
        ("nato*", "Nato", "Nato"),
        ("nato*", "Natopartner-Rat", "Natopartner"),
        ("nato*", "Senator", None),
        ("*nato", "Supernato", "Supernato"),
        ("*nato", "Supernatos", None),
        ("*nato*", "Senatoren", "Senatoren"),
        ("r?t", "Rat", "Rat"),
        ("r?t", "Rot", "Rot"),
        ("r?t", "R't", None),
        ("r?t", "R t", None),
        ("r?t", "Raat", None),
        ("r?t", "rt", None),
        ("?at", "Rat", "Rat"),
        ("?at", "at", None),
        ("ra?", "Rat", "Rat"),
        ("ra?", "Ra", None),
        ("ra?", "Rats", None),
        ("r??e", "Räte", "Räte"),
        ("?a?a", "mama", "mama"),
        ("r?t*", "Rothaus", "Rothaus"),
        ("*r?t*", "Vorrats", "Vorrats"),
        ("at&t*", "AT&Ts", "AT&Ts"),
        ("*at&t", "BAT&T", "BAT&T"),
        ("首?", "首相", "首相"),
        ("東京*", "東京都", "東京"),
    ],
)
def test_stars_and_question_marks(form: str, text: str, hit: str | None) -> None:
    assert places(text, form) == ([hit] if hit else [])


@pytest.mark.parametrize(
    ("words", "text", "hit"),
    [
        (("nato", "gipfel|gipfels"), "des Nato-Gipfels", "Nato-Gipfels"),
        (("nato*", "gipfel"), "Natoland Gipfel", "Natoland Gipfel"),
        (("nato", "*gipfel*"), "Nato Sondergipfels", "Nato Sondergipfels"),
        (("*manöver", "der", "nato"), "Seemanöver der Nato", "Seemanöver der Nato"),
        (("at&t*", "vorstand"), "AT&Ts Vorstand", "AT&Ts Vorstand"),
        (("vorstand", "von", "at&t*"), "Vorstand von AT&Ts", "Vorstand von AT&Ts"),
        (("l?nd", "wahlen"), "Land-Wahlen", "Land-Wahlen"),
        (("wahlen", "l?nd"), "Wahlen: Land", None),
        (("wahlen", "l?nd"), "Wahlen Land", "Wahlen Land"),
        (("atlantique", "nord"), "de l’Atlantique nord", "Atlantique nord"),
        (("l'atlantique", "nord"), "de l’Atlantique nord", "l’Atlantique nord"),
        (("u.s.", "army"), "the U.S. Army", "U.S. Army"),
        (("nato", "nato"), "Nato Nato", "Nato Nato"),
        (("nato", "gipfel"), "Nato\n\nGipfel", None),
        (("nato", "gipfel"), "Supernato Gipfel", None),
        (("nato", "gipfel"), "Nato Gipfeltreffen", None),
        (("nato", "gipfel"), "Nato", None),
        (("nato", "gipfel"), "Gipfel", None),
    ],
)
def test_a_phrase_is_words_in_a_row_each_in_one_of_its_forms(words: tuple[str, ...], text: str, hit: str | None) -> None:
    assert places(text, *words) == ([hit] if hit else [])


@pytest.mark.parametrize(
    ("form", "text", "hit"),
    [
        ("u.s.", "Die U.S. Navy", "U.S."),
        ("c++", "in C++.", "C++"),
        ("at&t", "bei AT&T.", "AT&T"),
        (".net", "in .NET", ".NET"),
        ("c++", "Vitamin C", None),
        ("at&t", "BAT&T", None),
    ],
)
def test_signs_in_a_word_are_part_of_it(form: str, text: str, hit: str | None) -> None:
    assert places(text, form) == ([hit] if hit else [])


@pytest.mark.parametrize(
    ("cased", "text", "hits"),
    [
        ("US", "us US Us U\u00adS", ["US", "U\u00adS"]),
        ("Us", "us US Us", ["Us"]),
    ],
)
def test_a_cased_shape_has_its_spelling(cased: str, text: str, hits: list[str]) -> None:
    assert places(text, "us", cased=cased) == hits


@pytest.mark.parametrize(
    ("within", "text", "hits"),
    [
        (("south", "america"), "America, South America, SOUTH-AMERICA", ["America"]),
        (("america", "online"), "America Online in America", ["America"]),
        (("south|north", "america", "tour*"), "North America tours, North America", ["America"]),
        (("south", "america"), "South of America", ["America"]),
        (("south", "america"), "South America America", ["America"]),
        (("america",), "America", ["America"]),
        (("new", "southern", "america"), "southern America", ["America"]),
    ],
)
def test_a_shape_hits_in_no_longer_name_of_something_else(within: tuple[str, ...], text: str, hits: list[str]) -> None:
    assert places(text, "america", within=within) == hits


@pytest.mark.parametrize(("text", "hits"), [("马里兰", []), ("在马里", ["马里"]), ("马里和马里兰", ["马里"])])
def test_in_a_script_without_spaces_a_longer_name_stands_around_it(text: str, hits: list[str]) -> None:
    assert places(text, "马里", within=("马里兰",)) == hits


def test_a_shape_with_a_capital_begins_with_one() -> None:
    assert places("turkey TURKEY Turkey tURKEY", "turkey", capital=True) == ["TURKEY", "Turkey"]


@pytest.mark.parametrize(("text", "hit"), [("الناتو", "ناتو"), ("والناتو", "ناتو"), ("بناتو", "ناتو"), ("قناتو", None), ("ناتوي", None)])
def test_in_arabic_small_words_may_be_written_in_front(text: str, hit: str | None) -> None:
    assert places(text, "ناتو") == ([hit] if hit else [])


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("nato",), {"nato": False}),
        (("nato*",), {"nato": True}),
        (("ab?cde",), {"cde": True}),
        (("an", "gipfel*"), {"gipfel": True}),
        (("ناتو",), {"ناتو": True}),
    ],
)
def test_a_text_is_scanned_for_the_longest_word_and_in_the_middle_of_words_where_need_be(
    words: tuple[str, ...], parts: dict[str, bool]
) -> None:
    shape = Shape(term="t", words=_forms(words))

    assert scanned(look("x", shape, 0)) == parts


@pytest.mark.parametrize(
    ("words", "anchor", "behind"),
    [
        (("nato", "gipfeltreffen|gipfeltreffens"), 0, " gi"),
        (("der", "nordatlantische", "vertrag|vertrags"), 1, " ve"),
        (("vertrag", "von|vom", "nordatlantik"), 0, " vo"),
        (("nato", "rat|chef"), 0, ""),
        (("vitamin", "d"), 0, ""),
        (("nato", "об'єднання"), 1, ""),
        (("nato*", "gipfel"), 1, ""),
        (("nato", "*gipfel"), 1, ""),
        (("قمة", "الناتو"), 1, ""),
        (("東京", "大学"), 0, ""),
    ],
)
def test_a_phrase_is_scanned_for_with_the_letters_that_all_forms_of_the_next_word_begin_with(
    words: tuple[str, ...], anchor: int, behind: str
) -> None:
    one = look("x", Shape(term="t", words=_forms(words)), 0)

    assert (one.anchor, one.behind) == (anchor, behind)
