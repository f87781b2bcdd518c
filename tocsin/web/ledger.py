"""Alerts with what became of them at each channel, feeds with their next poll, articles behind a journal's row: rows joined to facts."""

from datetime import datetime

from alerts.routes import Route, Routes, deliveries
from articles import answers, health_words
from articles.health_words import Standing
from connectors.store import Tx
from schemas.alert import Alert, Delivery
from schemas.article import Headline
from schemas.feed import FeedState
from schemas.work import Noted
from tocsin.web.facts import AlertFacts, DeliveryFacts, FeedFacts
from tocsin.words import UNTRIED, words

_LANE = "channel/"


def alerts(tx: Tx, limit: int) -> tuple[AlertFacts, ...]:
    """The last changed first. Every channel that ever took a delivery has a lane, and a delivery's id is known from its channel."""
    channels = tuple(lane.removeprefix(_LANE) for lane in sorted(tx.lanes.starting(_LANE)))
    everywhere = Routes(channels={}, routes=(Route(topics=None, channels=channels),))
    return tuple(
        AlertFacts(
            alert=alert,
            evidence=_evidence(alert),
            deliveries=tuple(found for delivery in deliveries(alert, everywhere) if (found := _delivery(tx, delivery))),
        )
        for alert in tx.alerts.recent(limit)
    )


def _evidence(alert: Alert) -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], str] = {}
    for hit in alert.evidence:
        found.setdefault((hit.concept, hit.form.casefold()), hit.form)
    return tuple((form, concept) for (concept, _), form in found.items())


def _delivery(tx: Tx, delivery: Delivery) -> DeliveryFacts | None:
    """None: no route leads there, or it is so long ago that the journal has forgotten it."""
    notes, job = tx.journal.about([delivery.delivery_id]), tx.jobs.get("deliver", delivery.delivery_id)
    next_dt = job.due_dt if job else None
    if notes:
        last = notes[-1]
        detail = last.detail.removeprefix(f"{delivery.channel}: ")
        return DeliveryFacts(
            channel=delivery.channel, reason=last.reason, words=words(last.reason), detail=detail, dt=last.dt, next_dt=next_dt
        )
    return DeliveryFacts(channel=delivery.channel, reason=None, words=UNTRIED, next_dt=next_dt) if job else None


def feeds(tx: Tx, now: datetime) -> tuple[FeedFacts, ...]:
    found = [_feed(tx, state, now) for state in tx.feeds.all()]
    return tuple(sorted(found, key=lambda f: (health_words.RANKS[f.standing], f.feed_id)))


def failing(tx: Tx) -> int:
    return sum(answers.failing(state.reason) for state in tx.feeds.all())


def headline(tx: Tx, note: Noted) -> Headline | None:
    """Of the article that a journal's row is about: one of its subjects is the article's id."""
    names = (subject for subject in note.subjects if "://" not in subject)
    return next((article.headline for name in names if (article := tx.articles.get(name))), None)


def _feed(tx: Tx, state: FeedState, now: datetime) -> FeedFacts:
    health = health_words.health(state)
    return FeedFacts(
        feed_id=state.feed_id,
        url=state.url,
        failing=health.standing is Standing.FAILING,
        standing=health.standing,
        reason=health.reason,
        words=health.words,
        detail=health.detail or None,
        since_dt=health.since_dt,
        failures=state.failures,
        entries=state.entries,
        gaps=state.gaps,
        polled_dt=state.polled_dt,
        next_dt=_next_poll(tx, state, now),
    )


def _next_poll(tx: Tx, state: FeedState, now: datetime) -> datetime | None:
    """The job is the truth; where the state's word still lies ahead it is the same, and is had for nothing."""
    if state.due_dt and state.due_dt > now:
        return state.due_dt
    job = tx.jobs.get("poll", state.feed_id)
    return job.due_dt if job else None
