"""A boolean query of any dialect, understood."""

import re
from dataclasses import dataclass, replace

from lark import Token, Tree

from schemas.positions import suggestion
from topics.importing.atoms import atom, boost, need
from topics.importing.boolean import number, parsed, start
from topics.importing.chain import Clause, Joint, close, joined
from topics.importing.dialect import Dialect, Feature
from topics.importing.query import Count, Only, Query, Refused, Words, operand, weighted, within

_VALUES = {"languages": (r"[a-z]{2}", "Write its two letters: en"), "sources": (r"[a-z0-9-]+", "Write the id that the source has here")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """language: where the forms of words come from."""

    dialect: Dialect
    language: str | None = None
    cased: bool = False

    def read(self, text: str) -> Query:
        """Raises Refused."""
        return self._chain(parsed(text))

    def _chain(self, tree: Tree[Token]) -> Query:
        clauses: list[Clause] = []
        joints: list[Joint] = []
        joint: Joint | None = None
        for part in _trees(tree):
            if part.data == "joint":
                joint = self._joint(part)
                continue
            clause = self._clause(part)
            if joint and joint.operator == "andnot":
                clause, joint = replace(clause, sign="" if clause.sign == "!" else "!"), replace(joint, operator="and")
            if clauses:
                joints.append(joint or Joint(operator="", offset=clause.offset))
            clauses.append(clause)
            joint = None
        return joined(clauses, joints)

    def _joint(self, tree: Tree[Token]) -> Joint:
        (token,) = tree.children
        assert isinstance(token, Token)
        if token.type == "NEAR":
            need(Feature.NEAR, self.dialect, token)
            return Joint(operator=token.lower(), offset=start(token))
        self._capitals(token)
        return Joint(operator=token.type.lower(), offset=start(token))

    def _capitals(self, token: Token) -> None:
        if token.upper() != token and Feature.SMALL_OPERATORS not in self.dialect.features:
            raise Refused(f"{token} in small letters is a word in {self.dialect.name}", f"Write {token.upper()}", start(token))

    def _clause(self, tree: Tree[Token]) -> Clause:
        sign, weight = "", 1.0
        for part in tree.children:
            if not isinstance(part, Token):
                query = self._atom(part)
            elif part.type == "BOOST":
                weight = boost(part)
            elif part.type == "SIGN":
                need(Feature.SIGNS, self.dialect, part)
                sign = str(part)
            else:
                self._capitals(part)
                sign = "" if sign == "!" else "!"
        return Clause(query=weighted(query, weight) if weight != 1 else query, offset=start(tree), sign=sign)

    def _atom(self, tree: Tree[Token]) -> Query:
        match tree.data:
            case "group":
                return self._chain(*_trees(tree))
            case "field":
                return self._field(tree)
            case "call":
                return self._call(tree)
            case _:
                return atom(tree, self.dialect, self.language, self.cased)

    def _field(self, tree: Tree[Token]) -> Query:
        name = str(tree.children[0]).strip().rstrip(":").strip()
        (value,) = _trees(tree)
        if kind := self.dialect.filters.get(name.lower()):
            return self._filter(kind, value, start(tree))
        if name.lower() not in self.dialect.fields:
            problem = f"a topic cannot ask for {name}: it looks at title, lead and body"
            raise Refused(problem, suggestion(name, [*self.dialect.fields, *self.dialect.filters]), start(tree))
        return within(self._atom(value), self.dialect.fields[name.lower()])

    def _filter(self, kind: str, tree: Tree[Token], offset: int) -> Only:
        query = replace(self, language=None)._atom(tree)
        shape, fix = _VALUES[kind]
        values = tuple(term.lower() for term in query.terms) if isinstance(query, Words) else ("",)
        for value in values:
            if not re.fullmatch(shape, value):
                raise Refused(f"{value or 'this'} names none of our {kind}", fix, offset)
        return Only(kind=kind, values=values, offset=offset)

    def _call(self, tree: Tree[Token]) -> Query:
        token = tree.children[0]
        assert isinstance(token, Token)
        need(Feature.CALLS, self.dialect, token)
        name, chains = token.lower().rstrip("("), _trees(tree)
        if name == "near":
            return self._near(chains, start(token))
        if len(chains) != 1:
            raise Refused(f"{name}() takes one thing", "Write words with OR between them", start(token))
        if name == "cs":
            return replace(self, cased=True)._chain(chains[0])
        of, count = operand(self._chain(chains[0])), number(name.removeprefix("atleast"))
        if of is None or count < 1:
            raise Refused(f"{name}() counts words, or words with OR between them", "Write the rest outside of it", start(token))
        return Count(count=count, of=of)

    def _near(self, chains: list[Tree[Token]], offset: int) -> Query:
        """near(a, b, 5), or near(a, b, 5, in_order): five words between."""
        said = [_said(chain) for chain in chains[2:]]
        if len(said) not in (1, 2) or not said[0].isdecimal() or said[1:] not in ([], ["in_order"]):
            raise Refused("this near is not complete", "Write near(a, b, 5), or near(a, b, 5, in_order)", offset)
        return close(self._chain(chains[0]), self._chain(chains[1]), number(said[0]) + 1, len(said) > 1, offset)


def _trees(tree: Tree[Token]) -> list[Tree[Token]]:
    return [part for part in tree.children if isinstance(part, Tree)]


def _said(tree: Tree[Token]) -> str:
    return " ".join(str(token) for token in tree.scan_values(lambda value: isinstance(value, Token))).lower()
