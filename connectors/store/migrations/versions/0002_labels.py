"""What people say of articles, and articles in the order of their changes."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, String

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "labels",
        Column("topic_id", String, primary_key=True),
        Column("article_id", String, primary_key=True),
        Column("relevant", Boolean, nullable=False),
        Column("url", String, nullable=False),
        Column("title", String, nullable=False),
        Column("labelled_dt", BigInteger, nullable=False),
    )
    op.create_index("articles_changed", "articles", ["changed_dt", "article_id"])
