"""The table of streams (Kafka topics of ours): what each carries, its key, what makes a record's id, how long it is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from schemas.alert import Alert
from schemas.article import Article
from schemas.feed import FeedHealth
from schemas.match import Match
from schemas.quarantine import Quarantine

MAX_MESSAGE_BYTES = 4 * 2**20


@dataclass(frozen=True, kw_only=True, slots=True)
class Stream:
    """key: of the record; entity: whose life it tells; identity: entity, revision, content (hashed to meta.id); dt: when we observed it."""

    name: str
    entity: str
    version: str
    carries: type
    partitions: int
    kept: timedelta
    key: Callable[[Any], str]
    subject: Callable[[Any], str]
    identity: Callable[[Any], tuple[str, ...]]

    @property
    def schema(self) -> str:
        """The `$schema` of its records: path and semver."""
        return f"/{self.entity}/{self.version}"

    def settings(self, speed: float = 1, *, flushed: bool = False, replication: int = 1) -> dict[str, str]:
        """The Kafka topic's own settings. speed divides how long records are kept, not how Kafka works.

        flushed: each record is on the disk before it is acknowledged; of three replicas, two have it.
        """
        flush = {"flush.messages": "1"} if flushed else {}
        quorum = {"min.insync.replicas": "2"} if replication > 2 else {}
        return {
            "cleanup.policy": "delete",
            "retention.ms": str(int(self.kept / timedelta(milliseconds=1) / speed)),
            "max.message.bytes": str(MAX_MESSAGE_BYTES),
            "compression.type": "producer",
            "message.timestamp.type": "CreateTime",
            **flush,
            **quorum,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Log:
    """A stream as Kafka has it. log_id: Kafka's own, another one is another log."""

    log_id: str
    partitions: int
    settings: Mapping[str, str]


ARTICLES = Stream(
    name="news.article.v1",
    entity="article",
    version="1.0.0",
    carries=Article,
    partitions=12,
    kept=timedelta(days=30),
    key=lambda a: a.article_id,
    subject=lambda a: a.article_id,
    identity=lambda a: (a.article_id, str(a.revision), a.content_hash),
)
MATCHES = Stream(
    name="news.match.v1",
    entity="match",
    version="1.0.0",
    carries=Match,
    partitions=6,
    kept=timedelta(days=30),
    key=lambda m: m.topic_id,
    subject=lambda m: m.article.article_id,
    identity=lambda m: (m.topic_id, m.article.article_id, str(m.article.revision), m.topic_hash),
)
ALERTS = Stream(
    name="news.alert.v1",
    entity="alert",
    version="1.0.0",
    carries=Alert,
    partitions=6,
    kept=timedelta(days=90),
    key=lambda a: a.topic_id,
    subject=lambda a: a.alert_id,
    identity=lambda a: (a.alert_id, str(a.revision)),
)
FEED_HEALTH = Stream(
    name="news.feed_health.v1",
    entity="feed_health",
    version="1.0.0",
    carries=FeedHealth,
    partitions=1,
    kept=timedelta(days=30),
    key=lambda h: h.feed_id,
    subject=lambda h: h.feed_id,
    identity=lambda h: (h.feed_id, h.reason, _instant(h.changed_dt)),
)
QUARANTINE = Stream(
    name="news.quarantine.v1",
    entity="quarantine",
    version="1.0.0",
    carries=Quarantine,
    partitions=1,
    kept=timedelta(days=30),
    key=lambda q: q.stage,
    subject=lambda q: q.key,
    identity=lambda q: (q.quarantine_id,),
)
STREAMS = (ARTICLES, MATCHES, ALERTS, FEED_HEALTH, QUARANTINE)
READERS: Mapping[str, Stream] = {"track": ARTICLES, "ring": MATCHES}  # the stages of ours that read one


def stream_of(kind: type) -> Stream:
    return next(s for s in STREAMS if s.carries is kind)


def stream_named(name: str) -> Stream:
    return next(s for s in STREAMS if s.name == name)


def _instant(dt: datetime) -> str:
    return dt.isoformat()
