"""A feed's health after a poll: is it as well as it looks, and who must hear of a change."""

from dataclasses import replace
from datetime import datetime

from articles import answers, silence
from connectors.store import Tx
from schemas.feed import FeedHealth, FeedMemory, FeedState


def watched(tx: Tx, state: FeedState, memory: FeedMemory, now: datetime, speed: float) -> FeedState:
    """The state with what its own past says against it."""
    found = silence.complaint(state, memory, tx.feeds.pages(state.feed_id), now, speed)
    if found is None:
        return replace(state, silent=None, silence=None, silent_since_dt=None)
    since = state.silent_since_dt if state.silent is found.reason else now
    return replace(state, silent=found.reason, silence=found.words, silent_since_dt=since)


def record(before: FeedState, after: FeedState, now: datetime) -> tuple[FeedHealth, ...]:
    """Where a feed began or ceased to fail or to be silent, does so for another reason, or may have lost entries."""
    assert after.reason
    was, is_ = answers.failing(before.reason), answers.failing(after.reason)
    same = was == is_ and (not is_ or before.reason is after.reason)
    if same and before.silent is after.silent and before.gaps == after.gaps:
        return ()
    return (
        FeedHealth(
            feed_id=after.feed_id,
            url=after.url,
            reason=after.reason,
            failing=is_,
            changed_dt=now,
            failures=after.failures,
            detail=after.detail,
            next_poll_dt=after.due_dt,
            silent=after.silent,
            silence=after.silence,
            gaps=after.gaps,
        ),
    )
