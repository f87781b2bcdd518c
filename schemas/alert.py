"""An alert at one moment of its life, and the delivery of that moment to one channel."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Annotated

from pydantic import AwareDatetime, Field

from schemas.article import Count, Headline, Origin
from schemas.match import Evidence, Points
from schemas.topic import Severity

SYSTEM = "system"  # the topic of what the monitor has to say about itself


class AlertState(StrEnum):
    OPENED = auto()
    UPDATED = auto()
    ACKNOWLEDGED = auto()
    RESOLVED = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """news.alert.v1. `articles` are the newest few, newest first; `article_count` counts them all (whole lists grow quadratically).

    new_count: of them, those that joined since the record before. evidence, score, threshold: of the newest, as its match has them.
    severity: the topic's. detail: more, in plain words.
    """

    alert_id: str
    revision: Annotated[int, Field(ge=1, le=2**53 - 1)]
    topic_id: str
    group_id: str
    state: AlertState
    origin: Origin
    title: str
    opened_dt: AwareDatetime
    changed_dt: AwareDatetime  # of this revision: grows strictly over the alerts of a group
    news_dt: AwareDatetime  # when the last article joined; later than changed_dt: in silence, and still to be told
    article_count: Count
    new_count: Count = 0
    articles: tuple[Headline, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    score: Points | None = None
    threshold: Points | None = None
    severity: Severity = Severity.WARNING
    detail: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Wake:
    """What ring asks of itself for later: look at this alert again."""

    alert_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    delivery_id: str
    channel: str
    alert: Alert


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A delivery in words, as a channel sends it. `id` is the delivery's: an idempotency key."""

    id: str
    attempt: int
    title: str
    text: str
    delivery: Delivery
