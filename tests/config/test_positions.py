"""YAML with positions: the right value, or the right place of what is wrong."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import ConfigError
from schemas.positions import Node, parse, suggestion
from tests.config.refusals import refused


def value(text: str) -> Node:
    return parse(text, "file.yaml").fields(("a",))["a"]


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("a: [1, 2", 1, 9, "line 1"),
        ("a:\n\tb: 1", 2, 1, "tab"),
        ("a: 1\n b: 2", 2, 3, "mapping values"),
        ("a: *gipfel", 1, 4, "quotes"),
        ("a: @x", 1, 4, "quotes"),
        ("a: 1\nb: \x01", 2, 4, "U+0001"),
        ("a: 'x\n", 2, 1, "begins in line 1"),
        ("a: 1\n---\nb: 2", 2, 1, "second document"),
        ("[" * 1000, 1, 1, "nested"),
    ],
)
def test_what_is_no_yaml_is_refused_where_it_breaks(text: str, line: int, column: int, word: str) -> None:
    with refused(line, column, "file.yaml", word):
        parse(text, "file.yaml")


def test_an_unknown_key_is_refused_with_the_nearest_and_all_known_ones() -> None:
    with refused(2, 3, "no key 'evry'", "Did you mean every?", "url, every"):
        value("a:\n  evry: 5m").fields(("url",), ("every",))


def test_a_missing_key_is_named() -> None:
    with refused(2, 3, "key 'url' is missing"):
        value("a:\n  every: 5m").fields(("url",), ("every",))


def test_an_empty_file_misses_its_first_key() -> None:
    with refused(1, 1, "key 'a' is missing"):
        value("# nothing yet\n")


def test_a_key_written_twice_is_refused_at_its_second_line() -> None:
    with refused(3, 1, "twice", "line 1"):
        parse("a: 1\nb: 2\na: 3", "file.yaml").fields(("a",), ("b",))


def test_a_list_where_text_is_wanted_is_refused() -> None:
    with refused(1, 4, "text is wanted here, not a list"):
        value("a: [b]").text()


def test_text_where_a_list_is_wanted_is_refused() -> None:
    with refused(1, 4, "a list is wanted here, not text"):
        value("a: b").items()


def test_text_where_a_map_is_wanted_is_refused() -> None:
    with refused(1, 4, "a map is wanted here, not text"):
        value("a: b").entries()


def test_true_and_false_are_no_text() -> None:
    with refused(1, 4, "not true or false", "quotes"):
        value("a: true").text()


def test_a_key_without_a_value_is_refused_where_the_key_stands() -> None:
    with refused(1, 1, "not nothing"):
        value("a:\n").text()


def test_empty_text_is_refused() -> None:
    with refused(1, 4, "empty"):
        value("a: ' '").text()


def test_half_a_character_is_refused() -> None:
    with refused(1, 4, "\\uD800 is half a character"):
        value('a: "x\\uD800"').text()


def test_nothing_at_all_is_an_empty_list_and_an_empty_map() -> None:
    assert value("a:").items() == ()
    assert value("a:").entries() == ()


@pytest.mark.parametrize(("text", "meant"), [("2024", "2024"), ("007", "007"), ("no", "no"), ("2021-10-22", "2021-10-22"), ("=", "=")])
def test_text_is_what_was_written_whatever_yaml_takes_it_for(text: str, meant: str) -> None:
    assert value(f"a: {text}").text() == meant


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("30s", timedelta(seconds=30)),
        ("15m", timedelta(minutes=15)),
        ("6h", timedelta(hours=6)),
        ("2d", timedelta(days=2)),
        ("0", timedelta(0)),
    ],
)
def test_a_duration_is_a_number_and_its_unit(text: str, length: timedelta) -> None:
    assert value(f"a: {text}").duration() == length


@pytest.mark.parametrize("text", ["15", "m", "1.5h", "-5m", "1w", "15 minutes", "٣m", "9999999d"])
def test_a_duration_without_number_or_unit_is_refused(text: str) -> None:
    with refused(1, 4, "length of time", "15m"):
        value(f"a: {text}").duration()


def test_a_duration_below_the_least_is_refused() -> None:
    with refused(1, 4, "too short", "60s"):
        value("a: 5s").duration(least=timedelta(minutes=1))


@pytest.mark.parametrize(
    "text", ["http://example.org/feed.xml", "https://example.org:8080/?a=b", "http://[::1]:8000/x", "http://пример.рф/x"]
)
def test_an_address_is_taken_as_written(text: str) -> None:
    assert value(f'a: "{text}"').url() == text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("example.org/feed", "no http or https"),
        ("ftp://example.org", "no http or https"),
        ("http://", "no address"),
        ("http://[::1", "no address"),
        ("http://a:99999/", "no address"),
        ("http://a b/", "no address"),
        ("https://${HOST}/x", "variable"),
    ],
)
def test_an_address_that_is_none_is_refused(text: str, word: str) -> None:
    with refused(1, 4, word):
        value(f'a: "{text}"').url()


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ConfigError) as caught:
        value("a: https://me:hunter2@example.org/").url()

    assert "password" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_name_is_small_letters_digits_and_hyphens() -> None:
    assert value("a: bbc-2").identifier() == "bbc-2"
    with refused(1, 4, "'Bbc_2'"):
        value("a: Bbc_2").identifier()


def test_of_many_known_names_a_dozen_is_listed() -> None:
    fix = suggestion("x", [f"feed-{i}" for i in range(20)])

    assert fix.endswith("feed-11 and 8 more")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: one two", 1, 8),
        ("a: 'it''s two'", 1, 11),
        ('a: "\\u00e9\\n \\"e two"', 1, 18),
        ("a: |\n    one\n    two", 3, 5),
        ("a: >  # folded\n  one\n\n   two", 4, 4),
        ("a: one\n     two", 2, 6),
        ("a: 'one\n\n  two'", 3, 3),
        ('\ufeffa: "one\\\n  two"', 2, 3),
        ("x: 1\r\na: one two", 2, 8),
    ],
)
def test_a_character_of_a_text_has_its_place_in_the_file(text: str, line: int, column: int) -> None:
    node = parse(text, "file.yaml").fields(("a",), ("x",))["a"]

    error = node.wrong("wrong", "fix", node.text().index("two"))

    assert (error.line, error.column) == (line, column)


def test_the_end_of_a_text_is_just_behind_its_last_character() -> None:
    node = value("a: |\n  one and\n\n")

    error = node.wrong("wrong", "fix", len(node.text()))

    assert (error.line, error.column) == (2, 10)


@given(st.text())
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    try:
        parse(text, "file.yaml").fields(("feeds",))
    except ConfigError as error:
        assert error.line >= 1 <= error.column
