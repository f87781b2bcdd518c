"""The text of `match:` to an expression over concepts; every mistake knows its character."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from lark import Lark, Token, Tree, UnexpectedCharacters, UnexpectedToken

from schemas.positions import suggestion
from schemas.topic import And, AtLeast, Expression, Has, Near, Not, Operand, Or, SameSentence

FIELDS = ("title", "lead", "body")
OPERATORS = ("and", "or", "not")
FUNCTIONS = {  # the arguments of each: concepts, and a whole number
    **{field: ("a",) for field in (*FIELDS, "any")},
    "near": ("a", "b", "10"),
    "before": ("a", "b", "10"),
    "same_sentence": ("a", "b"),
    "at_least": ("3", "a or b"),
    "different": ("3", "a or b"),
}
KEYWORDS = (*OPERATORS, *FUNCTIONS)  # name no concept, not even where no parenthesis follows
NAME = r"[^\W\d_][\w-]*"
DEPTH = 50
LARGEST = 9999
_USE = f"Use concepts, and, or, not, parentheses and {', '.join(f'{name}()' for name in FUNCTIONS)}"
_INSTEAD = {"&": "Write and", "|": "Write or", "!": "Write not", ":": "Write title(a) for a concept in a field"}
_INSTEAD |= dict.fromkeys("*?/=", "Name a concept, and write it so in the list of its terms")
_QUOTES = "\"'`„“”‚‘’«»"

# Wider than the language: what stands inside of a function is judged by _Builder, whose messages know the function.
_PARSER = Lark(
    rf"""
    ?start: unary | conjunction | disjunction
    conjunction: unary (AND unary)+
    disjunction: unary (OR unary)+
    ?unary: NOT unary -> negation | atom
    ?atom: LPAR start RPAR -> group | call | NAME -> name
    call: NAME LPAR (argument (COMMA argument)*)? RPAR
    ?argument: start | NUMBER -> number
    AND: "and"
    OR: "or"
    NOT: "not"
    LPAR: "("
    RPAR: ")"
    COMMA: ","
    NAME: /{NAME}/
    NUMBER: /[-+]?[0-9][\w.]*/
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
        return _Builder(concepts=concepts).built(_PARSER.parse(text))
    except UnexpectedCharacters as error:
        raise _bad_character(text, error.pos_in_stream or 0) from error
    except UnexpectedToken as error:
        raise _misplaced(text, error.token) from error


@dataclass(frozen=True, kw_only=True, slots=True)
class _Builder:
    concepts: Collection[str]

    def built(self, tree: Tree[Token], depth: int = 0) -> Expression:
        _limit(tree, depth)
        below = _trees(tree)
        match tree.data:
            case "name":
                return Has(concept=self._concept(_first(tree)))
            case "call":
                return self._called(tree, depth)
            case "group":
                return self.built(below[0], depth + 1)
            case "negation":
                return Not(part=self.built(below[0], depth + 1))
        parts = tuple(self.built(part, depth) for part in below)
        return And(parts=parts) if tree.data == "conjunction" else Or(parts=parts)

    def _called(self, tree: Tree[Token], depth: int) -> Expression:
        name = _first(tree)
        if name not in FUNCTIONS:
            raise self._unknown(name, tree)
        _check_arguments(tree, name)
        operands: list[Operand] = []
        count = 0
        for argument in _trees(tree):
            if argument.data == "number":
                count = _whole(_first(argument), name)
            else:
                operands.append(self._operand(argument, name, depth + 1))
        match str(name):
            case "near" | "before":
                return Near(left=operands[0], right=operands[1], within=count, ordered=name == "before")
            case "same_sentence":
                return SameSentence(left=operands[0], right=operands[1])
            case "at_least" | "different":
                return AtLeast(count=count, of=operands[0], different=name == "different")
        return operands[0][0] if len(operands[0]) == 1 else Or(parts=operands[0])

    def _operand(self, tree: Tree[Token], function: Token, depth: int) -> Operand:
        """function: the one that it is an argument of. A field takes concepts alone, the others fields, too."""
        _limit(tree, depth)
        first = _first(tree)
        field = str(function) if function in FIELDS else None
        match tree.data:
            case "name":
                return (Has(concept=self._concept(first), field=field),)
            case "group":
                return self._operand(_trees(tree)[0], function, depth + 1)
            case "disjunction":
                return tuple(has for part in _trees(tree) for has in self._operand(part, function, depth))
            case "call" if first not in FUNCTIONS:
                raise self._unknown(first, tree)
            case "call" if _is_field(first) and not _is_field(function):
                _check_arguments(tree, first)
                return self._operand(_trees(tree)[0], first, depth + 1)
        raise _misfit(tree, function)

    def _concept(self, name: Token) -> str:
        if name in FUNCTIONS and name not in self.concepts:
            raise _bare(name)
        if name not in self.concepts:
            raise BadExpression(_at(name), f"there is no concept {str(name)!r}", suggestion(name, self.concepts))
        return str(name)

    def _unknown(self, name: Token, call: Tree[Token]) -> BadExpression:
        if name in self.concepts:
            return BadExpression(_at(call.children[1]), f"no operator stands between {str(name)!r} and '('", "Write and or or between them")
        return BadExpression(_at(name), f"there is no function {name}()", suggestion(name.lower(), FUNCTIONS))


def _check_arguments(call: Tree[Token], name: Token) -> None:
    """As many as the function takes, and numbers where it takes numbers."""
    for wanted, given in zip_longest(FUNCTIONS[name], _trees(call)):
        what = "a number" if wanted and wanted.isdigit() else "a concept"
        if wanted is None:
            raise BadExpression(_at(_first(given)), f"{name}() takes no more than {len(FUNCTIONS[name])}", _example(name))
        if given is None:
            raise BadExpression(_at(call.children[-1]), f"{what} is missing in {name}()", _example(name))
        if (given.data == "number") != wanted.isdigit():
            raise BadExpression(_at(_first(given)), f"{name}() takes {what} here", _example(name))


def _whole(number: Token, name: Token) -> int:
    if not re.fullmatch(r"[-+]?[0-9]+", number):
        raise BadExpression(_at(number), f"{str(number)!r} is not a whole number", _example(name))
    if number.startswith("-") or not number.strip("+0"):
        raise BadExpression(_at(number), f"{number} is too small for {name}()", "Write 1 or more")
    if len(digits := number.lstrip("+0")) > len(str(LARGEST)):
        raise BadExpression(_at(number), f"the number is too large for {name}()", f"Write {LARGEST} or less")
    return int(digits)


def _misfit(tree: Tree[Token], function: Token) -> BadExpression:
    """What is no operand."""
    problem = f"{function}() takes a concept, or concepts with or between them"
    match tree.data:
        case "conjunction":
            return BadExpression(_at(tree.children[1]), f"{problem}, not 'and'", f"Write {function}() for each, with and between them")
        case "negation":
            return BadExpression(_at(tree.children[0]), f"{problem}, not 'not'", f"Write not before {function}()")
    inner = _first(tree)
    if _is_field(function) and not _is_field(inner):
        fix = f"Write {function}() around the concepts inside of {inner}()"
    else:
        fix = "Write the two side by side, with and between them"
    return BadExpression(_at(inner), f"{inner}() cannot stand in {function}()", fix)


def _limit(tree: Tree[Token], depth: int) -> None:
    if depth > DEPTH:
        raise BadExpression(
            _at(_first(tree)), "parentheses and not are nested too deeply", f"Write no more than {DEPTH} inside of each other"
        )


def _bad_character(text: str, offset: int) -> BadExpression:
    if text[offset] in _QUOTES:
        return BadExpression(offset, "words in quotes do not stand in match", "Name a concept, and list the words under concepts")
    return BadExpression(offset, f"{text[offset]!r} means nothing in match", _INSTEAD.get(text[offset], _USE))


def _misplaced(text: str, token: Token) -> BadExpression:
    """What can go wrong: a concept is missing, an operator is, the two operators are mixed, parentheses do not pair."""
    offset = len(text.rstrip()) if token.type == "$END" else _at(token)
    ahead = tuple(_PARSER.lex(text[:offset]))
    function = _function_around(ahead)
    if not ahead or ahead[-1].type not in ("NAME", "NUMBER", "RPAR"):
        return BadExpression(offset, *_nothing_before(ahead, token, function))
    for word in (ahead[-1], token):
        if word.type == "NAME" and word.lower() in OPERATORS:
            return BadExpression(_at(word), f"{str(word)!r} is no operator", f"Write {word.lower()} in small letters")
        if word.type == "NAME" and word in FUNCTIONS and not re.match(r"\s*\(", text[_at(word) + len(word) :]):
            return _bare(word)
    return BadExpression(offset, *_after_operand(ahead[-1], token, function))


def _nothing_before(ahead: Sequence[Token], token: Token, function: str | None) -> tuple[str, str]:
    if token.type == "NUMBER":
        return f"{str(token)!r} is no concept", "Name a concept: a name begins with a letter"
    if ahead and ahead[-1].type in ("COMMA", "LPAR") and function in FUNCTIONS:
        return f"nothing stands after {str(ahead[-1])!r}", _example(function)
    after = f" after {str(ahead[-1])!r}" if ahead else ""
    return f"a concept is missing{after}", "Write the name of a concept here"


def _after_operand(previous: Token, token: Token, function: str | None) -> tuple[str, str]:
    pair = f"between {str(previous)!r} and {str(token)!r}"
    if token.type in ("AND", "OR") and previous.type != "NUMBER":
        return "and and or are mixed without parentheses", "Put parentheses around the part that belongs together: a and (b or c)"
    if token.type == "$END":
        return "a parenthesis is not closed", "Write ) where it ends"
    if token.type == "RPAR":
        return "this ) closes nothing", "Remove it, or write ( where it begins"
    if token.type == "COMMA":
        return "this comma separates nothing", "Write and or or in its place; commas stand between the arguments of a function"
    if function:
        return f"no comma stands {pair}", _example(function) if function in FUNCTIONS else "Write a comma between them"
    return f"no operator stands {pair}", "Write and or or between them"


def _function_around(tokens: Sequence[Token]) -> str | None:
    """The function whose parentheses are the innermost open ones."""
    opened: list[str | None] = []
    for previous, token in pairwise((None, *tokens)):
        if token and token.type == "LPAR":
            opened.append(str(previous) if previous and previous.type == "NAME" else None)
        elif token and token.type == "RPAR":
            opened.pop()
    return opened[-1] if opened else None


def _bare(word: Token) -> BadExpression:
    return BadExpression(_at(word), f"{str(word)!r} stands without its parentheses", _example(word))


def _example(name: str) -> str:
    return f"Write it like {name}({', '.join(FUNCTIONS[name])})"


def _is_field(name: str) -> bool:
    return name in (*FIELDS, "any")


def _trees(tree: Tree[Token]) -> list[Tree[Token]]:
    return [part for part in tree.children if isinstance(part, Tree)]


def _first(part: Tree[Token] | Token) -> Token:
    while isinstance(part, Tree):
        part = part.children[0]
    return part


def _at(part: Tree[Token] | Token) -> int:
    return _first(part).start_pos or 0
