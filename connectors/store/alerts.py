"""SQL of alerts, and of what each topic has told already."""

from sqlalchemy import Connection, delete, insert, or_, select

from connectors.store import tables as t
from schemas import codec
from schemas.alert import Alert
from schemas.article import Headline


class Alerts:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def get(self, alert_id: str) -> Alert | None:
        value = self._db.scalar(select(t.alerts.c.value).where(t.alerts.c.alert_id == alert_id))
        return codec.load(Alert, value) if value else None

    def of_group(self, group_id: str) -> Alert | None:
        """The group's latest alert."""
        c = t.alerts.c
        value = self._db.scalar(select(c.value).where(c.group_id == group_id).order_by(c.changed_dt.desc(), c.alert_id).limit(1))
        return codec.load(Alert, value) if value else None

    def recent(self, limit: int) -> list[Alert]:
        """The last changed first."""
        values = self._db.scalars(select(t.alerts.c.value).order_by(t.alerts.c.changed_dt.desc(), t.alerts.c.alert_id).limit(limit))
        return [codec.load(Alert, value) for value in values]

    def told(self, topic_id: str, article: Headline) -> str | None:
        """The alert of the topic, open or resolved, that told this article, or the same text under another address."""
        c = t.told.c
        same = or_(c.article_id == article.article_id, c.content_hash == article.content_hash)
        return self._db.scalar(select(c.alert_id).where(c.topic_id == topic_id, same).limit(1))

    def save(self, alert: Alert) -> None:
        self._db.execute(delete(t.alerts).where(t.alerts.c.alert_id == alert.alert_id))
        row = {name: getattr(alert, name) for name in ("alert_id", "topic_id", "group_id", "state", "changed_dt")}
        self._db.execute(insert(t.alerts).values(row | {"value": codec.dump(alert)}))

    def tell(self, topic_id: str, article: Headline, alert_id: str) -> None:
        """From now on this topic has told this article, in this alert. Known already: nothing changes."""
        c = t.told.c
        if self._db.scalar(select(c.alert_id).where(c.topic_id == topic_id, c.article_id == article.article_id)) is None:
            row = {"topic_id": topic_id, "article_id": article.article_id, "content_hash": article.content_hash, "alert_id": alert_id}
            self._db.execute(insert(t.told).values(row))
