"""One entry in a concept's list of terms: text, `{term, since, until}`, `{country, parts}` or `{use}`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from schemas.errors import ConfigError
from schemas.positions import Node
from schemas.topic import Term, TermKind
from topics import countries, terms


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    path: str
    line: int
    column: int

    def wrong(self, problem: str, fix: str) -> ConfigError:
        return ConfigError(self.path, self.line, self.column, problem, fix)


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """All that another concept lists: `name`, or `topic/name`."""

    name: str
    place: Place


def entry(node: Node) -> Term | Use:
    """Raises ConfigError."""
    if node.kind != "map":
        return _text(node)
    keys = [key.text() for key, _ in node.entries()]
    for key in keys:
        if read := _MAPS.get(key):
            return read(node)
    raise _unknown(node, keys)


def place(node: Node) -> Place:
    return Place(path=node.path, line=node.line, column=node.column)


def _text(node: Node) -> Term:
    try:
        return terms.term(node.text())
    except terms.BadTerm as error:
        raise node.wrong(error.problem, error.fix, error.offset) from error


def _dated(node: Node) -> Term:
    fields = node.fields(("term",), ("since", "until"))
    since, until = (_date(fields[name]) if name in fields else None for name in ("since", "until"))
    if since and until and since > until:
        raise fields["until"].wrong(f"until {until} is before since {since}", "Write the earlier day at since")
    return replace(_text(fields["term"]), since=since, until=until)


def _date(node: Node) -> date:
    text = node.text()
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise node.wrong(f"{text!r} is no day", "Write year, month and day: 2024-10-01")


def _country(node: Node) -> Term:
    fields = node.fields(("country",), ("parts",))
    code = fields["country"].text()
    if code not in countries.codes():
        raise fields["country"].wrong(f"there is no country {code!r}", _nearest(code))
    parts = terms.PARTS
    if "parts" in fields:
        named = [item.among(countries.PARTS, "part of a country") for item in fields["parts"].items()]
        parts = tuple(part for part in countries.PARTS if part in named)
        if not parts:
            raise fields["parts"].wrong("the list of parts is empty", f"Write some of {', '.join(countries.PARTS)}, or remove it")
    return Term(text=code, kind=TermKind.COUNTRY, parts=parts)


def _nearest(word: str) -> str:
    """A code is guessed at by its letters, a name, or what somebody takes for a code, by the English names."""
    english = {code: [name.text for name in countries.names(code, countries.PARTS[:1], ("en",))] for code in sorted(countries.codes())}
    by_name = {name.casefold(): code for code, names in english.items() for name in names}
    code = word.upper() if word.upper() in english else by_name.get(word.casefold(), "")
    if not code and (near := get_close_matches(word.casefold(), by_name, 1)):
        code = by_name[near[0]]
    guess = f"Did you mean {code} ({english[code][-1]})? " if code else ""
    return f"{guess}A country is its two capital letters in ISO 3166: {{country: RU}}"


def _use(node: Node) -> Use:
    name = node.fields(("use",))["use"]
    return Use(name=name.text(), place=place(name))


def _unknown(node: Node, keys: list[str]) -> ConfigError:
    if len(keys) == 1 and re.fullmatch(r"=*[A-Za-z]{2,3}", keys[0]):
        value = node.entries()[0][1]
        if value.kind not in ("map", "seq", "null"):
            return node.wrong("a term with a language stands in quotes", f'Write "{keys[0]}: {value.raw.value}"')
    what = f"{{{keys[0]}: ...}} is no term" if keys else "an empty map is no term"
    return node.wrong(what, "Write text, {term: X, until: DATE}, {country: RU} or {use: NAME}")


_MAPS: Mapping[str, Callable[[Node], Term | Use]] = {"term": _dated, "country": _country, "use": _use}
