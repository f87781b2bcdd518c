"""The text of `match:` to an expression over concepts; every mistake knows its character."""

import re
from collections.abc import Collection

from lark import Lark, Token, Tree, UnexpectedCharacters, UnexpectedToken

from schemas.positions import suggestion
from schemas.topic import And, Expression, Has, Not, Or

FIELDS = ("title", "lead", "body")
KEYWORDS = ("and", "or", "not", *FIELDS)
NAME = r"[^\W\d_][\w-]*"
_USE = "Use concepts, and, or, not, parentheses, title(), lead(), body()"
_LATER = ("near", "before", "same_sentence", "at_least", "different")

_PARSER = Lark(
    rf"""
    ?start: unary | conjunction | disjunction
    conjunction: unary (AND unary)+
    disjunction: unary (OR unary)+
    ?unary: NOT unary -> negation | atom
    ?atom: "(" start ")" | field | name
    field: FIELD "(" name (OR name)* ")"
    name: NAME
    AND: "and"
    OR: "or"
    NOT: "not"
    FIELD.1: /({"|".join(FIELDS)})(?![\w-])/
    NAME: /{NAME}/
    %ignore /\s+/
    """,
    parser="lalr",
    lexer="basic",
)


class BadExpression(Exception):
    """offset: the character of the text where the mistake is."""

    def __init__(self, offset: int, problem: str, fix: str) -> None:
        self.offset, self.problem, self.fix = offset, problem, fix
        super().__init__(f"{offset}: {problem}")


def expression(text: str, concepts: Collection[str]) -> Expression:
    """Raises BadExpression."""
    try:
        return _built(_PARSER.parse(text), concepts)
    except UnexpectedCharacters as error:
        raise _bad_character(text, error.pos_in_stream or 0) from error
    except UnexpectedToken as error:
        raise _misplaced(text, error.token) from error


def _built(tree: Tree[Token], concepts: Collection[str]) -> Expression:
    below = [part for part in tree.children if isinstance(part, Tree)]
    if tree.data == "name":
        return _has(tree, concepts)
    if tree.data == "negation":
        return Not(part=_built(below[0], concepts))
    if tree.data == "field":
        found = tuple(_has(name, concepts, str(tree.children[0])) for name in below)
        return found[0] if len(found) == 1 else Or(parts=found)
    parts = tuple(_built(part, concepts) for part in below)
    return And(parts=parts) if tree.data == "conjunction" else Or(parts=parts)


def _has(tree: Tree[Token], concepts: Collection[str], field: str | None = None) -> Has:
    (name,) = tree.children
    assert isinstance(name, Token)
    if name not in concepts:
        raise BadExpression(name.start_pos or 0, f"there is no concept {str(name)!r}", suggestion(name, concepts))
    return Has(concept=str(name), field=field)


def _bad_character(text: str, offset: int) -> BadExpression:
    if text[offset] in "\"'":
        return BadExpression(offset, "words in quotes do not stand in match", "Name a concept, and list the words under concepts")
    return BadExpression(offset, f"{text[offset]!r} means nothing in match", _USE)


def _misplaced(text: str, token: Token) -> BadExpression:
    """What can go wrong: a concept is missing, an operator is, the two operators are mixed, parentheses do not pair."""
    offset = len(text.rstrip()) if token.type == "$END" else token.start_pos or 0
    before = text[:offset].rstrip()
    last = re.search(rf"{NAME}$|.?$", before, re.DOTALL)
    previous = last[0] if last else ""
    if token.type in ("AND", "NOT", "LPAR", "FIELD") and (field := re.search(r"\b(title|lead|body)\s*\([^()]*$", before)):
        return BadExpression(offset, f"{field[1]}() takes a concept, or concepts with or between them", "Write the rest outside of it")
    if previous in ("", "(", *KEYWORDS):
        after = f" after {previous!r}" if previous else ""
        return BadExpression(offset, f"a concept is missing{after}", "Write the name of a concept here")
    if token.type == "LPAR" and previous != ")":
        return _unknown_call(len(before) - len(previous), previous)
    return BadExpression(offset, *_after_operand(previous, token))


def _after_operand(previous: str, token: Token) -> tuple[str, str]:
    if token.type in ("AND", "OR"):
        return "and and or are mixed without parentheses", "Put parentheses around the part that belongs together: a and (b or c)"
    if token.type == "$END":
        return "a parenthesis is not closed", "Write ) where it ends"
    if token.type == "RPAR":
        return "this ) closes nothing", "Remove it, or write ( where it begins"
    if token.type == "NAME" and token.lower() in ("and", "or", "not"):
        return f"{str(token)!r} is no operator", f"Write {token.lower()} in small letters"
    return f"no operator stands between {previous!r} and {str(token)!r}", "Write and or or between them"


def _unknown_call(offset: int, name: str) -> BadExpression:
    if name in _LATER:
        return BadExpression(offset, f"{name}() is not supported yet by this release", _USE)
    return BadExpression(offset, f"{name}() is no field", suggestion(name, FIELDS))
