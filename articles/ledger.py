"""The politeness ledger: what one more answer adds to what we know of its host, and how long the host is then left alone."""

from dataclasses import replace
from datetime import datetime, timedelta

from articles import answers
from schemas.exchange import Response
from schemas.host import HostState
from schemas.reasons import Reason

_USABLE = (None, Reason.NOT_FOUND, Reason.GONE, Reason.RATE_LIMITED)
_BUSY = (429, 503)


def after(before: HostState | None, host: str, response: Response, now: datetime) -> HostState:
    known = before or HostState(host=host, first_dt=now, last_dt=now)
    pause, unchanged = rest(response, now), response.status == 304
    return replace(
        known,
        last_dt=now,
        requests=known.requests + 1,
        bytes=known.bytes + response.wire_bytes,
        not_modified=known.not_modified + unchanged,
        rate_limited=known.rate_limited + (response.status == 429),
        failed=known.failed + (not unchanged and answers.refused(response) not in _USABLE),
        free_dt=max(now + pause, known.free_dt or now) if pause else known.free_dt,
    )


def rest(response: Response, now: datetime) -> timedelta:
    """How long its whole host wants no visit, by its own word. A day at most."""
    asked = answers.retry_after(response, now) if response.status in _BUSY else None
    return asked or timedelta(0)


def pace(host: HostState | None) -> timedelta:
    """The pause between two visits that its robots.txt asks for."""
    return timedelta(seconds=host.robots.delay_s) if host and host.robots else timedelta(0)
