"""A foreign word or phrase to a term as a topic file spells it."""

import re

from topics import terms
from topics.importing.query import Refused

_TAG = re.compile(r"^([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?\s*):")
_BETWEEN = r"[\s-]+"


def term(text: str, offset: int, *, language: str | None = None, exact: bool = False, cased: bool = False) -> str:
    """Wildcards that a term does not have become a pattern. language: where its forms come from. Raises Refused."""
    words = " ".join(_TAG.sub(r"\1 ", text.strip().lstrip("=/ ")).split())
    for word in words.split(" "):
        if re.search(r"[*?]", word) and not re.search(r"\w", word):
            raise Refused(f"{word} stands for any word at all", "Write at least one letter with it, or use near", offset)
    spelled = f"=={words}" if cased else f"={words}" if exact else f"{language}: {words}" if language else words
    try:
        terms.term(spelled)
    except terms.BadTerm as error:
        if re.search(r"[*?]", words):
            return pattern(rf"\b{_wild(words)}\b", offset, ignore_case=not cased)
        raise Refused(error.problem, error.fix, offset) from error
    return spelled


def pattern(expression: str, offset: int, *, ignore_case: bool = True) -> str:
    """offset: where the expression begins. Raises Refused."""
    spelled = f"/{expression}/{'i' if ignore_case else ''}"
    try:
        terms.term(spelled)
    except terms.BadTerm as error:
        raise Refused(error.problem, error.fix, offset) from error
    return spelled


def outside(word: str, phrases: tuple[str, ...], offset: int) -> str:
    """The word where it is no part of any of the phrases, as a pattern. Raises Refused."""
    return pattern("".join(_no_part(word, phrase) for phrase in phrases) + rf"\b{_wild(word)}\b", offset)


def _no_part(word: str, phrase: str) -> str:
    words, own = _split(phrase), _split(word)
    found = ""
    for place in range(len(words) - len(own) + 1):
        if words[place : place + len(own)] == own:
            before = "".join(_wild(other) + _BETWEEN for other in words[:place])
            after = "".join(_BETWEEN + _wild(other) for other in words[place + len(own) :])
            behind = rf"(?<=\b{before})" if before else ""
            found += rf"(?!{behind}{_BETWEEN.join(map(_wild, own))}{after}\b)"
    return found


def _split(text: str) -> list[str]:
    return re.split(r"[\s-]+", text.strip().casefold())


def _wild(text: str) -> str:
    escaped = re.escape(text).replace(r"\*", r"\w*").replace(r"\?", r"\w").replace("/", r"\/")
    return re.sub(r"(?:\\ |\\-)+", lambda _: _BETWEEN, escaped)
