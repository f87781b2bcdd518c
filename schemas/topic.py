"""A topic as the operator wrote it, checked: concepts of terms, and an expression over the concepts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One or more words in one order. language: where its forms come from and where it may hit; None: every language."""

    text: str
    language: str | None = None
    exact: bool = False  # `=form`: this form only
    cased: bool = False  # `==Form`: this form in this case


@dataclass(frozen=True, kw_only=True, slots=True)
class Concept:
    name: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Has:
    """True where the concept is found, in that field where one is named."""

    concept: str
    field: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Not:
    part: "Expression"


@dataclass(frozen=True, kw_only=True, slots=True)
class And:
    parts: tuple["Expression", ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Or:
    parts: tuple["Expression", ...]


Expression: TypeAlias = Has | Not | And | Or


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """calm: an alert without news for this long is resolved. cooldown: so long after its last message, articles join in silence."""

    topic_id: str
    title: str
    concepts: tuple[Concept, ...]
    match: Expression
    unless: tuple[Expression, ...] = ()
    calm: timedelta = timedelta(hours=6)
    cooldown: timedelta = timedelta(0)
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    digest: str  # of its text: the same article and the same digest give the same verdict
