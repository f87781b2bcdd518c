"""A topic as the operator wrote it, checked: concepts of terms, and an expression over the concepts."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto
from typing import TypeAlias


class TermKind(StrEnum):
    WORDS = auto()  # one word, or words in a row
    PATTERN = auto()  # /regular expression/
    COUNTRY = auto()  # {country: RU}: its names in every language


class Severity(StrEnum):
    INFO = auto()
    WARNING = auto()
    CRITICAL = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """language: where its forms come from and where it may hit; None: every language. since, until: days of publication, both included."""

    text: str  # words, the inside of /.../, or the code of a country
    kind: TermKind = TermKind.WORDS
    language: str | None = None
    exact: bool = False  # `=form`: this form only
    cased: bool = False  # `==Form`: this form in this case; a pattern without the flag i
    parts: tuple[str, ...] = ()  # of a country: name, adjective, people, capital, seat
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """What a term looks for: words in a row, each in one of its forms. A term has several where languages differ in what they ask for.

    words: of each word its forms, folded and sorted, `*` at an end for any letters, `?` for one. pattern: a regular expression instead.
    cased: the spelling it must have. capital: its first letter is a capital. within: longer names of something else, words as above;
    inside one of them it does not hit. never: the languages where another term speaks in its place, `""` among them for an unknown one.
    """

    term: str  # as the file writes it
    words: tuple[tuple[str, ...], ...] = ()
    pattern: str | None = None
    language: str | None = None
    cased: str | None = None
    capital: bool = False
    within: tuple[tuple[tuple[str, ...], ...], ...] = ()
    never: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Concept:
    """shapes: of its terms and of the concepts that it uses, in their order."""

    name: str
    terms: tuple[Term, ...]
    shapes: tuple[Shape, ...] = ()


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


Operand: TypeAlias = tuple[Has, ...]  # any of them


@dataclass(frozen=True, kw_only=True, slots=True)
class Near:
    """At most `within` words apart in one field, adjacent words 1; ordered: the left one first."""

    left: Operand
    right: Operand
    within: int
    ordered: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SameSentence:
    left: Operand
    right: Operand


@dataclass(frozen=True, kw_only=True, slots=True)
class AtLeast:
    """So many hits; different: so many terms that hit."""

    count: int
    of: Operand
    different: bool = False


Expression: TypeAlias = Has | Not | And | Or | Near | SameSentence | AtLeast


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """The weight of each field, and the sum at which a topic rings: over the concepts of `match`, weight times the best field's."""

    title: float = 1
    lead: float = 1
    body: float = 1
    threshold: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """A text that a topic file says should hit or miss. language None: unknown, as it is for a short text."""

    text: str
    language: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """calm: an alert without news for this long is resolved. cooldown: so long after its last message, articles join in silence.

    languages, sources: where it may match; empty: everywhere. An article of unknown language is in every language.
    """

    topic_id: str
    title: str
    concepts: tuple[Concept, ...]
    match: Expression
    unless: tuple[Expression, ...] = ()
    score: Score | None = None
    weights: tuple[tuple[str, float], ...] = ()  # of concepts; 1 where none is given
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING
    calm: timedelta = timedelta(hours=6)
    cooldown: timedelta = timedelta(0)
    hits: tuple[Sample, ...] = ()
    misses: tuple[Sample, ...] = ()
    digest: str  # of what decides a verdict, the forms too: the same article and the same digest give the same verdict
