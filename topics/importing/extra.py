"""Rules in the language of IPTC EXTRA, understood: `(and (title any "a b") (not (body adj "c d")))`."""

import re
from collections.abc import Sequence

from lark import Lark, Token, Tree, UnexpectedInput, UnexpectedToken

from topics.grammar import LARGEST
from topics.importing.boolean import number, start
from topics.importing.chain import close
from topics.importing.counting import at_least
from topics.importing.dialect import LEAD_AND_BODY
from topics.importing.query import Count, Query, Refused, Without, Words, all_of, either, operand
from topics.importing.spelling import outside, pattern, term

_PARSER = Lark(
    r"""
    start: clause
    ?clause: "(" NAME MODIFIER* clause+ ")" -> group
           | "(" field ")"
           | "(" TEXT ")" -> bare
           | TEXT -> bare
           | field
    field: NAME (NAME | SIGN) MODIFIER* TEXT
    NAME: /[^\W\d]\w*/
    SIGN: /[<>=]+/
    MODIFIER: /\/[a-z]+([<>=]+\w+)?/i
    TEXT: /"(\\.|[^"\\])*"/s
    COMMENT: /\/\/.*?\/\//s
    %ignore COMMENT
    %ignore /\s+/
    """,
    parser="lalr",
)
_MEASURES = "Write /unit=word/distance<=3 or /unit=sentence/distance=1"
_FIELDS = {"title": ("title",), "subtitle": ("lead",), "body": LEAD_AND_BODY, "text_content": ()}


def read(text: str, language: str | None) -> Query:
    """Raises Refused."""
    try:
        (tree,) = _PARSER.parse(text).children
    except UnexpectedInput as error:
        at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        offset = len(text) if at_end else error.pos_in_stream or 0
        raise Refused("this is no rule of EXTRA", 'Write (and (title any "a b") (body adj "c d"))', offset) from error
    assert isinstance(tree, Tree)
    return _query(tree, language)


def _query(tree: Tree[Token], language: str | None) -> Query:
    tokens = [part for part in tree.children if isinstance(part, Token)]
    if tree.data == "group":
        parts = [_query(part, language) for part in tree.children if isinstance(part, Tree)]
        return _group(tokens[0].lower(), _modifiers(tokens[1:]), parts, start(tokens[0]))
    if tree.data == "bare":
        words = str(tokens[0])[1:-1].split()
        if not words:
            raise Refused("no words stand in the quotes", "Write words to look for", start(tokens[0]))
        return all_of([Words(terms=(term(word, start(tokens[0]), exact=True),)) for word in words])
    return _field(tokens, language)


def _field(tokens: Sequence[Token], language: str | None) -> Query:
    name, relation, text = tokens[0], str(tokens[1]), str(tokens[-1])[1:-1]
    if name not in _FIELDS:
        raise Refused(f"a topic cannot ask for {name}", f"Known: {', '.join(_FIELDS)}", start(name))
    if relation not in ("adj", "any", "all", "="):
        raise Refused(f"a topic cannot compare a field by {relation}", "Write adj, any, all or =", start(tokens[1]))
    modifiers = _modifiers(tokens[2:-1])
    if unknown := modifiers.keys() - {"stemming", "literal", "casesensitive", "regexp"}:
        raise Refused(f"/{min(unknown)} is not known", "Write stemming, literal, casesensitive or regexp", start(tokens[2]))
    pieces = [text] if relation == "adj" or "regexp" in modifiers else text.split()
    terms = tuple(dict.fromkeys(_term(piece, modifiers, language, start(tokens[-1])) for piece in pieces))
    if not terms:
        raise Refused("no words stand in the quotes", "Write words to look for", start(tokens[-1]))
    if relation == "all":
        return all_of([Words(terms=(one,), fields=_FIELDS[name]) for one in terms])
    return Words(terms=terms, fields=_FIELDS[name])


def _term(text: str, modifiers: dict[str, tuple[str, str]], language: str | None, offset: int) -> str:
    if "regexp" in modifiers:
        return pattern(text, offset)
    text = re.sub(r"\\(.)", r"\1", text)
    if "stemming" in modifiers:
        return term(text, offset, language=language)
    return term(text, offset, exact=True, cased="casesensitive" in modifiers)


def _modifiers(tokens: Sequence[Token]) -> dict[str, tuple[str, str]]:
    """`/distance<=3` as distance: (<=, 3)."""
    found = (re.fullmatch(r"/([a-z]+)([<>=]*)(\w*)", token.lower()) for token in tokens)
    return {match[1]: (match[2], match[3]) for match in found if match}


def _group(name: str, modifiers: dict[str, tuple[str, str]], parts: list[Query], offset: int) -> Query:
    if name == "or" and modifiers:
        return _counted(modifiers, parts, offset)
    if name == "prox":
        return _prox(modifiers, parts, offset)
    if name not in ("and", "or", "not") or modifiers:
        raise Refused(f"{name} is no operator, or not with this", "Write and, or, not or prox", offset)
    if name == "not":
        return Without(part=either(parts))
    return all_of(parts) if name == "and" else either(parts)


def _counted(modifiers: dict[str, tuple[str, str]], parts: list[Query], offset: int) -> Query:
    """count: hits of words. countunique: clauses that hold; of a single clause, its different words."""
    name, (comparison, digits) = next(iter(modifiers.items()))
    if len(modifiers) > 1 or name not in ("count", "countunique") or comparison not in (">", ">=", "<", "<=") or not digits.isdecimal():
        raise Refused("an or counts by >, >=, < or <=", "Write or/count>=2, or or/countunique>1", offset)
    least = number(digits) + (comparison in (">", "<="))
    if least < 1:
        raise Refused("this count always holds" if comparison[0] == ">" else "this count never holds", "Ask for 1 or more", offset)
    joined = either(parts)
    of = operand(joined)
    if name == "countunique" and len(parts) > 1:
        found: Query = at_least(least, parts, offset)
    elif of is None:
        raise Refused("a count of hits takes words only", "Write the other clauses outside of it", offset)
    else:
        found = Count(count=least, of=of, different=name == "countunique")
    return found if comparison[0] == ">" else all_of([joined, Without(part=found)])


def _prox(modifiers: dict[str, tuple[str, str]], parts: list[Query], offset: int) -> Query:
    if len(parts) != 2:
        raise Refused("prox takes two clauses", "Write it once for each pair", offset)
    ordered = "ordered" in modifiers
    unit, (comparison, digits) = modifiers.get("unit", ("", "word"))[1], modifiers.get("distance", ("<=", str(LARGEST)))
    if unit not in ("word", "sentence") or not digits.isdecimal() or comparison not in ("<", "<=", "=", ">", ">="):
        raise Refused("a topic measures in words, or within a sentence", _MEASURES, offset)
    most = number(digits) - (comparison in ("<", ">="))
    far = comparison in (">", ">=")
    if far and unit == "word" and most <= 0:
        return _outside(parts[0], parts[1], offset)
    if (unit == "sentence" and most > 1) or (unit == "word" and (most < 1 or (comparison == "=" and most > 1))):
        raise Refused("a topic cannot ask for this distance", _MEASURES, offset)
    near = close(parts[0], parts[1], most if unit == "word" else None, ordered, offset)
    return all_of([parts[0], Without(part=near)]) if far else near


def _outside(inner: Query, outer: Query, offset: int) -> Query:
    """The words of the first where they are no part of a phrase of the second, as patterns."""
    words, phrases = operand(inner), operand(outer)
    if words is None or phrases is None or any(not one.startswith("=") for part in (*words, *phrases) for one in part.terms):
        raise Refused("words outside of a phrase have to be unstemmed words", "Write any and adj without modifiers", offset)
    outer_texts = tuple(one.lstrip("=") for part in phrases for one in part.terms)
    return either(
        [Words(terms=tuple(outside(one.lstrip("="), outer_texts, offset) for one in part.terms), fields=part.fields) for part in words]
    )
