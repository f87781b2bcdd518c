"""A match: an article x topic verdict that is yes, with its evidence."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Annotated

import pydantic

from schemas.article import Count, Headline, Origin

Points = Annotated[float, pydantic.Field(ge=0, le=1e12)]  # a weight of concepts and fields, or a sum of such


class Field(StrEnum):
    TITLE = auto()
    LEAD = auto()
    BODY = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One hit: the term as the topic lists it, the form as the text has it, characters [start, end) of that field of the article.

    weight: what it counts for the score; None where the topic has none.
    """

    concept: str
    term: str
    form: str
    field: Field
    start: Count
    end: Count
    weight: Points | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """news.match.v1: a topic found in an article, once for each revision of the article that it was found in.

    score, threshold: None where the topic has no score. headline_only: true where there was no body to read.
    block_hash: in a live blog or a roundup, of the part that the topic was found in.
    """

    topic_id: str
    topic_hash: str  # of the topic as it was written when it matched
    origin: Origin
    article: Headline
    evidence: tuple[Evidence, ...]
    score: Points | None = None
    threshold: Points | None = None
    headline_only: bool | None = None
    block_hash: str | None = None
