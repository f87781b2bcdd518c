"""Boolean queries of any dialect, parsed: a grammar that takes what people write, so that what is wrong can be said of the whole."""

import re

from lark import Lark, Token, Tree, UnexpectedCharacters, UnexpectedToken

from topics.importing.query import Refused

_PARSER = Lark(
    r"""
    start: chain
    chain: clause (joint? clause)*
    joint: AND | OR | ANDNOT | NEAR
    clause: (NOT | SIGN)* atom BOOST?
    ?atom: "(" chain ")" -> group
         | FIELD atom -> field
         | CALL chain ("," chain)* ")" -> call
         | PHRASE TILDE? -> phrase
         | WORD TILDE? -> word
         | CASED -> cased
         | PATTERN -> pattern
         | RANGE -> range
    FIELD.7: /[^\W\d][\w.]*:\s*/
    RANGE.6: /[\[{]\s*\S+\s+TO\s+\S+\s*[\]}]|[<>]=?[^\s()]+/
    CALL.5: /(near|atleast\d+|cs)\(/i
    NEAR.4: /(near|onear|w|pre)\/\d+|(near|onear)(?![\w-])/i
    ANDNOT.3: /(andnot|and\s+not)(?![\w-])/i
    AND.2: /and(?![\w-])|&&/i
    OR.2: /or(?![\w-])|\|\|/i
    NOT.2: /not(?![\w-])|!/i
    SIGN.2: /[+-](?=[^\s+-])/
    PHRASE: /"(\\.|[^"\\])*"/s
    CASED: /\{[^{}]*\}/
    PATTERN: /\/(\\.|[^\/\\\s])+\//
    TILDE: /~[\d.]*/
    BOOST: /\^[\d.]+/
    WORD: /(\\.|[^\s()"{}\[\]^~:\\\/,!<>+-])(\\.|[^\s()"{}\[\]^~:\\\/,])*/
    %ignore /\s+/
    """,
    parser="lalr",
    lexer="basic",
)
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'))
_OPERATORS = ("AND", "OR", "ANDNOT", "NEAR", "NOT")


def parsed(text: str) -> Tree[Token]:
    """The topmost chain. Raises Refused."""
    try:
        tree = _PARSER.parse(text.translate(_QUOTES)).children[0]
    except UnexpectedCharacters as error:
        raise _bad_character(text.translate(_QUOTES), error.pos_in_stream or 0) from error
    except UnexpectedToken as error:
        raise _misplaced(text, error.token) from error
    assert isinstance(tree, Tree)
    return tree


def start(part: Tree[Token] | Token) -> int:
    """The character where it begins."""
    if isinstance(part, Token):
        return part.start_pos or 0
    first = next((token for token in part.scan_values(lambda value: isinstance(value, Token))), None)
    return (first.start_pos or 0) if first else 0


def number(digits: str) -> int:
    """Its first six digits: all that is more than four is refused where it is written."""
    return int(digits[:6])


def _bad_character(text: str, offset: int) -> Refused:
    if text[offset] == '"':
        return Refused("a quote is not closed", 'Write " where the phrase ends', offset)
    if text[offset] in "+-":
        return Refused(f"{text[offset]} stands alone", "Write AND, or NOT", offset)
    return Refused(f"{text[offset]!r} has no meaning here", "Put the words around it in quotes", offset)


def _misplaced(text: str, token: Token) -> Refused:
    offset = len(text.rstrip()) if token.type == "$END" else token.start_pos or 0
    before = text[:offset].rstrip()
    if not text.strip():
        return Refused("the query is empty", "Write words to look for", 0)
    if token.type == "$END" and before.count("(") > before.count(")"):
        return Refused("a parenthesis is not closed", "Write ) where it ends", offset)
    if token.type == "RPAR" and before and not before.endswith("(") and not re.search(r"\b(and|or|not)$", before, re.IGNORECASE):
        return Refused("this ) closes nothing", "Remove it, or write ( where it begins", offset)
    if token.type in ("$END", "RPAR", *_OPERATORS):
        return Refused("words are missing here", "Write what to look for", offset)
    return Refused(f"{str(token)!r} cannot stand here", "Put it in quotes if it is meant as words", offset)
