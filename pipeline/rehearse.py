"""A topic over what we have published: stored articles, or the stream's, to a rehearsal and the alerts that would have been told."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from alerts.rehearsal import told
from connectors.doors import Broker
from connectors.store import Store, Tx
from pipeline.whole_stream import records
from schemas import codec
from schemas.alert import Alert, AlertState
from schemas.article import Article
from schemas.label import Label
from schemas.streams import ARTICLES
from schemas.topic import Topic
from topics.rehearsal import Rehearsal, rehearsal

_CHUNK = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Rehearsed:
    """alerts, edited_alerts: every message, in order."""

    found: Rehearsal
    alerts: tuple[Alert, ...]
    edited_alerts: tuple[Alert, ...]


def rehearse(
    articles: Iterable[Article],
    topic: Topic,
    edited: Topic | None,
    *,
    labelled: Iterable[tuple[Label, Article | None]],
    since: datetime,
    until: datetime,
) -> Rehearsed:
    found = rehearsal(articles, topic, edited, labelled=labelled, since=since, until=until)
    return Rehearsed(
        found=found, alerts=told(found.matches, topic, until), edited_alerts=told(found.edited_matches, edited or topic, until)
    )


def opened(alerts: Iterable[Alert]) -> Mapping[date, int]:
    """How many were opened, of each day."""
    return Counter(alert.changed_dt.date() for alert in alerts if alert.state is AlertState.OPENED)


def stored(store: Store, since: datetime) -> Iterator[Article]:
    """Those that were changed since then, each once, part by part: while they are read, others change."""
    given: set[str] = set()
    part = store.read_now(lambda tx: tx.articles.changed(since, "", _CHUNK))
    while part:
        yield from (article for _, article in part if article.article_id not in given)
        given.update(article.article_id for _, article in part)
        part = store.read_now(partial(_after, *part[-1]))


def _after(changed_dt: datetime, article: Article, tx: Tx) -> list[tuple[datetime, Article]]:
    return tx.articles.changed(changed_dt, article.article_id, _CHUNK)


def labelled(store: Store, topic_id: str) -> list[tuple[Label, Article | None]]:
    """With the article as it is now; None where it is not stored any more."""
    return store.read_now(lambda tx: [(label, tx.articles.get(label.article_id)) for label in tx.labels.of(topic_id)])


def streamed(broker: Broker) -> Iterator[Article]:
    """The newest revision of every article that the stream holds. Raises BrokerDown."""
    newest = {record.key: (record.partition, record.offset) for record in records(broker, ARTICLES)}
    for record in records(broker, ARTICLES):
        if newest.get(record.key) == (record.partition, record.offset):
            yield codec.load(Article, record.value)
