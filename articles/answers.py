"""What an answer of the web means: a named reason for every outcome, and the pause that its server asks for."""

import re
from datetime import datetime, timedelta

from articles import dates
from schemas.exchange import Response
from schemas.reasons import Reason

DAY = timedelta(days=1)

_MAX_AGE = re.compile(r"\bmax-age\s*=\s*(\d{1,9})")
_BY_STATUS = {
    401: Reason.FORBIDDEN,
    402: Reason.FORBIDDEN,
    403: Reason.FORBIDDEN,
    404: Reason.NOT_FOUND,
    410: Reason.GONE,
    429: Reason.RATE_LIMITED,
    451: Reason.FORBIDDEN,
}
READ = (Reason.FOUND_ENTRIES, Reason.GAP_SUSPECTED, Reason.SEEDED, Reason.NOTHING_NEW, Reason.NOT_MODIFIED)
_PERMANENT = (Reason.NOT_FOUND, Reason.GONE, Reason.REFUSED_ADDRESS, Reason.REFUSED_SCHEME, Reason.TOO_LARGE)
UNCONNECTED = (Reason.DNS_FAILED, Reason.CONNECT_FAILED)


def refused(response: Response) -> Reason | None:
    """Why this answer holds nothing to read; None where it is a good one."""
    if response.failure:
        return Reason(response.failure.value)
    if response.ok:
        return None
    if response.status >= 500:
        return Reason.SERVER_ERROR
    if response.status >= 400:
        return _BY_STATUS.get(response.status, Reason.CLIENT_ERROR)
    return Reason.BAD_ANSWER


def failing(reason: Reason | None) -> bool:
    """Does a poll that ended so count against the feed? An empty feed is odd, not broken; one never polled is neither."""
    return reason not in (*READ, Reason.EMPTY_FEED, Reason.NETWORK_DOWN, None)


def permanent(reason: Reason) -> bool:
    """Can another try of this page never end otherwise?"""
    return reason in _PERMANENT


def retry_after(response: Response, now: datetime) -> timedelta | None:
    """RFC 9110 10.2.3: seconds or a date. A day at most: nobody means more."""
    asked = response.headers.get("retry-after", "").strip()
    if asked.isdecimal():
        return min(timedelta(seconds=int(asked[:9])), DAY)
    until = dates.read(asked)
    return min(max(until.dt - now, timedelta(0)), DAY) if until else None


def fresh_for(response: Response, now: datetime) -> timedelta:
    """RFC 9111 4.2.1: how long the server says that its answer stays as it is, by max-age before Expires. A day at most."""
    if not response.ok and response.status != 304:
        return timedelta(0)
    if found := _MAX_AGE.search(response.headers.get("cache-control", "").lower()):
        return min(timedelta(seconds=int(found[1])), DAY)
    expires = dates.read(response.headers.get("expires", ""))
    dated = dates.read(response.headers.get("date", ""))
    return min(max(expires.dt - (dated.dt if dated else now), timedelta(0)), DAY) if expires else timedelta(0)
