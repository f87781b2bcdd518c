"""Text is text: what nobody should see is gone, what is read stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import text


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\x00b\x1b[31m\x85c", "ab[31mc"),
        ("ab\u202ecod\u2066e", "abcode"),
        ("Ver\xadtei\xaddi\xadgung", "Verteidigung"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("й и\u0306", "й й"),
        ("👩\u200d🚀", "👩\u200d🚀"),
    ],
)
def test_unseen_characters_go(dirty: str, clean: str) -> None:
    """Control, bidi, soft hyphen, zero width, lone surrogates; composed where it can be. Emoji stay whole."""
    assert text.clean(dirty) == clean


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("plain  words", "plain words"),
        ("AT&amp;T &lt;b&gt;", "AT&T <b>"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("NATO<sub>2</sub> <b>for</b>mer", "NATO2 former"),
        ("<script>alert(1)</script>News<style>p{}</style>", "News"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ('<img src="x" onerror="alert(1)">News', "News"),
        ("<!-- hidden -->News", "News"),
        ('<?xml version="1.0" encoding="latin-1"?><p>Über</p>', "Über"),
        ("", ""),
        ("<br/>", ""),
    ],
)
def test_markup_becomes_what_a_reader_sees(markup: str, seen: str) -> None:
    """Tags and scripts go, entities are read, blocks stay apart."""
    assert text.plain(markup, 100) == seen


@given(st.text())
def test_any_text_ends_as_one_clean_line(found: str) -> None:
    """That can be encoded, is short enough, and is not changed by a second cleaning."""
    line = text.line(found, 50)

    assert len(line) <= 50 and line.encode() and "\n" not in line if line else True
    assert text.line(line, 50) == line


@given(st.text(alphabet="aüЖ€😀"), st.integers(0, 40))
def test_a_cut_ends_on_a_character(found: str, limit: int) -> None:
    """And takes as many as fit."""
    kept = text.cut(found, limit)

    assert found.startswith(kept) and len(kept.encode()) <= limit
    assert kept == found or len((kept + found[len(kept)]).encode()) > limit


def test_folding_keeps_words_alone() -> None:
    """So that a headline with other quotes is the same headline."""
    assert text.fold("«НАТО» – und  Moskau!") == "нато und moskau"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One <b>bold</b>\nline</p><ul><li>two<li>three</ul><script>4</script>", "One bold line\n\ntwo\n\nthree"),
        ("One\nline\n \nand another", "One line\n\nand another"),
        ("", ""),
    ],
)
def test_paragraphs_stay_apart(markup: str, expected: str) -> None:
    """Of markup and of plain text."""
    assert text.paragraphs(markup) == expected
