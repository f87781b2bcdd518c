"""A database as a day's work leaves it: alerts, deliveries, feeds, held matches, notices, and one publisher who means harm."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from alerts.routes import Route, Routes, deliveries
from connectors.store import Store, Tx, open_store
from pipeline import deliver, poll
from schemas import codec
from schemas.alert import SYSTEM, Alert, AlertState, Delivery
from schemas.article import Article, ChangeKind, Headline, Origin
from schemas.feed import DueFeed, FeedState
from schemas.match import Evidence, Field
from schemas.reasons import Reason

NOON = datetime(2021, 10, 22, 12, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SCRIPT = "<script>alert(1)</script>"
EVIL = "javascript:alert(document.domain)"
QUOTED = '"><img src=x onerror=alert(2)>'
EVERYWHERE = Routes(channels={}, routes=(Route(topics=None, channels=("chat", "mail")),))

NEWS = ("de", "Nato und Moskau: neue Spannungen nach dem Treffen der Minister", "https://zeitung.example/nato", "zeitung")
SAME = ("ru", "Песков ответил на заявления министров НАТО", "https://gazeta.example/peskov", "gazeta")
ARABIC = ("ar", "الناتو وروسيا: توترات جديدة", "https://sahifa.example/1", "sahifa")
HARM = (QUOTED, f"{SCRIPT} Nato", EVIL, QUOTED)


def database(folder: Path) -> str:
    return f"sqlite:///{folder}/state/tocsin.db"


def empty(folder: Path) -> Store:
    return open_store(database(folder))


def filled(folder: Path) -> Store:
    store = empty(folder)
    store.write_now(_fill)
    return store


def headline(told: tuple[str, str, str, str], at: datetime = NOON - 10 * MINUTE) -> Headline:
    language, title, url, source = told
    return Headline(
        article_id=f"article of {source}",
        revision=1,
        content_hash=title,
        title=title,
        url=url,
        source_id=source,
        language=language,
        published_dt=at,
        first_seen_dt=at,
    )


def alert(topic: str, state: AlertState, *told: Headline, at: datetime, revision: int = 1, detail: str | None = None) -> Alert:
    forms = (("nato", "Nato"), ("nato", "NATO"), ("russia", "Moskau"), (QUOTED, SCRIPT)) if told else ()
    return Alert(
        alert_id=f"alert of {topic}",
        revision=revision,
        topic_id=topic,
        group_id=topic,
        state=state,
        origin=Origin.LIVE,
        title=f"{topic}: {told[0].title if told else 'Stream gap'}",
        opened_dt=at - HOUR,
        changed_dt=at,
        news_dt=at,
        article_count=len(told) + 2 if told else 0,
        new_count=1,
        articles=told,
        evidence=tuple(Evidence(concept=c, term=f, form=f, field=Field.TITLE, start=0, end=len(f)) for c, f in forms),
        detail=detail,
    )


def _fill(tx: Tx) -> None:
    _alerts(tx)
    _feeds(tx)
    _held(tx)
    _house(tx)


def _alerts(tx: Tx) -> None:
    moving = alert("nato-russia", AlertState.UPDATED, headline(NEWS), headline(SAME), headline(ARABIC), at=NOON - 3 * MINUTE, revision=2)
    harm = alert("harm", AlertState.OPENED, headline(HARM), at=NOON - 5 * MINUTE)
    over = alert("elections", AlertState.RESOLVED, headline(NEWS), at=NOON - 30 * HOUR, revision=3)
    notice = alert(SYSTEM, AlertState.OPENED, at=NOON - 9 * HOUR, detail="Kafka dropped records before we had read them: 40.")
    for one in (moving, harm, over, notice):
        tx.alerts.save(one)
    for channel in ("chat", "mail"):
        tx.lanes.open(f"channel/{channel}", 0, "", NOON)
    _delivered(tx, moving, "mail", NOON - 3 * MINUTE)
    _failed(tx, moving, "chat", NOON - 2 * MINUTE)
    _delivered(tx, over, "mail", NOON - 30 * HOUR)
    tx.jobs.put(deliver.job(_of(harm, "mail"), NOON - MINUTE))


def _of(one: Alert, channel: str) -> Delivery:
    return next(d for d in deliveries(one, EVERYWHERE) if d.channel == channel)


def _delivered(tx: Tx, one: Alert, channel: str, at: datetime) -> None:
    key = _of(one, channel).delivery_id
    tx.journal.add("deliver", key, Reason.ATTEMPTED, "attempt 1", (), at)
    tx.journal.add("deliver", key, Reason.DELIVERED, f"{channel}: alert revision {one.revision}", (one.alert_id, channel), at)


def _failed(tx: Tx, one: Alert, channel: str, at: datetime) -> None:
    delivery = _of(one, channel)
    tx.journal.add("deliver", delivery.delivery_id, Reason.ATTEMPTED, "attempt 1", (), at)
    detail = f"{channel}: it answered 500 {SCRIPT}"
    tx.journal.add("deliver", delivery.delivery_id, Reason.CHANNEL_FAILED, detail, (one.alert_id, channel), at)
    tx.jobs.put(deliver.job(delivery, NOON + MINUTE))


def _feeds(tx: Tx) -> None:
    fine = FeedState(
        feed_id="zeitung",
        url="https://zeitung.example/feed.xml",
        polled_dt=NOON - MINUTE,
        reason=Reason.NOT_MODIFIED,
        reason_since_dt=NOON - 2 * HOUR,
        due_dt=NOON + 14 * MINUTE,
        entries=120,
    )
    bad = FeedState(
        feed_id="gazeta",
        url=EVIL,
        failures=3,
        reason=Reason.NOT_A_FEED,
        detail=f"it begins with {SCRIPT}",
        reason_since_dt=NOON - HOUR,
        due_dt=NOON - MINUTE,
    )
    gone = FeedState(feed_id="paper", url="https://paper.example/", failures=1, reason=Reason.GONE, reason_since_dt=NOON - 50 * HOUR)
    fresh = FeedState(feed_id="bulletin", url="https://bulletin.example/rss")
    odd = FeedState(
        feed_id="herald",
        url="https://herald.example/rss",
        polled_dt=NOON - MINUTE,
        reason=Reason.NOT_MODIFIED,
        reason_since_dt=NOON - 60 * HOUR,
        due_dt=NOON + 14 * MINUTE,
        entries=80,
        gaps=2,
        silent=Reason.SILENT,
        silence="no new entry for 2 d 3 h; on weekdays one usually comes within 1 h 20 min",
        silent_since_dt=NOON - 5 * HOUR,
    )
    for state in (fine, bad, gone, fresh, odd):
        tx.feeds.save(state)
    tx.jobs.put(poll.job(DueFeed(feed_id="bulletin", url=fresh.url), NOON))
    tx.jobs.put(poll.job(DueFeed(feed_id="gazeta", url="https://gazeta.example/rss"), NOON - MINUTE))


def _held(tx: Tx) -> None:
    for told in (SAME, HARM):
        one = headline(told)
        article = Article(
            article_id=one.article_id,
            revision=1,
            change_kind=ChangeKind.DISCOVERED,
            origin=Origin.LIVE,
            url=one.url,
            source_id=one.source_id,
            first_seen_dt=one.first_seen_dt,
            content_hash=one.content_hash,
            title=one.title,
            language=one.language,
        )
        tx.articles.save(article, (one.url,), NOON)
        about = ("nato-russia", one.article_id, one.url, "alert of nato-russia")
        tx.journal.add("ring", "nato-russia", Reason.DUPLICATE, "told already, in alert of nato-russia", about, NOON - 2 * MINUTE)
    lost = ("nato-russia", "an article of another life", "https://paper.example/lost")
    tx.journal.add("ring", "nato-russia", Reason.NOT_LIVE, "its origin is seed", lost, NOON - 3 * HOUR)


def _house(tx: Tx) -> None:
    tx.facts.set("paused/deliver", "yes")
    for reason, count in ((Reason.NOT_MODIFIED, 3), (Reason.FOUND_ENTRIES, 1)):
        for n in range(count):
            tx.journal.add("poll", "zeitung", reason, "", (), NOON - n * MINUTE)
    tx.journal.add("poll", "zeitung", Reason.TIMEOUT, "", (), NOON - 2 * HOUR)
    tx.journal.add("house", "news.article.v1", Reason.STREAM_GAP, f"40 records were dropped {SCRIPT}", (), NOON - 9 * HOUR)
    tx.outbox.put([codec.record(alert("nato-russia", AlertState.OPENED, headline(NEWS), at=NOON), NOON - 90 * timedelta(seconds=1))])
