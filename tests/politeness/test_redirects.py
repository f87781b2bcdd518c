"""A redirect leads to another host: that one is asked too, and what it says of rest counts for it."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from connectors.store import Tx
from schemas.host import HostState
from tests.fetch.site import Asked, http
from tests.politeness.reader import Reader, opened
from tests.town import NOON, rss

HOURS = timedelta(hours=1)
BUSY = http(status="429 Too Many Requests", Retry_After="36000")


def led_to_a_busy_host(home: Path) -> Reader:
    """Three hours of two feeds: `paper` leads to the host of `paper2`, which is busy there, and well at its own address."""
    target = ""

    def leads(asked: Asked, now: datetime) -> bytes:
        return http(status="302 Found", Location=target) if asked.path == "/feed" else http(status="404 Not Found")

    def busy(asked: Asked, now: datetime) -> bytes:
        return BUSY if asked.path == "/elsewhere" else http(rss(("Neu", "http://x.test/1", "a"), at=now), ETag=f'"{now}"')

    async def lived() -> Reader:
        nonlocal target
        async with opened(home, leads, busy, options=", every: 30m") as reader:
            target = reader.publishers[1].url("/elsewhere")
            await reader.lives(3 * HOURS)
        return reader

    return asyncio.run(lived())


def test_a_host_that_a_redirect_found_busy_is_left_alone_by_its_own_feeds(tmp_path: Path) -> None:
    reader = led_to_a_busy_host(tmp_path)

    calls = reader.publishers[1].calls
    busy = next(n for n, call in enumerate(calls) if call.status == 429)
    assert calls[busy + 1 :] == []


def test_its_answer_stands_in_its_own_ledger(tmp_path: Path) -> None:
    reader = led_to_a_busy_host(tmp_path)

    def ledger(tx: Tx) -> HostState | None:
        return tx.hosts.get(reader.publishers[1].place)

    state = reader.read(ledger)
    assert state
    assert (state.requests, state.rate_limited) == (len(reader.publishers[1].calls), 1)
    assert state.free_dt == NOON + 10 * HOURS
