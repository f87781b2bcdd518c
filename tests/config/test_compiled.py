"""Compiled topics: the same as when they are read anew, whoever spoilt the file."""

from pathlib import Path

import pytest

from pipeline.compiled import Compiled
from pipeline.forms import Forms
from schemas.errors import ConfigError

LANGUAGES = ("de",)
GAS = """
topics:
  gas:
    title: Gas
    concepts: {gas: ["de: Gasleitung", {term: Ölpreis, since: 2024-01-01}], sport: [Tor]}
    match: near(gas, gas, 3) or title(gas)
    unless: [sport, {field: title, any: [Fußball]}]
    score: {title: 3, threshold: 2}
"""
TEXTS = {"topics/gas.yaml": GAS}
COMPILED = "topics.compiled.json"


def test_the_next_process_reads_what_this_one_compiled(tmp_path: Path) -> None:
    made = Compiled(tmp_path, LANGUAGES).load(TEXTS)
    (tmp_path / COMPILED).touch()

    assert Compiled(tmp_path, LANGUAGES).load(TEXTS) == made


def test_a_topic_that_was_edited_is_compiled_again(tmp_path: Path) -> None:
    Compiled(tmp_path, LANGUAGES).load(TEXTS)

    (edited,) = Compiled(tmp_path, LANGUAGES).load({"topics/gas.yaml": GAS.replace("title: Gas", "title: Gas and oil")})

    assert edited.title == "Gas and oil"


def test_what_was_compiled_for_other_languages_is_not_taken(tmp_path: Path) -> None:
    word = {"topics/gas.yaml": "topics: {g: {title: G, concepts: {g: [кризис]}, match: g}}"}
    (german,) = Compiled(tmp_path, LANGUAGES).load(word)

    (both,) = Compiled(tmp_path, ("de", "ru")).load(word)

    assert both.digest != german.digest


@pytest.mark.parametrize("spoilt", ["", "x", "a\nb\n[]", "{}"])
def test_a_spoilt_file_is_made_again(tmp_path: Path, spoilt: str) -> None:
    made = Compiled(tmp_path, LANGUAGES).load(TEXTS)
    (tmp_path / COMPILED).write_text(spoilt)

    assert Compiled(tmp_path, LANGUAGES).load(TEXTS) == made


def test_a_file_with_one_letter_changed_is_made_again(tmp_path: Path) -> None:
    made = Compiled(tmp_path, LANGUAGES).load(TEXTS)
    kept = (tmp_path / COMPILED).read_text()
    (tmp_path / COMPILED).write_text(kept.replace("near(", "near ("))

    assert Compiled(tmp_path, LANGUAGES).load(TEXTS) == made


def test_a_mistake_keeps_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        Compiled(tmp_path, LANGUAGES).load({"topics/gas.yaml": "topics: {g: {}}"})

    assert not (tmp_path / COMPILED).exists()


def test_a_word_is_asked_for_once_a_home(tmp_path: Path) -> None:
    asked = Forms(tmp_path)({("de", "Gas")})
    (kept,) = tmp_path.glob("forms-*.db")
    written = kept.read_bytes()

    assert Forms(tmp_path)({("de", "Gas")}) == asked
    assert kept.read_bytes() == written


@pytest.mark.parametrize("spoilt", [b"", b"no database at all, but long enough to be looked at as one" * 10])
def test_spoilt_forms_are_asked_for_again(tmp_path: Path, spoilt: bytes) -> None:
    asked = Forms(tmp_path)({("de", "Gas")})
    (kept,) = tmp_path.glob("forms-*.db")
    kept.write_bytes(spoilt)

    assert Forms(tmp_path)({("de", "Gas")}) == asked


def test_forms_of_an_older_edition_go(tmp_path: Path) -> None:
    (tmp_path / "forms-00000000.db").touch()

    Forms(tmp_path)({("de", "Gas")})

    assert [file.name for file in tmp_path.glob("forms-*.db")] != ["forms-00000000.db"] and len(list(tmp_path.glob("forms-*.db"))) == 1


def test_a_home_that_cannot_be_written_to_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where a folder should be")

    assert Compiled(tmp_path / "home", LANGUAGES).load(TEXTS)
