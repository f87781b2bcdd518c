"""Papers as publishers keep them: a feed that grows with the time, and its validators."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.fetch.site import Asked, http
from tests.town import NOON


def http_date(moment: datetime) -> str:
    return f"{moment:%a, %d %b %Y %H:%M:%S} GMT"


def rss(*items: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title>{head}{"".join(items)}</channel></rss>'.encode()


def item(title: str, url: str, published: datetime | None = None, guid: str = "") -> str:
    dated = f"<pubDate>{http_date(published)}</pubDate>" if published else ""
    named = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    return f"<item><title>{title}</title><link>{url}</link>{named}{dated}</item>"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Brings an entry `every` so often, and shows the latest `shown`. head: elements of its channel. headers: of each answer, 304 too."""

    every: timedelta
    shown: int = 10
    validators: bool = True
    head: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def newest(self, now: datetime) -> int:
        """Its number; 0 came at noon, as the scene began."""
        return int((now - NOON) / self.every)

    def feed(self, asked: Asked, now: datetime) -> bytes:
        newest = self.newest(now)
        numbers = range(newest, newest - self.shown, -1)
        return rss(*(item(f"Entry {n}", f"http://{asked.headers['host']}/{n}", NOON + n * self.every) for n in numbers), head=self.head)

    def __call__(self, asked: Asked, now: datetime) -> bytes:
        etag, headers = f'W/"{self.newest(now)}"', self.headers
        if self.validators:
            headers = {"ETag": etag, "Last-Modified": http_date(NOON + self.newest(now) * self.every), **headers}
            if asked.headers.get("if-none-match") == etag:
                return http(b"", "304 Not Modified", **headers)
        return http(self.feed(asked, now), "200 OK", **headers)
