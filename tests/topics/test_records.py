"""A line is an article however little it says; what it says wrongly is named."""

import math
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import codec
from schemas.article import Article, ArticleKind, Block, BlockKind
from tests.topics.articles import article as published
from tests.topics.articles import load
from topics import records
from topics.match import matcher
from topics.records import BadRecord, rows

TOPIC = """
topics:
  gas:
    title: Gas
    concepts: {gas: ["de: Gas", "=LNG"], stop: [Lieferstopp], sport: [Tor]}
    match: gas and stop
    unless: [sport]
    score: {title: 3, threshold: 4}
  at-home:
    title: At home
    concepts: {gas: [Gas]}
    match: gas
    sources: [zeitung]
"""
GAS, AT_HOME = load(TOPIC)


def german(title: str, body: str) -> tuple[str, float]:
    return "de", 0.97


def read(number: int = 1, **fields: Any) -> Article:
    return records.article(orjson.dumps(fields), german, number)


def refused(line: bytes) -> BadRecord:
    with pytest.raises(BadRecord) as caught:
        records.article(line, german, 1)
    return caught.value


def test_a_title_is_enough() -> None:
    assert (read(title="Gas").title, read(title="Gas").body_text) == ("Gas", None)


def test_a_line_without_an_id_has_its_number() -> None:
    assert read(7, title="Gas").article_id == "7"


def test_an_id_may_be_a_number() -> None:
    assert read(title="Gas", id=12).article_id == "12"


def test_a_published_record_keeps_what_decides() -> None:
    record = published("Gas", "Ein Lieferstopp", "Ein Lieferstopp.\n\nMehr", "de", 0.99)

    line = records.article(codec.record(record, record.first_seen_dt).value, german, 1)

    assert [(one.article_id, one.title, one.lead, one.body_text, one.language, one.source_id) for one in (line, record)] == [
        ("a1", "Gas", "Ein Lieferstopp", "Ein Lieferstopp.\n\nMehr", "de", "zeitung")
    ] * 2


def test_kind_and_blocks_are_read() -> None:
    told = read(body_text="Eins\n\nGas", kind="live_blog", blocks=[{"start": 0, "kind": "h"}])

    assert (told.kind, told.blocks) == (ArticleKind.LIVE_BLOG, (Block(start=0, kind=BlockKind.H),))


@pytest.mark.parametrize("absent", [{}, {"language": None}, {"language": ""}])
def test_an_absent_language_is_detected(absent: dict[str, Any]) -> None:
    told = read(title="Gas", **absent)

    assert (told.language, told.language_confidence) == ("de", 0.97)


@pytest.mark.parametrize(("written", "language"), [("fr", "fr"), ("de-AT", "de"), ("pt_BR", "pt"), ("EN", "en"), ("und", None)])
def test_a_language_that_is_named_is_not_detected(written: str, language: str | None) -> None:
    assert read(title="Gas", language=written).language == language


def test_nothing_is_detected_where_nothing_stands() -> None:
    assert read(title=" ").language is None


def test_null_is_absent() -> None:
    assert read(title="Gas", body_text=None, published_dt=None, kind=None).body_text is None


def test_fields_that_are_not_ours_are_passed_over() -> None:
    assert read(title="Gas", url=3, feed="wire", tags="a,b").title == "Gas"


@pytest.mark.parametrize(
    ("line", "field", "fix"),
    [
        ('{"title": 3}', "title", "Write it as text"),
        ('{"title": "x", "body_text": ["x"]}', "body_text", "Write it as text"),
        ('{"title": "x", "published_dt": "2024-10-01"}', "published_dt", "2024-10-01T12:00:00Z"),
        ('{"title": "x", "published_dt": "yesterday"}', "published_dt", "2024-10-01T12:00:00Z"),
        ('{"title": "x", "kind": "blog"}', "kind", "live_blog"),
        ('{"title": "x", "blocks": [{"start": -1, "kind": "h"}]}', "blocks.0.start", '"kind": "h"'),
        ('{"title": "x", "language": "german"}', "language", "two letters"),
        ('{"title": "x", "language": 3}', "language", "two letters"),
        ('{"title": "x", "language": "de", "language_confidence": 3}', "language_confidence", "from 0 to 1"),
        ('{"title": "x", "id": {}}', "id", "in quotes"),
        ('{"title": "x", "id": true}', "id", "in quotes"),
        ('{"text": "x"}', "", "title, lead or body_text"),
        ("[1]", "", '{"title"'),
        ('{"title": ', "", "One JSON object a line".lower()),
        ("", "", "one JSON object a line".lower()),
    ],
)
def test_what_is_wrong_is_named_with_its_field_and_a_fix(line: str, field: str, fix: str) -> None:
    wrong = refused(line.encode())

    assert wrong.field == field
    assert fix.lower() in wrong.fix.lower()


def test_bytes_that_are_no_text_are_refused() -> None:
    assert "no JSON" in refused(b'{"title": "caf\xe9"}').problem


def test_a_byte_order_mark_is_passed_over() -> None:
    assert records.article(b'\xef\xbb\xbf{"title": "Gas"}', german, 1).title == "Gas"


def test_a_match_is_a_row_with_its_evidence_and_its_sum() -> None:
    (row,) = rows(matcher([GAS]), read(title="Gas: Lieferstopp", id="a"))

    assert row | {"evidence": (), "topic_hash": ""} == {
        "id": "a",
        "topic_id": "gas",
        "matched": True,
        "reason": "matched",
        "detail": "",
        "score": 6,
        "threshold": 4,
        "headline_only": True,
        "evidence": (),
        "topic_hash": "",
    }
    assert row["topic_hash"] == GAS.digest
    assert row["evidence"] == [
        {"concept": "gas", "term": "de: Gas", "form": "Gas", "field": "title", "start": 0, "end": 3, "weight": 3},
        {"concept": "stop", "term": "Lieferstopp", "form": "Lieferstopp", "field": "title", "start": 5, "end": 16, "weight": 3},
    ]


def test_what_does_not_match_gives_no_row() -> None:
    assert list(rows(matcher([GAS]), read(title="Ein Tor"))) == []


@pytest.mark.parametrize(
    ("fields", "reason", "detail"),
    [
        ({"title": "Gas"}, "no_match", "stop is not found"),
        ({"title": "Gas: Lieferstopp", "body_text": "Ein Tor"}, "excluded", "sport"),
        ({"body_text": "Gas: Lieferstopp"}, "below_threshold", "= 2, below the threshold 4"),
    ],
)
def test_everything_is_a_row_a_topic_with_what_is_missing(fields: dict[str, Any], reason: str, detail: str) -> None:
    row, _ = rows(matcher([GAS, AT_HOME]), read(**fields), everything=True)

    assert (row["topic_id"], row["matched"], row["reason"]) == ("gas", False, reason)
    assert detail in str(row["detail"])


def test_both_kinds_of_rows_have_the_same_keys() -> None:
    first, second = rows(matcher([GAS, AT_HOME]), read(title="Gas"), everything=True)

    assert (first["matched"], second["matched"]) == (False, True)
    assert list(first) == list(second)


@pytest.mark.parametrize(("source", "matched"), [({"source_id": "zeitung"}, True), ({"source_id": "other"}, False), ({}, True)])
def test_an_article_that_names_no_source_is_of_every_source(source: dict[str, Any], matched: bool) -> None:
    assert bool(list(rows(matcher([AT_HOME]), read(title="Gas", **source)))) == matched


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["id", "article_id", "title", "lead", "body_text", "language", "language_confidence", "published_dt", "kind", "blocks", "source_id"]
)


@given(st.dictionaries(NAMES, JSON))
def test_no_object_gives_anything_but_an_article_or_a_named_error(fields: dict[str, Any]) -> None:
    try:
        told = read(**fields)
    except BadRecord as error:
        assert error.problem
        assert error.fix
    else:
        assert not math.isnan(told.language_confidence or 0)
        assert list(rows(matcher([GAS]), told, everything=True))


@given(st.binary(max_size=40))
def test_no_bytes_give_anything_but_an_article_or_a_named_error(line: bytes) -> None:
    try:
        records.article(line, german, 1)
    except BadRecord as error:
        assert error.fix


@pytest.mark.parametrize("code", ["deu", "ger", "de-AT"])
def test_a_language_of_three_letters_or_with_a_region_is_its_two_letters(code: str) -> None:
    assert read(title="Gas", language=code).language == "de"


def test_a_language_that_has_no_two_letters_is_refused() -> None:
    with pytest.raises(BadRecord, match="no language that topics know"):
        read(title="Gas", language="xyz")
