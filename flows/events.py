"""What happened, as Prefect events, so that people can hang automations on it. Delivery never depends on them."""

from collections.abc import Iterable

from prefect.events import emit_event

from flows.artifacts import harmless
from schemas.alert import Alert
from schemas.feed import FeedState


def tell(alerts: Iterable[Alert], before: Iterable[FeedState], after: Iterable[FeedState]) -> None:
    """tocsin.alert.opened|updated|resolved|... and tocsin.feed.failing|recovered."""
    with harmless():
        for alert in alerts:
            _alert(alert)
        failed = {feed.feed_id: bool(feed.failures) for feed in before}
        for feed in after:
            if failed.get(feed.feed_id, False) != bool(feed.failures):
                _feed(feed)


def _alert(alert: Alert) -> None:
    emit_event(
        event=f"tocsin.alert.{alert.state}",
        resource={
            "prefect.resource.id": f"tocsin.alert.{alert.alert_id}",
            "prefect.resource.name": alert.title,
            "tocsin.topic": alert.topic_id,
        },
        payload={
            "topic_id": alert.topic_id,
            "revision": alert.revision,
            "article_count": alert.article_count,
            "articles": [{"title": a.title, "url": a.url} for a in alert.articles],
        },
    )


def _feed(feed: FeedState) -> None:
    emit_event(
        event=f"tocsin.feed.{'failing' if feed.failures else 'recovered'}",
        resource={"prefect.resource.id": f"tocsin.feed.{feed.feed_id}", "prefect.resource.name": feed.feed_id, "tocsin.url": feed.url},
        payload={"reason": str(feed.reason or ""), "detail": feed.detail or ""},
    )
