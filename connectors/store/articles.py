"""SQL of articles, and of every address that leads to one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select

from connectors.store import tables as t
from schemas import codec
from schemas.article import Article


class Articles:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def get(self, article_id: str) -> Article | None:
        value = self._db.scalar(select(t.articles.c.value).where(t.articles.c.article_id == article_id))
        return codec.load(Article, value) if value else None

    def at(self, urls: Sequence[str]) -> Article | None:
        """The article that one of these addresses leads to; the address that is named first wins."""
        c = t.addresses.c
        found = {url: article_id for url, article_id in self._db.execute(select(c.url, c.article_id).where(c.url.in_(urls)))}
        return next((self.get(found[url]) for url in urls if url in found), None)

    def save(self, article: Article, urls: Sequence[str], now: datetime) -> None:
        """An address stays with the article that it led to first."""
        self._db.execute(delete(t.articles).where(t.articles.c.article_id == article.article_id))
        self._db.execute(insert(t.articles).values(article_id=article.article_id, changed_dt=now, value=codec.dump(article)))
        c = t.addresses.c
        known = set(self._db.scalars(select(c.url).where(c.url.in_(urls))))
        new = [{"url": url, "article_id": article.article_id} for url in dict.fromkeys(urls) if url not in known]
        if new:
            self._db.execute(insert(t.addresses), new)

    def unfinished(self) -> list[Article]:
        """Published, as far as we know, but not yet tracked, or matched and not yet rung: what a lost stream took with it."""
        a, j, s = t.articles.c, t.journal.c, t.journal_subjects.c
        tracked = select(j.key, func.max(j.dt).label("dt")).where(j.stage == "track").group_by(j.key).subquery()
        matched = select(j.key, func.max(j.dt).label("dt")).where(j.stage == "track", j.reason == "matched").group_by(j.key).subquery()
        told = select(s.subject, func.max(j.dt).label("dt")).join(t.journal, j.seq == s.seq).where(j.stage == "ring")
        rung = told.group_by(s.subject).subquery()
        joined = (
            select(a.value)
            .outerjoin(tracked, tracked.c.key == a.article_id)
            .outerjoin(matched, matched.c.key == a.article_id)
            .outerjoin(rung, rung.c.subject == a.article_id)
        )
        untracked = or_(tracked.c.dt.is_(None), tracked.c.dt < a.changed_dt)
        unrung = matched.c.dt.is_not(None) & or_(rung.c.dt.is_(None), rung.c.dt < matched.c.dt)
        return [codec.load(Article, value) for value in self._db.scalars(joined.where(or_(untracked, unrung)).order_by(a.changed_dt))]

    def count(self) -> int:
        return self._db.scalar(select(func.count()).select_from(t.articles)) or 0
