"""Folding: what is equal after it, and that every place finds its way back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from topics.fold import PARAGRAPH, fold, offsets

# characters that fold in every way there is, among all others
ODD = "aAеЁё\u0301\u0308\u00ad\u200b\u200d\ufeff -\n\r\u2010\u2013\u2014\u00a0\u2029ßİΣς'’`´¨½\uff9eか\u3099\u1100\u1161ㄱㅏ\u0345\ufb01…"
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(ODD)))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Österreich", "österreich"),
        ("O\u0308sterreich", "österreich"),
        ("НАТО", "нато"),
        ("Straße", "strasse"),
        ("Nato-Treffen", "nato treffen"),
        ("Nato\u2011Treffen", "nato treffen"),
        ("NATO\u2013Russia", "nato russia"),
        ("Nato\u00a0 -  Treffen", "nato treffen"),
        ("Nato\nTreffen", "nato treffen"),
        ("Nato\r\nTreffen", "nato treffen"),
        ("Ver\u00adteidi\u200bgung", "verteidigung"),
        ("объём", "объем"),
        ("Росси\u0301я", "россия"),
        ("l’OTAN", "l'otan"),
        ("об\u02bcєднання", "об'єднання"),
        ("об´єднання", "об'єднання"),
        ("ﬁn", "fin"),
        ("end.\n\nStart", f"end.{PARAGRAPH}start"),
        ("end.\n \nStart", f"end.{PARAGRAPH}start"),
        (f"end. {PARAGRAPH} Start", f"end.{PARAGRAPH}start"),
    ],
)
def test_spellings_of_one_word_fold_to_one(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_with_its_case_kept_a_text_folds_in_all_else() -> None:
    assert fold("Ёlka’s\u00adNATO-Rat", cased=True) == "Еlka'sNATO Rat"


@given(TEXTS)
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    folded = fold(text)

    assert fold(folded) == folded


@given(TEXTS)
def test_every_folded_character_has_a_place_in_the_text_and_they_stand_in_order(text: str) -> None:
    places = offsets(text)

    assert len(places) == len(fold(text)) + 1
    assert all(a <= b for a, b in pairwise(places))
    assert places[-1] == len(text)


@given(TEXTS, TEXTS)
def test_a_word_between_spaces_is_found_where_it_stands(before: str, after: str) -> None:
    text = f"{before} Straßenfest {after}"
    start = fold(text).index("strassenfest")

    places = offsets(text)

    assert fold(text[places[start] : places[start + len("strassenfest")]]).startswith("strassenfest")


def test_a_run_of_a_hundred_thousand_spaces_takes_no_time_to_speak_of() -> None:
    assert fold("a" + " " * 100_000 + "b") == "a b"
