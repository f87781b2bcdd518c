"""The tables: what the shape of a stage needs, then the news itself. migrations/ is how a database comes to them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Instant(TypeDecorator[datetime]):
    """Microseconds since 1970 in UTC: sorts and compares alike in SQLite and PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        return None if value is None else (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


_Sequence = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in an INTEGER key


def _key(name: str) -> Column[str]:
    return Column(name, String, primary_key=True)


def _text(name: str) -> Column[str]:
    return Column(name, String, nullable=False)


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


def _instant(name: str) -> Column[datetime]:
    return Column(name, Instant, nullable=False)


metadata = MetaData()

# the shape
lanes = Table(
    "lanes",
    metadata,
    _key("lane"),
    Column("position", BigInteger, nullable=False),
    _text("holder"),
    _instant("free_dt"),
    _text("taken"),  # JSON: the [stage, key] pairs that the holder works on
    _text("log_id"),  # of the stream the lane reads, as Kafka names it
)
jobs = Table(
    "jobs",
    metadata,
    _key("stage"),
    _key("key"),
    _text("lane"),
    _instant("due_dt"),
    Column("attempt", Integer, nullable=False),
    _text("kind"),
    _bytes("value"),
    Index("jobs_due", "stage", "due_dt"),
    Index("jobs_lane", "lane", "stage", "due_dt"),
)
deaths = Table("deaths", metadata, _key("stage"), _key("key"), Column("count", Integer, nullable=False))
outbox = Table(
    "outbox",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    *(_text(name) for name in ("stream", "key", "id", "headers")),
    _instant("dt"),
    _bytes("value"),
    Column("sent", Boolean, nullable=False),  # acknowledged, and kept until the stage that reads it has settled it
    Index("outbox_sent", "sent", "seq"),
    Index("outbox_id", "id"),
    sqlite_autoincrement=True,
)
journal = Table(
    "journal",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    _instant("dt"),
    *(_text(name) for name in ("stage", "key", "reason", "detail")),
    Index("journal_key", "key"),
    Index("journal_reason", "stage", "reason"),
    Index("journal_dt", "dt"),
)
journal_subjects = Table(
    "journal_subjects",
    metadata,
    _key("subject"),
    Column("seq", _Sequence, primary_key=True, autoincrement=False),
    Index("journal_subjects_seq", "seq"),
)
facts = Table("facts", metadata, _key("name"), _text("value"))

# the news
feeds = Table("feeds", metadata, _key("feed_id"), _bytes("value"))
feed_memory = Table("feed_memory", metadata, _key("feed_id"), _bytes("value"))
feed_pages = Table("feed_pages", metadata, _key("feed_id"), _bytes("value"))
hosts = Table("hosts", metadata, _key("host"), _bytes("value"))
seen = Table("seen", metadata, _key("entry_id"), _text("digest"), _instant("seen_dt"), Index("seen_dt", "seen_dt"))
articles = Table(
    "articles",
    metadata,
    _key("article_id"),
    _instant("changed_dt"),
    _bytes("value"),
    Index("articles_changed", "changed_dt", "article_id"),
)
addresses = Table("addresses", metadata, _key("url"), _text("article_id"), Index("addresses_article", "article_id"))
alerts = Table(
    "alerts",
    metadata,
    _key("alert_id"),
    _text("topic_id"),
    _text("group_id"),
    _text("state"),
    _instant("changed_dt"),
    _bytes("value"),
    Index("alerts_group", "group_id", "changed_dt"),
)
told = Table(
    "told",
    metadata,
    _key("topic_id"),
    _key("article_id"),
    _text("content_hash"),
    _text("alert_id"),
    Index("told_content", "topic_id", "content_hash"),
)
labels = Table(
    "labels",
    metadata,
    _key("topic_id"),
    _key("article_id"),
    Column("relevant", Boolean, nullable=False),
    _text("url"),
    _text("title"),
    _instant("labelled_dt"),
)
