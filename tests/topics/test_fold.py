"""Folding: what is equal after it, and what stays apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from topics.fold import PARAGRAPH, fold, stands_alone

# characters that fold in every way there is, among all others
ODD = (
    "aAеЁёæŒǽ\u0301\u0308\u00ad\u200b\u200d\ufeff -\n\r\u2010\u2013\u2014\u00a0\u2029ßİΣς'’`´¨½\uff9eか\u3099\u1100\u1161ㄱㅏ\u0345\ufb01…"
)
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
        ("Nato- Treffen", "nato treffen"),
        ("Nato -Treffen", "nato treffen"),
        ("Nato-\nTreffen", "nato treffen"),
        ("Nato\nTreffen", "nato treffen"),
        ("Nato\r\nTreffen", "nato treffen"),
        ("Ver\u00adteidi\u200bgung", "verteidigung"),
        ("объём", "объем"),
        ("Росси\u0301я", "россия"),
        ("l’OTAN", "l'otan"),
        ("об\u02bcєднання", "об'єднання"),
        ("об´єднання", "об'єднання"),
        ("ﬁn", "fin"),
        ("Œuvre, cœur", "oeuvre, coeur"),
        ("Ærø", "aerø"),
        ("end.\n\nStart", f"end.{PARAGRAPH}start"),
        ("end.\n \nStart", f"end.{PARAGRAPH}start"),
        (f"end. {PARAGRAPH} Start", f"end.{PARAGRAPH}start"),
    ],
)
def test_spellings_of_one_word_fold_to_one(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_with_its_case_kept_a_text_folds_in_all_else() -> None:
    assert fold("Ёlka’s\u00adNATO-Rat Œuvre", cased=True) == "Еlka'sNATO Rat Oeuvre"


@given(TEXTS)
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    folded = fold(text)

    assert fold(folded) == folded


@given(TEXTS, TEXTS)
def test_what_a_paragraph_separates_folds_by_itself(before: str, after: str) -> None:
    assert fold(f"{before}\n\nx {after}").endswith(fold(f"x {after}"))


def test_a_character_that_unicode_joins_to_the_one_before_does_not_stand_alone() -> None:
    joining = {pair[1] for code in range(0x110000) if len(pair := unicodedata.normalize("NFD", chr(code))) == 2 and _composes(pair)}

    assert joining
    assert not [character for character in joining if stands_alone(character)]


@pytest.mark.parametrize("dash", [" - ", " \u2013 ", "\u00a0\u2013 ", " -- ", "\n- ", " -\n", " - - ", " \u2014 "])
def test_a_dash_with_white_space_on_both_sides_is_one_between_clauses(dash: str) -> None:
    assert fold(f"Nato{dash}Treffen") == "nato \u2014 treffen"


def test_a_paragraph_ends_whatever_dash_stands_in_it() -> None:
    assert fold("Nato\n - \nTreffen") == f"nato{PARAGRAPH}treffen"


@pytest.mark.parametrize("text", ["Nato — Treffen", "Nato, Treffen", "Nato/Treffen"])
def test_a_dash_between_clauses_and_other_signs_stay(text: str) -> None:
    assert fold(text) == text.casefold()


@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\ud800\udfff"])
def test_half_a_surrogate_pair_becomes_a_sign_that_can_be_written(text: str) -> None:
    assert fold(text).encode()


def _composes(pair: str) -> bool:
    return len(unicodedata.normalize("NFC", pair)) == 1


def test_a_run_of_a_hundred_thousand_spaces_takes_no_time_to_speak_of() -> None:
    assert fold("a" + " " * 100_000 + "b") == "a b"
