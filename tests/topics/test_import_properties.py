"""An expression written as a foreign query and imported holds for the same articles, and no text at all raises anything but a refusal."""

import ast
from collections.abc import Collection
from typing import TypeAlias

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from luqum.parser import parser
from luqum.tree import AndOperation, FieldGroup, Group, Item, Not, OrOperation, Phrase, SearchField, Word
from ruamel.yaml import YAML

from topics.drafts import file
from topics.importing import DIALECTS, imported
from topics.importing.query import Refused

WORDS = ("ship", "storm", "gale", "boat")
FIELDS = ("title", "lead")
Present: TypeAlias = Collection[tuple[str, str]]  # field and word

_words = st.sampled_from([*WORDS, '"ship ahoy"'])
_leaves = _words | st.builds("{}:{}".format, st.sampled_from(FIELDS), _words)


def _larger(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(parts.map("({})".format) | _leaves, min_size=2, max_size=3)
    return several.map(" AND ".join) | several.map(" OR ".join) | parts.map("NOT ({})".format)


queries = st.recursive(_leaves, _larger, max_leaves=8)
presents = st.frozensets(st.tuples(st.sampled_from(FIELDS), st.sampled_from([*WORDS, "ship ahoy"])))


def _lucene(item: Item, present: Present, field: str | None = None) -> bool:
    """What Lucene's own grammar makes of it."""
    match item:
        case Word() | Phrase():
            word = item.value.strip('"')
            return any(where == (field or where) and what == word for where, what in present)
        case SearchField(name=name):
            return _lucene(item.expr, present, name)
        case Not():
            return not _lucene(item.a, present, field)
        case Group() | FieldGroup():
            return _lucene(item.expr, present, field)
        case AndOperation():
            return all(_lucene(part, present, field) for part in item.children)
        case OrOperation():
            return any(_lucene(part, present, field) for part in item.children)
    raise ValueError(type(item))


def _match(node: ast.expr, concepts: dict[str, list[str]], present: Present, field: str | None = None) -> bool:
    """What `match` says: its and, or, not and calls are those of Python."""
    match node:
        case ast.Name(id=name):
            return any(where == (field or where) and what in concepts[name] for where, what in present)
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            return _match(argument, concepts, present, name)
        case ast.UnaryOp(operand=part):
            return not _match(part, concepts, present, field)
        case ast.BoolOp(op=operator, values=parts):
            combined = all if isinstance(operator, ast.And) else any
            return combined(_match(part, concepts, present, field) for part in parts)
    raise ValueError(ast.dump(node))


@given(queries, presents)
def test_an_imported_query_has_the_truth_table_that_lucene_gives_it(query: str, present: Present) -> None:
    assume(not _lucene(parser.parse(query), ()))
    topic = YAML(typ="safe", pure=True).load(imported(query, "lucene", topic_id="t", title="T").yaml)["topics"]["t"]
    concepts = {name.replace("-", "_"): terms for name, terms in topic["concepts"].items()}

    node = ast.parse(topic["match"].replace("-", "_"), mode="eval").body
    assert _match(node, concepts, present) == _lucene(parser.parse(query), present)


@given(queries)
def test_both_dialects_read_a_plain_boolean_query_alike(query: str) -> None:
    assert _read(query, "lucene") == _read(query.replace("lead:", "ingress:"), "meltwater")


def _read(query: str, dialect: str) -> str:
    try:
        return imported(query, dialect, topic_id="t", title="T").yaml
    except Refused as refused:
        return refused.problem


@given(queries)
def test_a_query_that_holds_for_nothing_found_is_refused(query: str) -> None:
    assert ("none of its words" in _read(query, "lucene")) == _lucene(parser.parse(query), ())


_PIECES = [
    '"',
    "(",
    ")",
    "*",
    "?",
    "~3",
    "^2",
    "/",
    "{",
    "}",
    "[",
    "]",
    " AND ",
    " OR ",
    " NOT ",
    " near/3 ",
    "title:",
    "language:",
    "near(",
    ",",
    "-",
    "+",
]
_PIECES += [
    "//",
    " (or ",
    "(title any ",
    '"a b"',
    "/stemming",
    "(prox/unit=word/distance<3",
    "(or/count>=2 ",
    "/regexp",
    " ship ",
    "\\",
    "=",
    "de:",
    "TO",
    "\u0085",
]


@pytest.mark.parametrize("dialect", DIALECTS)
@given(text=st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=12).map("".join))
def test_no_text_raises_anything_but_a_refusal_with_a_place_in_it(dialect: str, text: str) -> None:
    try:
        found = imported(text, dialect, topic_id="t", title="T", language="en")
    except Refused as refused:
        assert 0 <= refused.offset <= len(text) and refused.problem and refused.fix
    else:
        assert len(file(found.yaml, "t.yaml").drafts) == 1
