"""A whole text folded at once: the same as folding says, each place finds its way back, and words are known."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from topics.fold import PARAGRAPH, fold
from topics.folded import Folded

# characters that fold in every way there is, among all others
ODD = (
    "aAеЁё\u0301\u0308\u0345\u00ad\u200b\u200d\u034f\ufeff -\n\r\u2010\u2013\u2014\u00a0\u2028\u2029\x1c\x85ßİΣςŉ'’`´¨\u00af½\uff9eか\u3099"
    "\u1100\u1161\u11a8가ㄱㅏ\uffa1\uffc2\ufb01\ufdfa…\u0903\u093fनि\u0e33กا\u064eآأ\u0640شב\u05bcא\u202eb'єобæŒǽ\ud800\udc00\x00\U0001f600\ufe0f"
)
TEXTS = st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from(ODD), st.sampled_from(ODD)))


@given(TEXTS)
def test_it_is_what_folding_says(text: str) -> None:
    assert Folded(text).text == fold(text)


@pytest.mark.parametrize(
    "text", ["", "\n\n", " \u0301", "\u0301a", "\ud800", "\u1100\u1161\u11a8", "\u0644\u064e\u0627", "\ufdfa", "a\u0345\u0301", "-\u0301-"]
)
def test_the_smallest_texts_are_what_folding_says(text: str) -> None:
    assert Folded(text).text == fold(text)


@given(TEXTS)
def test_every_character_of_it_comes_from_somewhere_and_in_order(text: str) -> None:
    folded = Folded(text)
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[0] <= b[0] for a, b in pairwise(spans))


@given(TEXTS, st.sampled_from(["Straßenfest", "об’єднання", "Ver\u00adteidi\u00adgung", "O\u0308sterreich", "ﬁn", "Ёлка", "東京"]), TEXTS)
def test_a_word_points_at_text_that_folds_to_it(before: str, word: str, after: str) -> None:
    text = f"{before} {word} {after}"
    folded, form = Folded(text), fold(word)

    places = [at for at in range(len(folded.text)) if folded.text.startswith(form, at)]

    assert places
    for at in places:
        start, end = folded.span(at, at + len(form))
        assert form in fold(text[start:end])


@given(TEXTS)
def test_what_covers_a_part_of_the_source_shows_the_whole_of_it(text: str) -> None:
    folded = Folded(text)

    for start in range(len(text)):
        first, last = folded.covering(start, start + 1)
        if first < last:
            assert folded.span(first, last)[0] <= start


def words(text: str) -> list[str]:
    """The words of a text, and the signs between."""
    folded = Folded(text)
    starts = [at for at in range(len(folded.text)) if not folded.inside[at]]
    return [part for start, end in pairwise([*starts, len(folded.text)]) if (part := folded.text[start:end]) != " "]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Nato-Treffen", ["nato", "treffen"]),
        ("l’OTAN", ["l", "'", "otan"]),
        ("об’єднання", ["об'єднання"]),
        ("об’Nato", ["об", "'", "nato"]),
        ("AT&T", ["at", "&", "t"]),
        ("a_b1", ["a_b1"]),
        ("नाटो की", ["नाटो", "की"]),
        ("東京で", ["東", "京", "で"]),
        ("Nato東京", ["nato", "東", "京"]),
        ("서울에서", ["서울에서"]),
        ("การเมือง", list("การเมือง")),
        ("وزارة", ["وزارة"]),
        (f"a{PARAGRAPH}b", ["a", PARAGRAPH, "b"]),
    ],
)
def test_a_word_runs_on_over_letters_of_scripts_that_put_spaces_between_words(text: str, parts: list[str]) -> None:
    assert words(text) == parts


def test_no_word_runs_on_over_the_ends() -> None:
    folded = Folded("Nato")

    assert (folded.inside[0], folded.inside[-1], len(folded.inside)) == (0, 0, 5)


@pytest.mark.parametrize(("start", "end", "word"), [(6, 8, "senator"), (0, 3, "der"), (4, 11, "senator"), (2, 5, "der senator")])
def test_the_word_around_a_part_is_the_whole_of_it(start: int, end: int, word: str) -> None:
    folded = Folded("Der Senator spricht")

    assert folded.text[slice(*folded.word(start, end))] == word


def test_words_are_numbered_in_their_order_and_a_sign_has_the_number_of_the_word_before() -> None:
    folded = Folded("Die Nato-Länder, 東京")

    assert [folded.token(at) for at in range(len(folded.text))] == [1] * 4 + [2] * 5 + [3] * 8 + [4, 5]


def hundred_thousand(*parts: str) -> str:
    return "".join(parts) * (100_000 // len("".join(parts)))


@pytest.mark.parametrize("parts", [("\u0315\u0300",), ("a\u0301",), ("ß",), (" ", "\u0301"), ("\n",), ("a", " - "), ("'",), ("\u1161",)])
def test_no_text_takes_long(parts: tuple[str, ...]) -> None:
    text = hundred_thousand(*parts)
    before = time.process_time()

    folded = Folded(text)

    assert len(folded.inside) == len(folded.text) + 1
    assert time.process_time() - before < 2
