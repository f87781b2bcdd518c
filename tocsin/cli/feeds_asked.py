"""Feeds asked once from the command line, several at a time, and a site's page followed to the feeds that it names."""

import asyncio
import itertools
import os
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tocsin.cli.context import load
from tocsin.cli.progress import progress

if TYPE_CHECKING:
    from articles.pause import When
    from connectors.fetch import Web
    from connectors.workers import Processes
    from pipeline.check import Checked
    from schemas.feed import Feed

_AT_ONCE = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """addresses: what the host's name leads to; None where a proxy looks it up. feeds: of the site whose page came instead of a feed."""

    checked: "Checked"
    addresses: tuple[str, ...] | None
    feeds: "tuple[Checked, ...]" = ()


def ask(feeds: "Sequence[Feed]") -> list[Asked]:
    """In their order. Raises SettingsError."""
    return asyncio.run(_all(feeds))


async def _all(feeds: "Sequence[Feed]") -> list[Asked]:
    from articles.pause import When
    from connectors.clock import now
    from connectors.environment import secret
    from connectors.fetch import configured
    from connectors.workers import Processes
    from tocsin import __version__

    settings, _ = load()
    some, done = asyncio.Semaphore(_AT_ONCE), itertools.count(1)
    async with AsyncExitStack() as stack:
        web = await stack.enter_async_context(configured(settings, __version__, lambda name: secret(os.environ, name)))
        workers = await stack.enter_async_context(Processes(settings.workers))
        bar = stack.enter_context(progress("feeds"))

        async def one(feed: "Feed") -> Asked:
            async with some:
                when = When(now=now(), speed=settings.speed)
                asked = await _one(web, workers, feed, when, timedelta(seconds=settings.host_pace), bool(settings.http_proxy))
            bar(next(done), len(feeds), feed.url)
            return asked

        return list(await asyncio.gather(*map(one, feeds)))


async def _one(web: "Web", workers: "Processes", feed: "Feed", when: "When", pace: timedelta, proxied: bool) -> Asked:
    from connectors.names import addresses
    from pipeline import check

    checked = await check.check(web, workers, feed, when)
    names = None if proxied else await addresses(urlsplit(feed.url).hostname or "")
    if not check.is_page(checked):
        return Asked(checked=checked, addresses=names)
    found = [one async for one in check.of_site(web, workers, checked.response, when, pace)]
    return Asked(checked=checked, addresses=names, feeds=tuple(found))
