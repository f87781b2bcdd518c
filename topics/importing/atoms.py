"""The smallest parts of a boolean query: words, phrases, patterns, and the marks behind them."""

import re

from lark import Token, Tree

from topics.importing.boolean import number, start
from topics.importing.dialect import Dialect, Feature
from topics.importing.query import Close, Query, Refused, Words, either
from topics.importing.spelling import pattern, term

_LUCENE_ONLY = re.compile(r'(?<!\\)[~&#@<"]')


def need(feature: Feature, dialect: Dialect, token: Token) -> None:
    """Raises Refused where the dialect has no such thing."""
    if feature not in dialect.features:
        problem = f"{str(token).strip()} means nothing: {dialect.name} has no {feature}"
        raise Refused(problem, dialect.instead(feature), start(token))


def boost(token: Token) -> float:
    if not re.fullmatch(r"\d{1,4}(\.\d{1,3})?", token[1:], re.ASCII) or not float(token[1:]):
        raise Refused(f"{token} is no weight", "Write ^ and a number above 0, like ^2 or ^1.5", start(token))
    return float(token[1:])


def atom(tree: Tree[Token], dialect: Dialect, language: str | None, cased: bool) -> Query:
    """Raises Refused."""
    token, *marks = [part for part in tree.children if isinstance(part, Token)]
    match tree.data:
        case "word":
            for mark in marks:
                raise Refused(f"{token}{mark} asks for words spelt alike", "Write the spellings out, with OR between", start(token))
            return Words(terms=(term(_unescaped(token), start(token), language=language, cased=cased),))
        case "phrase":
            return _phrase(token, marks, dialect, language, cased)
        case "cased":
            need(Feature.CASED, dialect, token)
            return Words(terms=(term(token[1:-1], start(token), cased=True),))
        case "pattern":
            need(Feature.PATTERNS, dialect, token)
            return Words(terms=(_pattern(token),))
        case _:
            raise Refused(f"{token} is a range", "A topic looks for words: remove it", start(token))


def _phrase(token: Token, marks: list[Token], dialect: Dialect, language: str | None, cased: bool) -> Query:
    text = _unescaped(str(token)[1:-1])
    if (star := re.search(r"[*?]", text)) and Feature.WILD_PHRASES not in dialect.features:
        fix = "Remove it, or write the forms out as phrases with OR between"
        raise Refused(f"{star[0]} stands for itself inside quotes", fix, start(token) + 1 + star.start())
    for mark in marks:
        need(Feature.SLOP, dialect, mark)
        return _sloppy(text, mark, start(token), language)
    return Words(terms=(term(text, start(token), language=language, cased=cased),))


def _sloppy(text: str, mark: Token, offset: int, language: str | None) -> Query:
    """`"a b"~n`: a before b with n words between, or after it with n - 2, as changing places costs two."""
    slop = number(mark[1:]) if mark[1:].isdecimal() else 0
    words = text.split()
    if slop and len(words) != 2:
        raise Refused("~ after a phrase of other than two words", "Write the words in pairs, with AND between", start(mark))
    if not slop:
        return Words(terms=(term(text, offset, language=language),))
    first, second = ((Words(terms=(term(word, offset, language=language),)),) for word in words)
    found: list[Query] = [Close(left=first, right=second, within=slop + 1, ordered=True)]
    if slop > 1:
        found.append(Close(left=second, right=first, within=slop - 1, ordered=True))
    return either(found)


def _pattern(token: Token) -> str:
    """Theirs covers a whole word, in small letters."""
    inside = str(token)[1:-1]
    if special := _LUCENE_ONLY.search(inside):
        raise Refused(
            f"{special[0]} in a pattern means something in Lucene alone", "Write it another way", start(token) + 1 + special.start()
        )
    return pattern(rf"\b(?:{inside})\b", start(token))


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: " " if found[1] in "*?" else found[1], text)
