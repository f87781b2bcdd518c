"""The operators of EXTRA as `match` writes them."""

from typing import Any

import pytest
from ruamel.yaml import YAML

from topics.importing import imported
from topics.importing.query import Refused


def topic(query: str) -> dict[str, Any]:
    found = imported(query, "extra", topic_id="t", title="T", language="en")
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(found.yaml)["topics"]["t"]
    return loaded


@pytest.mark.parametrize(
    ("query", "match"),
    [
        ('(title any "a b")', "title(a)"),
        ('(body = "a")', "lead(a) or body(a)"),
        ('(subtitle adj "a b")', "lead(a)"),
        ('(text_content all "a b")', "a and b"),
        ('("a")', "a"),
        ('("a b")', "a and b"),
        ('(and ("a") (not ("b") (title = "c")))', "a and not (b or title(c))"),
        ('(or ("a") (and ("b") ("c")))', "a or (b and c)"),
        ('(or/count>2 (title = "a") ("b"))', "at_least(3, title(a) or b)"),
        ('(or/count<2 ("a"))', "a and not at_least(2, a)"),
        ('(or/countunique>1 (title = "a") ("b") ("c"))', "different(2, title(a) or b)"),
        ('(or/countunique>1 (text_content any "a b") ("c"))', "a and c"),
        ('(or/countunique>1 ("a") ("b") (and ("c") ("d")))', "(c and d and a) or different(2, a)"),
        ('(or/countunique>1 (title = "a") (body = "a"))', "(lead(a) or body(a)) and title(a)"),
        ('(or/countunique>=2 (text_content any "a b"))', "different(2, a)"),
        ('(prox/unit=word/distance<3 ("a") ("b"))', "near(a, b, 2)"),
        ('(prox/unit=word/distance<=3/ordered (or (title = "a") ("b")) ("c"))', "before(title(a) or b, c, 3)"),
        ('(prox/ordered ("a") ("b"))', "before(a, b, 9999)"),
        ('(prox/unit=sentence/distance=1 ("a") (or ("b") ("c")))', "same_sentence(a, b)"),
        ('(prox/unit=sentence/distance>1 ("a") ("b"))', "a and not same_sentence(a, b)"),
        ('(prox/unit=word/distance>3 ("a") ("b"))', "a and not near(a, b, 3)"),
    ],
)
def test_an_operator_is_written_as_match(query: str, match: str) -> None:
    assert topic(query)["match"] == match


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ('(title = "abc")', "=abc"),
        ('(title any/stemming "abc")', "en: abc"),
        ('(title adj "abc de*")', r"/\babc[\s-]+de\w*\b/i"),
        ('(title adj "abc def*")', "=abc def*"),
        ('(title any/literal "a.b.")', "=a.b."),
        ('(title any/casesensitive "Abc")', "==Abc"),
        (r'(title adj/regexp "\d+ ?abc")', r"/\d+ ?abc/i"),
        ('(prox/unit=word/distance>0 (title any "abc") (title adj "the abc"))', r"/(?!(?<=\bthe[\s-]+)abc\b)\babc\b/i"),
    ],
)
def test_a_word_is_written_as_a_term(query: str, term: str) -> None:
    assert [*topic(query)["concepts"].values()] == [[term]]


@pytest.mark.parametrize(
    ("query", "offset", "word"),
    [
        ("", 0, "no rule"),
        ('(and ("a")', 10, "no rule"),
        ('(slugline = "a")', 1, "slugline"),
        ('(title within "a b")', 7, "within"),
        ('(title any/fuzzy "a")', 10, "fuzzy"),
        ('(xor ("a") ("b"))', 1, "xor"),
        ('(or/count>=2 ("a") (and ("b") ("c")))', 1, "words only"),
        ('(or/count=2 ("a"))', 1, "counts by"),
        ('(or/countunique>4 ("a") ("b"))', 1, "wanted of 2"),
        ('(prox/unit=paragraph/distance=1 ("a") ("b"))', 1, "measures"),
        ('(prox/unit=sentence/distance<=3 ("a") ("b"))', 1, "distance"),
        ('(prox/unit=word/distance<=3 ("a") ("b") ("c"))', 1, "two clauses"),
        ('(prox/unit=word/distance<=3 (not ("a")) ("b"))', 1, "takes words"),
        ('(prox/unit=word/distance<=3 (prox/unit=word/distance<=3 ("a") ("b")) ("c"))', 1, "takes words"),
        ('(prox/unit=word/distance>0 (title any/stemming "a") (title adj "a b"))', 1, "unstemmed"),
    ],
)
def test_what_extra_says_and_a_topic_cannot_is_refused(query: str, offset: int, word: str) -> None:
    with pytest.raises(Refused) as refused:
        imported(query, "extra", topic_id="t", title="T")

    assert (refused.value.offset, word in refused.value.problem, bool(refused.value.fix)) == (offset, True, True)


def test_too_many_combinations_of_clauses_are_refused() -> None:
    clauses = " ".join(f'(text_content any "a{number} b{number}")' for number in range(40))
    with pytest.raises(Refused, match="too many combinations"):
        imported(f"(or/countunique>3 {clauses})", "extra", topic_id="t", title="T")
