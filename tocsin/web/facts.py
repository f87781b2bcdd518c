"""What each page tells, as frozen values: the HTML and the JSON of a page are made from the same ones."""

from dataclasses import dataclass

from pydantic import AwareDatetime

from articles.health_words import Standing
from schemas.alert import Alert
from schemas.article import Count, Headline
from schemas.reasons import Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryFacts:
    """An alert's latest revision at one channel. reason None: not tried yet. next_dt: of the try that is due; None: it is over."""

    channel: str
    reason: str | None
    words: str
    detail: str = ""
    dt: AwareDatetime | None = None
    next_dt: AwareDatetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertFacts:
    """evidence: the words that were found, as the text has them, each with its concept, each pair once."""

    alert: Alert
    evidence: tuple[tuple[str, str], ...]
    deliveries: tuple[DeliveryFacts, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertsPage:
    """The newest alerts, the last changed first."""

    as_of_dt: AwareDatetime
    alerts: tuple[AlertFacts, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedFacts:
    """reason None: not polled yet. gaps: polls that shared no entry with the one before. polled_dt: of the last one that could be read.
    next_dt None: never again.
    """

    feed_id: str
    url: str
    failing: bool
    standing: Standing
    reason: Reason | None
    words: str
    detail: str | None
    since_dt: AwareDatetime | None
    failures: Count
    entries: Count
    gaps: Count
    polled_dt: AwareDatetime | None
    next_dt: AwareDatetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedsPage:
    """Those that fail come first, then those that are suspect."""

    as_of_dt: AwareDatetime
    feeds: tuple[FeedFacts, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldFacts:
    """A match that did not ring. article None: our database does not know it (any more)."""

    dt: AwareDatetime
    topic_id: str
    reason: str
    words: str
    detail: str
    article: Headline | None
    url: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldPage:
    """The newest first."""

    as_of_dt: AwareDatetime
    held: tuple[HeldFacts, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReasonCount:
    reason: str
    count: Count


@dataclass(frozen=True, kw_only=True, slots=True)
class StageFacts:
    """waiting: its jobs, due or not. last_hour: its verdicts, the most frequent first."""

    stage: str
    paused: bool
    waiting: Count
    last_hour: tuple[ReasonCount, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeFacts:
    """What the house had to say about itself."""

    dt: AwareDatetime
    subject: str
    reason: str
    words: str
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusPage:
    as_of_dt: AwareDatetime
    stages: tuple[StageFacts, ...]
    outbox_records: Count
    outbox_oldest_seconds: float
    articles: Count
    feeds_failing: Count
    notices: tuple[NoticeFacts, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxFacts:
    """Records that wait for Kafka, and how long the oldest has waited."""

    records: Count
    oldest_seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Gauges:
    """What /metrics tells of this moment."""

    jobs_waiting: tuple[tuple[str, int], ...]
    outbox: OutboxFacts
    feeds_failing: int
    articles: int
