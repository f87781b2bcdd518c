"""The world: every door, open. The only place that knows each adapter."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from connectors.broker import Kafka
from connectors.clock import now
from connectors.doors import Broker, Clock, Fetch, Workers
from connectors.fetch import configured
from connectors.fetch.credential import Secrets, no_secrets
from connectors.leases import Leases
from connectors.relay import Relay
from connectors.store import Store, open_store
from connectors.workers import Processes
from schemas.settings import Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    clock: Clock
    fetch: Fetch
    workers: Workers
    broker: Broker
    store: Store
    leases: Leases
    relay: Relay
    host_pace: timedelta  # between two visits to a host
    chance: Callable[[], float]  # in [0, 1), for what must not happen all at once


@asynccontextmanager
async def open_world(settings: Settings, version: str, secrets: Secrets = no_secrets) -> AsyncIterator[World]:
    """Kafka is asked when it is needed first, worker processes start then too. Raises SettingsError, StoreDown, StoreRevision."""
    door = configured(settings, version, secrets)
    store, broker = await asyncio.to_thread(open_store, settings.database_url), Kafka(settings)
    try:
        async with (
            door as web,
            Processes(settings.workers) as workers,
            assembled(
                store=store,
                broker=broker,
                fetch=web,
                workers=workers,
                clock=now,
                host_pace=settings.host_pace,
                chance=random.random,
            ) as world,
        ):
            yield world
    finally:
        await asyncio.to_thread(broker.close)
        await asyncio.to_thread(store.close)


@asynccontextmanager
async def assembled(
    *,
    store: Store,
    broker: Broker,
    fetch: Fetch,
    workers: Workers,
    clock: Clock,
    host_pace: float = 0,
    chance: Callable[[], float] = lambda: 0.5,
) -> AsyncIterator[World]:
    """These doors as one world, its leases kept; its relay begins when the lanes have been held against the logs."""
    leases = Leases(store, clock)
    relay = Relay(store, broker, leases, clock)
    await asyncio.to_thread(leases.start)
    try:
        yield World(
            clock=clock,
            fetch=fetch,
            workers=workers,
            broker=broker,
            store=store,
            leases=leases,
            relay=relay,
            host_pace=timedelta(seconds=host_pace),
            chance=chance,
        )
    finally:
        try:
            await relay.end()
        finally:
            leases.stop()
