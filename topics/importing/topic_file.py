"""An understood query to the text of a topic file: its terms become named concepts, the rest becomes `match`."""

import json
import re
import textwrap
from collections.abc import Sequence

from topics.grammar import KEYWORDS, BadExpression, expression
from topics.importing.query import All, Close, Count, Either, Only, Operand, Query, Without, Words
from topics.rules import EMPTY, holds, required

WIDTH = 110

_TAKEN = (
    *KEYWORDS,
    *("true", "false", "null"),
)


def topic_file(query: Query, topic_id: str, title: str, languages: Sequence[str], sources: Sequence[str]) -> str:
    """Raises BadExpression where `match` cannot say the query."""
    concepts = _Concepts()
    match = concepts.written(query)
    parsed = expression(match, concepts.names.values())
    if holds(parsed, EMPTY):
        raise BadExpression(0, "the query holds for an article that has none of its words", "Ask for a word that must be found")
    speaking = {has.concept for has in required(parsed)}
    weights = [f"{name}: {weight:g}" for (_, weight), name in concepts.names.items() if weight != 1 and name in speaking]
    lines = ["topics:", f"  {topic_id}:", f"    title: {_quoted(title)}", "    concepts:"]
    for (terms, _), name in concepts.names.items():
        lines += _concept(name, terms)
    lines += _match(match)
    lines += [f"    weights: {{{', '.join(weights)}}}"] if weights else []
    for key, values in (("languages", languages), ("sources", sources)):
        lines += [f"    {key}: [{', '.join(map(_quoted, values))}]"] if values else []
    return "\n".join(lines) + "\n"


class _Concepts:
    """The same terms are the same concept, whatever the field."""

    def __init__(self) -> None:
        self.names: dict[tuple[tuple[str, ...], float], str] = {}

    def written(self, query: Query) -> str:
        match query:
            case Words():
                return self._operand((query,))
            case Without(part=part):
                return f"not {self._nested(part)}"
            case All(parts=parts):
                return " and ".join(map(self._nested, parts))
            case Either(parts=parts):
                return " or ".join(self.written(part) if isinstance(part, Words) else self._nested(part) for part in parts)
            case Close() | Count():
                return self._call(query)
            case Only():
                raise ValueError("a condition on the article stands beside match, not in it")

    def _call(self, query: Close | Count) -> str:
        if isinstance(query, Count):
            return f"{'different' if query.different else 'at_least'}({query.count}, {self._operand(query.of)})"
        operands = f"{self._operand(query.left)}, {self._operand(query.right)}"
        if query.within is None:
            return f"same_sentence({operands})"
        return f"{'before' if query.ordered else 'near'}({operands}, {query.within})"

    def _nested(self, query: Query) -> str:
        text = self.written(query)
        return f"({text})" if isinstance(query, All | Either) or (isinstance(query, Words) and len(query.fields) > 1) else text

    def _operand(self, words: Operand) -> str:
        return " or ".join(f"{field}({self._name(one)})" if field else self._name(one) for one in words for field in one.fields or ("",))

    def _name(self, words: Words) -> str:
        key = words.terms, words.weight
        if key not in self.names:
            self.names[key] = self._free(_first_word(words.terms[0]))
        return self.names[key]

    def _free(self, word: str) -> str:
        taken = {*_TAKEN, *self.names.values()}
        return next(name for number in range(1, len(taken) + 2) if (name := f"{word}-{number}" if number > 1 else word) not in taken)


def _first_word(term: str) -> str:
    if term.startswith("/"):
        return "pattern"
    found = re.search(r"[^\W\d_][\w-]*", re.sub(r"^[a-z]{2}: ", "", term))
    return found[0].lower().rstrip("-_") if found else "term"


def _concept(name: str, terms: Sequence[str]) -> list[str]:
    line = f"      {name}: [{', '.join(map(_quoted, terms))}]"
    return [line] if len(line) <= WIDTH else [f"      {name}:", *(f"        - {_quoted(term)}" for term in terms)]


def _match(text: str) -> list[str]:
    if len(text) <= WIDTH:
        return [f"    match: {text}"]
    lines = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    return ["    match: >-", *(f"      {line}" for line in lines)]


def _quoted(text: str) -> str:
    """In double quotes, what cannot be printed escaped."""
    return "".join(c if c.isprintable() else _escaped(c) for c in json.dumps(text, ensure_ascii=False))


def _escaped(character: str) -> str:
    """As YAML writes it: above U+FFFF not by halves, as JSON does."""
    return f"\\U{ord(character):08X}" if ord(character) > 0xFFFF else json.dumps(character)[1:-1]
