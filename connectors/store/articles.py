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

    def changed(self, since: datetime, after: str, limit: int) -> list[tuple[datetime, Article]]:
        """At most `limit` that were changed since then, the earliest first, each with that instant.

        after: the id of an article changed at `since` itself; it and those before it are left out. Empty: none is.
        """
        c = t.articles.c
        wanted = (c.changed_dt >= since, or_(c.changed_dt > since, c.article_id > after))
        rows = self._db.execute(select(c.changed_dt, c.value).where(*wanted).order_by(c.changed_dt, c.article_id).limit(limit))
        return [(changed_dt, codec.load(Article, value)) for changed_dt, value in rows]

    def count(self) -> int:
        return self._db.scalar(select(func.count()).select_from(t.articles)) or 0
