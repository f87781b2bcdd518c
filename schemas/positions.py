"""YAML text to a tree that knows the line and column of every key and value, with verbs that read it or say what is wrong where."""

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from schemas.errors import ConfigError

_TAG = "tag:yaml.org,2002:"
_WORDED = ("str", "int", "float", "timestamp", "value")  # scalars whose spelling in the file is the text that was meant
_KINDS = {"map": "a map", "seq": "a list", "bool": "true or false", "null": "nothing"}
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_ESCAPED_SPACE = re.compile(r"\\[ntr vf_NLP\t\n]")
_PIECES = {'"': re.compile(r"\\(?:x..|u.{4}|U.{8}|.)|.", re.DOTALL), "'": re.compile(r"''|.", re.DOTALL)}
_HALF = re.compile("[\ud800-\udfff]")
_CHARACTER = re.compile(".", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """One key or value of a file. Every verb raises ConfigError where the value is not what it asks for. Lines and columns count from 1."""

    path: str
    source: str
    raw: Any
    line: int
    column: int

    @property
    def kind(self) -> str:
        """`map`, `seq`, `str`, `int`, `bool`, `null` ...: the YAML tag without its prefix."""
        return str(self.raw.tag).removeprefix(_TAG) if self.raw else "null"

    def wrong(self, problem: str, fix: str, offset: int | None = None) -> ConfigError:
        """The error at this value; offset: at that character of its text."""
        line, column = (self.line, self.column) if offset is None else self._place(offset)
        return ConfigError(self.path, line, column, problem, fix)

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> Mapping[str, "Node"]:
        """A map of the known keys."""
        known, found = [*required, *optional], {}
        for key, value in self.entries():
            name = key.text()
            if name not in known:
                raise key.wrong(f"there is no key {name!r} here", suggestion(name, known))
            found[name] = value
        for name in required:
            if name not in found:
                raise self.wrong(f"key {name!r} is missing", f"Add it: {name}: ...")
        return found

    def entries(self) -> Sequence[tuple["Node", "Node"]]:
        """A map of free keys, in the order of the file. Nothing at all is an empty map."""
        if self.kind == "null":
            return ()
        if not isinstance(self.raw, MappingNode):
            raise self._unlike("a map", "Write key: value lines below it")
        lines: dict[str, int] = {}
        pairs = []
        for raw_key, raw_value in self.raw.value:
            key = self._below(raw_key)
            if (name := key.text()) in lines:
                raise key.wrong(f"key {name!r} is written twice, first in line {lines[name]}", "Keep one of the two")
            lines[name] = key.line
            pairs.append((key, self._below(raw_value, key)))
        return pairs

    def items(self) -> Sequence["Node"]:
        """A list. Nothing at all is an empty list."""
        if self.kind == "null":
            return ()
        if not isinstance(self.raw, SequenceNode):
            raise self._unlike("a list", "Write [a, b], or one line with - for each")
        return [self._below(raw) for raw in self.raw.value]

    def text(self) -> str:
        """Text that is not empty, without the space around it."""
        if not isinstance(self.raw, ScalarNode) or self.kind not in _WORDED:
            raise self._unlike("text", "Put it in quotes if it is meant as text")
        value = str(self.raw.value).strip()
        if not value:
            raise self.wrong("the text is empty", "Write something, or remove the line")
        if half := _HALF.search(value):
            raise self.wrong(f"\\u{ord(half[0]):04X} is half a character", "Write the character itself")
        return value

    def identifier(self) -> str:
        value = self.text()
        if not re.fullmatch(r"[a-z0-9-]+", value):
            raise self.wrong(f"{value!r} cannot be a name here", "Use small letters a-z, digits and -")
        return value

    def variable(self) -> str:
        """The name of an environment variable. What is no name is not repeated: somebody may have put the secret itself there."""
        name = self.text()
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            raise self.wrong("this is no name of an environment variable", "Use letters, digits and _")
        if name.startswith("TOCSIN_") and not name.startswith("TOCSIN_TEST_"):
            raise self.wrong(f"{name!r}: names that begin with TOCSIN_ are settings of the program", "Choose another name")
        return name

    def among(self, known: Collection[str], what: str) -> str:
        """One of the known names; `what` says of which: "channel"."""
        value = self.text()
        if value not in known:
            raise self.wrong(f"there is no {what} {value!r}", suggestion(value, known))
        return value

    def duration(self, least: timedelta = timedelta(0)) -> timedelta:
        """A whole number and its unit: 30s, 15m, 6h, 2d."""
        value = self.text()
        found = re.fullmatch(r"([0-9]{1,5}) ?([smhd])", value)
        if not found and value != "0":
            raise self.wrong(f"{value!r} is not a length of time", "Write a whole number and its unit: 30s, 15m, 6h or 2d")
        length = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta(0)
        if length < least:
            raise self.wrong(f"{value!r} is too short", f"Write at least {int(least.total_seconds())}s")
        return length

    def url(self) -> str:
        """An http or https address. It stands in records and logs, so it carries no password."""
        value = self.text()
        if problem := _address_problem(value):
            raise self.wrong(f"this {problem}", "Write a whole address: https://example.org/feed.xml")
        return value

    def _unlike(self, wanted: str, fix: str) -> ConfigError:
        return self.wrong(f"{wanted} is wanted here, not {_KINDS.get(self.kind, 'text' if self.kind in _WORDED else self.kind)}", fix)

    def _below(self, raw: Any, key: "Node | None" = None) -> "Node":
        """key: an empty value has no place of its own, so it stands where its key does."""
        if key and not raw.value and raw.tag == f"{_TAG}null":
            return Node(path=self.path, source=self.source, raw=raw, line=key.line, column=key.column)
        return _node(self.path, self.source, raw)

    def _place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character of the text. Folding and indentation change white space alone: the rest is counted."""
        start = self.raw.start_mark.index
        if self.raw.style in ("|", ">"):
            start = self.source.index("\n", start)
        elif self.raw.style:
            start += 1
        ahead = len("".join(self.text()[:offset].split()))
        after = start
        for piece in _PIECES.get(self.raw.style, _CHARACTER).finditer(self.source, start, self.raw.end_mark.index):
            if piece[0].isspace() or _ESCAPED_SPACE.fullmatch(piece[0]):
                continue
            if not ahead:
                after = piece.start()
                break
            ahead, after = ahead - 1, piece.end()
        return self.source.count("\n", 0, after) + 1, after - self.source.rfind("\n", 0, after)


def parse(text: str, path: str) -> Node:
    """The file's top value. path: as the operator knows it. Raises ConfigError where the text is no YAML."""
    source = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        return _node(path, source, YAML(typ="safe", pure=True).compose(source))
    except ReaderError as error:
        before = source[: error.position]
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise ConfigError(path, *place, f"character U+{ord(source[error.position]):04X} is not allowed in YAML", "Remove it") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ConfigError(path, mark.line + 1, mark.column + 1, *_explained(error)) from error
    except RecursionError as error:
        raise ConfigError(path, 1, 1, "the brackets are nested too deeply", "Close them") from error


def suggestion(word: str, known: Collection[str]) -> str:
    """A fix for a misspelt name: the nearest known one, and the list of them."""
    near = difflib.get_close_matches(word, known, 1)
    names = ", ".join([*known][:12]) or "none yet"
    more = f" and {len(known) - 12} more" if len(known) > 12 else ""
    return f"{f'Did you mean {near[0]}? ' if near else ''}Known: {names}{more}"


def _node(path: str, source: str, raw: Any) -> Node:
    mark = raw.start_mark if raw else None
    return Node(path=path, source=source, raw=raw, line=mark.line + 1 if mark else 1, column=mark.column + 1 if mark else 1)


def _explained(error: MarkedYAMLError) -> tuple[str, str]:
    problem = str(error.problem or error.context)
    if r"'\t'" in problem:
        return "a tab stands where YAML wants spaces", "Indent with spaces"
    if "undefined alias" in problem:
        return f"not YAML: {problem}", "A text that begins with * stands in quotes"
    if "cannot start any token" in problem:
        return f"not YAML: {problem}", "Put the text in quotes"
    if "another document" in problem:
        return "a second document begins here", "Remove the --- line"
    if error.context and error.context_mark and error.context_mark is not error.problem_mark:
        problem += f" ({error.context} that begins in line {error.context_mark.line + 1})"
    return f"not YAML: {problem}", "Check the indentation, colons, quotes and brackets here"


def _address_problem(value: str) -> str:
    try:
        parts = urlsplit(value)
        port_is_good = parts.port != 0
    except ValueError:
        return "is no address"
    if "${" in value:
        return "names a variable, which is not filled in here"
    if parts.scheme not in ("http", "https"):
        return "is no http or https address"
    if parts.username is not None or parts.password is not None:
        return "carries a user name or password"
    if not parts.hostname or not port_is_good or re.search(r"[\s\x00-\x1f\x7f]", value):
        return "is no address"
    return ""
