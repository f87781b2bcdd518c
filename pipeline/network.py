"""Whether polls fail because our own network is down: then no feed's failures count, and people are told once."""

from dataclasses import replace
from datetime import datetime

from alerts.routes import Routes
from articles import answers, durations, pause, schedule
from articles import network as judged
from connectors.store import Tx
from pipeline import health, hosts, notice
from schemas import codec
from schemas.exchange import Response
from schemas.feed import DueFeed, FeedState
from schemas.network import Network
from schemas.reasons import Reason

_FACT, _SUBJECT = "network", "our network"


def is_down(tx: Tx, due: DueFeed, known: FeedState, response: Response, routes: Routes, now: datetime, speed: float) -> bool:
    """After this answer too. Where it has just gone or come back, the other feeds are told, and people.

    Only feeds that were well until now can tell: that a dead host stays dead says nothing about us.
    """
    written = tx.facts.get(_FACT)
    before = codec.load(Network, written.encode()) if written else Network()
    failed = answers.refused(response) in answers.UNCONNECTED
    if failed and (known.polled_dt is None or known.failures):
        return before.down_since is not None
    after, change = judged.after(before, due.feed_id, hosts.name(due.url), failed, now)
    if after is not before:
        tx.facts.set(_FACT, codec.dump(after).decode())
    if change and change.down:
        _forgive(tx, {feed_id for feed_id in change.feeds if feed_id != due.feed_id}, now, now + pause.SOON / speed)
        detail = "hardly any host can be reached, and they are many: no feed's failures count until that has passed"
        notice.give(tx, Reason.NETWORK_DOWN, _SUBJECT, detail, routes, now)
    elif change and before.down_since:
        _ask_again(tx, {feed_id for feed_id in change.feeds if feed_id != due.feed_id}, now)
        lasted = durations.words(now - before.down_since)
        notice.give(tx, Reason.NETWORK_BACK, _SUBJECT, f"hosts can be reached again, after {lasted}", routes, now)
    return after.down_since is not None


def _forgive(tx: Tx, feed_ids: set[str], now: datetime, until: datetime) -> None:
    """They failed before it was known whose fault it is."""
    for feed_id in feed_ids:
        state = tx.feeds.get(feed_id)
        if state and state.reason in answers.UNCONNECTED:
            forgiven = replace(schedule.forgiven(state), due_dt=until)
            tx.feeds.save(forgiven)
            tx.outbox.put([codec.record(told, now) for told in health.record(state, forgiven, now)])
            _ask_again(tx, {feed_id}, until)


def _ask_again(tx: Tx, feed_ids: set[str], at: datetime) -> None:
    """Those that have not been reached since."""
    for feed_id in feed_ids:
        state, waiting = tx.feeds.get(feed_id), tx.jobs.get("poll", feed_id)
        if state and waiting and waiting.due_dt > at and state.reason in (Reason.NETWORK_DOWN, *answers.UNCONNECTED):
            tx.jobs.put(replace(waiting, due_dt=at))
            tx.feeds.save(replace(state, due_dt=at))
