"""An article as one paper prints it: its addresses and its instant; an agency's article is printed by several."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from demo.article import Article, Shape
from demo.labels import LABELS
from demo.papers import Feed

LATER = timedelta(minutes=3)  # after one paper, the next prints the agency's article


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """path: of its page; link: the path that the feed shows. published: when the paper says it was; out_dt: when the site shows it."""

    article: Article
    paper: str
    path: str
    link: str
    published: datetime
    out_dt: datetime

    @property
    def local_dt(self) -> datetime:
        """published, in the time zone of its language: what a visible date tells."""
        return self.published.astimezone(ZoneInfo(LABELS[self.article.language].zone))


def printed(article: Article, feed: Feed, start: datetime, speed: float, moved: bool) -> Iterator[Printed]:
    """moved: it comes out so long after `start`, dated then; else at its real date of 2021."""
    for number, paper in enumerate(article.papers or (feed.paper,)):
        released = article.release + number * LATER
        real = article.published + number * LATER
        out = start + (released / speed if released > timedelta(0) else released) if moved else real
        folder = _plain(paper) if article.papers else feed.feed_id
        path = f"/{folder}/{article.slug}"
        yield Printed(
            article=article,
            paper=paper,
            path=path,
            link=f"/{folder}/alt/{article.slug}" if article.shape is Shape.MOVED else path,
            published=out.replace(microsecond=0),
            out_dt=out,
        )


def _plain(name: str) -> str:
    """`Weinstraßen-Echo` as the part of an address: `weinstrassen-echo`."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)
