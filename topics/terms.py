"""A term as a topic file spells it, and back: `NATO`, `de: Kreml`, `=Rat`, `==US`, words in a row."""

import re

from schemas.topic import Term
from topics.fold import fold

WRITE_OUT = "Write the forms out, each as a term"


class BadTerm(Exception):
    def __init__(self, problem: str, fix: str) -> None:
        self.problem, self.fix = problem, fix
        super().__init__(problem)


def term(text: str) -> Term:
    """Raises BadTerm."""
    language, words = _language(text)
    marks = len(words) - len(words.lstrip("="))
    words = words[marks:].strip()
    if marks > 2:
        raise BadTerm(f"{text!r} begins with more than two =", "=form is this form only, ==Form this form in this case")
    if re.fullmatch(r"/.+/\w*", words):
        raise BadTerm(f"{text!r} is a regular expression: not supported yet by this release", WRITE_OUT)
    if star := re.search(r"[*?]", words):
        raise BadTerm(f"{text!r}: {star[0]} is not supported yet by this release", WRITE_OUT)
    if not re.search(r"\w", fold(words)):
        raise BadTerm(f"{text!r} holds no letter and no digit", "Write a word or words in a row")
    return Term(text=words, language=language, exact=marks > 0, cased=marks == 2)


def written(term: Term) -> str:
    """The term as a topic file spells it."""
    mark = "==" if term.cased else "=" if term.exact else ""
    return f"{term.language}: {mark}{term.text}" if term.language else f"{mark}{term.text}"


def _language(text: str) -> tuple[str | None, str]:
    tag = re.fullmatch(r"([A-Za-z]{2})\s*:\s*(.+)", text, re.DOTALL)
    if not tag:
        return None, text
    if not tag[1].islower():
        raise BadTerm(f"{text!r}: the language stands in small letters", f"Write {tag[1].lower()}: {tag[2]}")
    return tag[1], tag[2]
