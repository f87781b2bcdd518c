"""The local site's crowd as articles that have come through extract, without the way there."""

from datetime import datetime

from benchmarks.press import crowded
from schemas.article import Article, Block, BlockKind, BodyStatus, ChangeKind, Extraction, FeedRef, Origin
from schemas.ids import digest, uid


def read_articles(count: int, now: datetime) -> list[Article]:
    found = []
    for printed in crowded(count):
        url, starts, at = f"http://crowd.example/{printed.feed}/{printed.slug}", [], 0
        for block in printed.body:
            starts.append(at)
            at += len(block.text) + 2
        article = Article(
            article_id=uid("article", url),
            revision=1,
            change_kind=ChangeKind.DISCOVERED,
            origin=Origin.LIVE,
            url=url,
            source_id=printed.feed,
            first_seen_dt=now,
            content_hash=digest(printed.title, printed.lead, printed.text),
            title=printed.title,
            lead=printed.lead,
            body_text=printed.text,
            body_status=BodyStatus.FULL,
            blocks=tuple(Block(start=start, kind=BlockKind.P) for start in starts),
            language=printed.language,
            authors=(printed.author,),
            published_dt=now,
            section=printed.section,
            tags=printed.tags,
            word_count=len(printed.text.split()),
            feed=FeedRef(feed_id=printed.feed, entry_id=uid("entry", url)),
            extraction=Extraction(tool="bench", version="1"),
        )
        found.append(article)
    return found
