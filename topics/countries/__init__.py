"""What stands for a country in a text: the names of CLDR, and a table of ours with adjectives, peoples, capitals and seats."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from topics.countries.cldr import codes, places
from topics.countries.derived import derived
from topics.countries.longer import WITHOUT_BOUNDS, is_of_another, longer
from topics.countries.rows import EMPTY, PARTS, Entry, Part, Row, rows
from topics.fold import fold

__all__ = ["PARTS", "Name", "Part", "codes", "names"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A base form. cased: needs its capital letter (Turkey); exact: is not inflected (рф); both: is spelled so alone (US).

    within: longer names of something else that hold it (South America, 马里兰); inside one of these it does not stand for the country.
    """

    language: str
    text: str
    part: Part
    cased: bool = False
    exact: bool = False
    within: tuple[str, ...] = ()


def names(code: str, parts: Collection[Part], languages: Collection[str]) -> tuple[Name, ...]:
    """By language, part and the order of the table. KeyError for a code that CLDR does not know."""
    if code not in codes():
        raise KeyError(code)
    return tuple(name for language in sorted(set(languages)) for part in PARTS if part in parts for name in _names(code, part, language))


def _names(code: str, part: Part, language: str) -> Iterator[Name]:
    row = rows(language).get(code, EMPTY)
    for entry in _distinct(_entries(code, part, language, row)):
        yield Name(
            language=language,
            text=entry.text,
            part=part,
            cased=entry.cased,
            exact=entry.exact,
            within=longer(entry.text, language, code, row),
        )


def _entries(code: str, part: Part, language: str, row: Row) -> Iterator[Entry]:
    given = list(_given(code, part, language, row))
    made = (other for entry in given for other in derived(entry, part, language))
    yield from (*given, *(entry for entry in made if not is_of_another(entry.text, language, code, row)))


def _given(code: str, part: Part, language: str, row: Row) -> Iterator[Entry]:
    """The table's, then CLDR's that it lacks. In Chinese and Japanese a name is its own adjective."""
    yield from row.cells[part].entries
    if part == "name":
        ours = {fold(entry.text) for entry in row.cells[part].entries}  # with what the table asks of them: Turkey, not turkey
        cldr = () if row.alone else places(language).get(code, ())
        yield from (Entry(text=text) for text in cldr if fold(text) not in ours)
    elif language in WITHOUT_BOUNDS and part == "adjective":
        yield from _given(code, "name", language, row)
    elif language in WITHOUT_BOUNDS and part == "people":
        yield from (Entry(text=f"{entry.text}人") for entry in _given(code, "name", language, row))


def _distinct(entries: Iterator[Entry]) -> Iterator[Entry]:
    seen: set[str] = set()
    for entry in entries:
        key = entry.text if entry.exact else fold(entry.text)
        if key not in seen:
            seen.add(key)
            yield entry
