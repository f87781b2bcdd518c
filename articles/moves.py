"""Where a feed has moved for good: what its server says once may be a mistake, what it says for a day is not."""

from dataclasses import replace
from datetime import datetime, timedelta

from schemas.exchange import Response
from schemas.feed import FeedState, Move
from schemas.reasons import Reason

_TIMES = 3  # the same new address in a row, over a day at least
_FAITHFUL = 3  # failures in a row at the new address, after which the configured one is asked again


def after(state: FeedState, response: Response, read: bool, now: datetime, day: timedelta) -> FeedState:
    """The state with what this answer says of its address (RFC 9110 15.4: 301 and 308). read: it was a feed that we could read."""
    if not read:
        lost = state.address and (state.failures >= _FAITHFUL or state.reason is Reason.GONE)
        return replace(state, address=None, move=None) if lost else state
    to = response.moved_to
    if to is None or to == state.asked:
        return replace(state, move=None)
    named = state.move if state.move and state.move.to == to else Move(to=to, times=0, since_dt=now)
    named = replace(named, times=named.times + 1)
    if named.times < _TIMES or now - named.since_dt < day:
        return replace(state, move=named)
    return replace(state, address=to if to != state.url else None, move=None)
