"""Our own table of countries: a file a language, a line a country, in it what CLDR does not say."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Part = Literal["name", "adjective", "people", "capital", "seat"]

PARTS: tuple[Part, ...] = ("name", "adjective", "people", "capital", "seat")
_ABSENT_FROM_CLDR = "-"
_AS_THE_ADJECTIVE = "~"
_LONGER = "!"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One text of the table. cased: needs its capital letter; exact: is not inflected."""

    text: str
    cased: bool = False
    exact: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What the table says of one part of a country. longer: names of something else that hold one of the entries."""

    entries: tuple[Entry, ...] = ()
    longer: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A country in one language. alone: CLDR's name is not to be used."""

    cells: Mapping[Part, Cell]
    alone: bool = False


EMPTY = Row(cells={part: Cell() for part in PARTS})


@lru_cache
def rows(language: str) -> Mapping[str, Row]:
    """By country code; empty for a language without a file."""
    path = files(__package__) / "table" / f"{language}.txt"
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(_row(line, language) for line in lines if not line.startswith("#"))


def _row(line: str, language: str) -> tuple[str, Row]:
    code, *columns = (column.strip() for column in line.split("|"))
    texts = [[text.strip() for text in column.split(",") if text.strip()] for column in columns]
    cells = {part: _cell(texts[i] if i < len(texts) else []) for i, part in enumerate(PARTS)}
    if texts[2:] and texts[2] == [_AS_THE_ADJECTIVE]:
        cells["people"] = cells["adjective"]
    return code, Row(cells=cells, alone=_ABSENT_FROM_CLDR in texts[0])


def _cell(texts: list[str]) -> Cell:
    longer = tuple(text.removeprefix(_LONGER) for text in texts if text.startswith(_LONGER))
    entries = tuple(_entry(text) for text in texts if not text.startswith(_LONGER) and text != _ABSENT_FROM_CLDR)
    return Cell(entries=entries, longer=longer)


def _entry(text: str) -> Entry:
    if text.startswith("=="):
        return Entry(text=text[2:], cased=True, exact=True)
    if text.startswith("="):
        return Entry(text=text[1:], exact=True)
    return Entry(text=text.removeprefix("^"), cased=text.startswith("^"))
