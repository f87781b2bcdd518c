"""What there is to say of a feed or an article, in plain sentences: how it stands now, and why."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas.article import Article
    from schemas.feed import FeedState
    from schemas.work import Job, Noted


def of_feed(state: "FeedState") -> Iterator[str]:
    from articles.health_words import health

    one = health(state)
    yield f"feed {state.feed_id}: {one.standing}. {one.told}{f' (since {_moment(one.since_dt)})' if one.since_dt else ''}"
    if state.address:
        yield f"it has moved for good from {state.url} to {state.address}, and is asked there"
    elif state.move:
        yield f"its server sends us to {state.move.to}: {state.move.times} times in a row since {_moment(state.move.since_dt)}"
    yield from _entries(state)
    if state.distrusted:
        yield "its server once said that nothing had changed when it had, so it is asked for the whole feed each time"
    if state.failures:
        yield f"{state.failures} failure{'s' if state.failures > 1 else ''} in a row: the pause is {state.slower:g} times the usual one"
    yield f"next poll: {_moment(state.due_dt)}" if state.due_dt else "it is not polled again"


def _entries(state: "FeedState") -> Iterator[str]:
    newest = f", the newest of {_moment(state.newest_dt)}" if state.newest_dt else ""
    met = f"; the last new one was met {_moment(state.news_dt)}" if state.news_dt else ""
    yield f"{state.entries} entries so far{newest}{met}"
    if state.gaps:
        last = f", the last on {_moment(state.gap_dt)}" if state.gap_dt else ""
        sooner = f"; it is asked {2**state.halvings} times as often for it" if state.halvings else ""
        polls = f"{state.gaps} poll{'s' if state.gaps > 1 else ''}"
        yield f"{polls} showed no entry of the one before{last}: some may have come and gone between{sooner}"


def of_article(article: "Article", notes: "Sequence[Noted]", waiting: "Job | None") -> Iterator[str]:
    """waiting: for its page to be asked, or asked again."""
    shown = f"feed {article.feed.feed_id}" if article.feed else f"source {article.source_id}"
    yield f"{article.title or article.url}: shown by {shown}, first seen {_moment(article.first_seen_dt)}, {article.origin}"
    yield _page(article, notes)
    if waiting:
        yield f"its page is asked {'again ' if waiting.attempt else ''}{_moment(waiting.due_dt)}"


def _page(article: "Article", notes: "Sequence[Noted]") -> str:
    """The journal's last word on its page; its detail begins with the reason of a failure."""
    from tocsin.words import words

    last = next((note for note in reversed(notes) if note.stage == "extract"), None)
    failure, _, detail = last.detail.partition(": ") if last else ("", "", "")
    status = article.body_status
    if article.body_text and status and status.value in ("full", "partial"):
        where = "its page was read" if article.fetch else "its feed tells it whole, so its page is not asked"
        return (
            f"{where}: {article.word_count or len(article.body_text.split())} words{f' in {article.language}' if article.language else ''}"
        )
    if failure:
        return f"only what the feed told of it is used. {words(failure)}: {detail}"
    return f"only what the feed told of it is used{f' ({status})' if status else ''}"


def _moment(dt: datetime) -> str:
    return f"{dt.astimezone(UTC):%d %b %H:%M}Z"
