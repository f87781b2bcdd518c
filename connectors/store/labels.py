"""SQL of labels: one a topic and article, the last that was said."""

from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select

from connectors.store import tables as t
from schemas.label import Label


class Labels:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def save(self, label: Label) -> None:
        """In the place of what was said before."""
        self.remove(label.topic_id, label.article_id)
        self._db.execute(insert(t.labels).values(asdict(label)))

    def of(self, topic_id: str) -> list[Label]:
        """The first that was said first."""
        return [label for label in self.all() if label.topic_id == topic_id]

    def all(self) -> list[Label]:
        """By topic, then in the order in which they were said."""
        c = t.labels.c
        rows = self._db.execute(select(t.labels).order_by(c.topic_id, c.labelled_dt, c.article_id)).mappings()
        return [Label(**{str(name): value for name, value in row.items()}) for row in rows]

    def remove(self, topic_id: str, article_id: str) -> bool:
        """True where there was one."""
        c = t.labels.c
        return self._db.execute(delete(t.labels).where(c.topic_id == topic_id, c.article_id == article_id)).rowcount > 0
