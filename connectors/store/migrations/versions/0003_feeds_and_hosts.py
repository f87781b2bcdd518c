"""How feeds publish, what their pages were like, how politely we have asked each host; and what a lane has due is found at once."""

from alembic import op
from sqlalchemy import Column, LargeBinary, String

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for name, key in (("feed_memory", "feed_id"), ("feed_pages", "feed_id"), ("hosts", "host")):
        op.create_table(name, Column(key, String, primary_key=True), Column("value", LargeBinary, nullable=False))
    op.drop_index("jobs_lane", "jobs")
    op.create_index("jobs_lane", "jobs", ["lane", "stage", "due_dt"])
