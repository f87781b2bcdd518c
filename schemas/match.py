"""A match: an article x topic verdict that is yes, with its evidence."""

from dataclasses import dataclass
from enum import StrEnum, auto

from schemas.article import Count, Headline, Origin


class Field(StrEnum):
    TITLE = auto()
    LEAD = auto()
    BODY = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One hit: the term as the topic lists it, the form as the text has it, characters [start, end) of that field of the article."""

    concept: str
    term: str
    form: str
    field: Field
    start: Count
    end: Count


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """news.match.v1: a topic found in an article, once for each revision of the article that it was found in."""

    topic_id: str
    topic_hash: str  # of the topic as it was written when it matched
    origin: Origin
    article: Headline
    evidence: tuple[Evidence, ...]
