"""A term as a topic file spells it, and back: `NATO`, `de: Kreml`, `=Rat`, `==US`, `Sanktion*`, words in a row, `/F-?16s?/`."""

import json
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import regex

from schemas.topic import Term, TermKind
from topics.fold import fold

FEWEST = 3  # letters beside a star
PARTS: tuple[str, ...] = ("name", "adjective", "people")  # of a country, where the file names none

_LONGEST = 1000  # characters of a regular expression
_LARGEST = 100_000  # what it may grow to: a{1000} is a thousand times a
_PATIENCE = 0.1  # seconds
_REPEATED = re.compile(r"\{(\d+)")
_SAMPLES = ("", " a1 ")
_LONG, _END, _OTHER = 1000, "\0\n", "q"  # of a long text: its length and its end, which no pattern has; a letter that few have
_MOST_SIGNS = 8
_STANDS_FOR = {"w": "a", "d": "1", "s": " ", "p": "a"}
_ESCAPED = re.compile(r"\\(?:([pP])\{[^}]*\}|(.))", re.DOTALL)
_SYNTAX = re.compile(r"\{[\d,]*\}|\(\?[\w<>:=!&-]*|[\[\](){}*+?|^$.]")
_LITERALLY = "Words that hold a colon are written as /a: b/i"


class BadTerm(Exception):
    """offset: the character of the text where the mistake is; None: all of it."""

    def __init__(self, problem: str, fix: str, offset: int | None = None) -> None:
        self.problem, self.fix, self.offset = problem, fix, offset
        super().__init__(problem)


def term(text: str) -> Term:
    """Raises BadTerm."""
    text = text.strip()
    language, rest = _language(text)
    if rest.startswith("/"):
        return _pattern(text, rest, language)
    marks = len(rest) - len(rest.lstrip("="))
    spelled = rest[marks:].strip()
    if marks > 2 or spelled.startswith("="):
        raise BadTerm(f"{text!r} begins with more than two =", "=form is this form only, ==Form this form in this case")
    if marks and spelled.startswith("/"):
        raise BadTerm(f"{text!r}: a regular expression takes no =", "Write /.../, which tells capitals from small letters, or /.../i")
    if marks and re.match(r"[A-Za-z]{2}\s*:", spelled):
        raise BadTerm(f"{text!r}: the language stands first", f"Write {spelled[:2].lower()}: {'=' * marks}{spelled[2:].lstrip(' :')}")
    _check(text, words(spelled), cased=marks == 2)
    return Term(text=spelled, language=language, exact=marks > 0, cased=marks == 2)


def written(term: Term) -> str:
    """The whole term as a topic file writes it."""
    if term.kind is TermKind.COUNTRY:
        return label(term) if term.parts == PARTS else f"{{country: {term.text}, parts: [{', '.join(term.parts)}]}}"
    days = [f"{name}: {day}" for name, day in (("since", term.since), ("until", term.until)) if day]
    return f"{{term: {json.dumps(label(term), ensure_ascii=False)}, {', '.join(days)}}}" if days else label(term)


def label(term: Term) -> str:
    """What evidence calls it: what it looks for, without its days and parts."""
    if term.kind is TermKind.COUNTRY:
        return f"country: {term.text}"
    tag = f"{term.language}: " if term.language else ""
    if term.kind is TermKind.PATTERN:
        return f"{tag}/{term.text}/{'' if term.cased else 'i'}"
    return f"{tag}{'==' if term.cased else '=' if term.exact else ''}{term.text}"


def words(text: str) -> tuple[str, ...]:
    """Its words, split where folding splits them, each in its case and with its ё, as a dictionary has it."""
    parts = re.split("([ёЁ])", unicodedata.normalize("NFC", text))
    found = "".join(part if part in ("ё", "Ё") else fold(part, cased=True) for part in parts).split()
    folded = fold(text).split()
    return tuple(found if [*map(fold, found)] == folded else folded)  # they differ for marks that are a letter in small letters alone


def _language(text: str) -> tuple[str | None, str]:
    tag = re.fullmatch(r"([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)\s*:\s*(.+)", text, re.DOTALL)
    if not tag:
        return None, text
    if len(tag[1]) != 2:
        raise BadTerm(f"{text!r}: a language is two letters", f"Write {tag[1][:2].lower()}: {tag[2]}. {_LITERALLY}")
    if not tag[1].islower():
        raise BadTerm(f"{text!r}: the language stands in small letters", f"Write {tag[1].lower()}: {tag[2]}")
    return tag[1], tag[2]


def _check(text: str, spelled: Sequence[str], cased: bool) -> None:
    if not any(map(_letters, spelled)):
        raise BadTerm(f"{text!r} holds no letter and no digit", "Write a word or words in a row")
    for word in spelled:
        if not re.search(r"[*?]", word):
            continue
        if cased:
            raise BadTerm(
                f"{text!r}: == names one spelling, * and ? leave it open", rf"Write a regular expression: /\bNato\w*/ for {text!r}"
            )
        fixed = word.removeprefix("*").removesuffix("*")
        if "*" in fixed:
            raise BadTerm(f"{text!r}: * stands inside of a word", "Put it at an end of the word; ? is one letter anywhere")
        mark, needed, least = ("?", "a letter", 1) if fixed == word else ("*", f"at least {FEWEST} letters", FEWEST)
        if _letters(fixed) < least:
            raise BadTerm(f"{text!r}: {needed} must stand beside {mark}", "Write more of the word, or list the words that are meant")


def _letters(word: str) -> int:
    return sum(character.isalnum() for character in word)


def _pattern(text: str, rest: str, language: str | None) -> Term:
    parts = re.fullmatch(r"/(.+)/(\w*)", rest, re.DOTALL)
    if not parts:
        raise BadTerm(f"{text!r} begins with / and no / ends it", "Write /regular expression/, or /regular expression/i for any case")
    if parts[2] not in ("", "i"):
        raise BadTerm(f"{text!r}: there is no flag {parts[2]!r}", "i alone is known: any case")
    _compile(parts[1], len(text) - len(rest) + 1, regex.IGNORECASE if parts[2] else 0)
    return Term(text=parts[1], kind=TermKind.PATTERN, language=language, cased=not parts[2])


def _compile(pattern: str, offset: int, flags: int) -> None:
    repeated = math.prod(max(int(count[:6]), 1) for count in _REPEATED.findall(pattern))
    if len(pattern) > _LONGEST or repeated * len(pattern) > _LARGEST:
        raise BadTerm("this regular expression is too large", "Write it shorter, or with smaller numbers in { }")
    try:
        compiled = regex.compile(pattern, flags)
        empty = any(not match[0] for sample in _SAMPLES for match in compiled.finditer(sample, timeout=_PATIENCE))
        _try(pattern, flags)
    except regex.error as error:
        raise BadTerm(
            f"no regular expression: {error.msg}", r"Correct it here; a sign that means itself stands behind \ ", offset + (error.pos or 0)
        ) from error
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
        raise BadTerm(f"no regular expression: {error}", "Write it more plainly", offset) from error
    except TimeoutError as error:
        fix = "Write it without repetition in repetition: (a+)+ is a+, (a|aa)+ is a+, (.*?,){9} is ([^,]*,){9}"
        raise BadTerm("this regular expression takes too long", fix, offset) from error
    if empty:
        raise BadTerm("this regular expression matches where nothing stands", "Write at least one letter that must be there", offset)


@lru_cache(maxsize=4096)
def _try(pattern: str, flags: int) -> None:
    """Raises TimeoutError where a long text of its own signs takes long. A time that grows with the square of the text passes."""
    compiled = regex.compile(pattern, flags)
    for sample in _long_texts(pattern):
        for _ in compiled.finditer(sample, timeout=_PATIENCE):
            pass


def _long_texts(pattern: str) -> Iterator[str]:
    """What it nearly matches again and again. Its signs stand behind the end, too: a text without one that it needs is never searched."""
    plain = _SYNTAX.sub("", _ESCAPED.sub(lambda escaped: _stands_for(escaped[1] or escaped[2]), pattern))
    signs = list(dict.fromkeys(plain))[:_MOST_SIGNS]
    parts = dict.fromkeys((*signs, _OTHER, *map("".join, pairwise(signs)), plain, plain[:-1]))
    return (part * (_LONG // len(part)) + _END + plain for part in parts if part)


def _stands_for(escaped: str) -> str:
    return _STANDS_FOR.get(escaped.lower(), "" if escaped.isalnum() else escaped)
