"""The first tables."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, String

revision = "0001"
down_revision = None

_SEQUENCE = BigInteger().with_variant(Integer, "sqlite")


def _key(name: str) -> Column[str]:
    return Column(name, String, primary_key=True)


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, String, nullable=False) for name in names]


def _instant(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


def upgrade() -> None:
    _shape()
    _journal()
    _news()


def _shape() -> None:
    position = Column("position", BigInteger, nullable=False)
    op.create_table("lanes", _key("lane"), position, *_texts("holder"), _instant("free_dt"), *_texts("taken", "log_id"))
    attempt = Column("attempt", Integer, nullable=False)
    op.create_table("jobs", _key("stage"), _key("key"), *_texts("lane"), _instant("due_dt"), attempt, *_texts("kind"), _bytes("value"))
    op.create_index("jobs_due", "jobs", ["stage", "due_dt"])
    op.create_index("jobs_lane", "jobs", ["lane"])
    op.create_table("deaths", _key("stage"), _key("key"), Column("count", Integer, nullable=False))
    op.create_table(
        "outbox",
        Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
        *_texts("stream", "key", "id", "headers"),
        _instant("dt"),
        _bytes("value"),
        Column("sent", Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_sent", "outbox", ["sent", "seq"])
    op.create_index("outbox_id", "outbox", ["id"])
    op.create_table("facts", _key("name"), *_texts("value"))


def _journal() -> None:
    seq = Column("seq", _SEQUENCE, primary_key=True, autoincrement=True)
    op.create_table("journal", seq, _instant("dt"), *_texts("stage", "key", "reason", "detail"))
    op.create_index("journal_key", "journal", ["key"])
    op.create_index("journal_reason", "journal", ["stage", "reason"])
    op.create_index("journal_dt", "journal", ["dt"])
    op.create_table("journal_subjects", _key("subject"), Column("seq", _SEQUENCE, primary_key=True, autoincrement=False))
    op.create_index("journal_subjects_seq", "journal_subjects", ["seq"])


def _news() -> None:
    op.create_table("feeds", _key("feed_id"), _bytes("value"))
    op.create_table("seen", _key("entry_id"), *_texts("digest"), _instant("seen_dt"))
    op.create_index("seen_dt", "seen", ["seen_dt"])
    op.create_table("articles", _key("article_id"), _instant("changed_dt"), _bytes("value"))
    op.create_table("addresses", _key("url"), *_texts("article_id"))
    op.create_index("addresses_article", "addresses", ["article_id"])
    op.create_table("alerts", _key("alert_id"), *_texts("topic_id", "group_id", "state"), _instant("changed_dt"), _bytes("value"))
    op.create_index("alerts_group", "alerts", ["group_id", "changed_dt"])
    op.create_table("told", _key("topic_id"), _key("article_id"), *_texts("content_hash", "alert_id"))
    op.create_index("told_content", "told", ["topic_id", "content_hash"])
