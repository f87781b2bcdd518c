"""Hosts by name, and the ledger of what was asked of each."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from articles import identity, ledger
from connectors.store import Tx
from schemas.exchange import Response
from schemas.host import HostState, Robots

PREFIX = "host/"  # of the lanes of hosts


def name(url: str) -> str:
    """With its port where that is not the usual one; one name, however it is spelt."""
    return urlsplit(identity.normalised(url)).netloc


def lane(url: str) -> str:
    """One a host."""
    return lane_of(name(url))


def lane_of(host: str) -> str:
    return PREFIX + host


def note(tx: Tx, url: str, answers: Iterable[Response], now: datetime, robots: Robots | None = None) -> None:
    """What came when this address's host was asked; robots: its own, where we have asked for it just now.

    An answer to which a redirect led counts for the host that gave it too, and both rest for as long as it wants.
    """
    asked = name(url)
    for answer in answers:
        for host in {asked, name(answer.url)} if answer.status else {asked}:
            _save(tx, ledger.after(tx.hosts.get(host), host, answer, now), now)
    if robots and (known := tx.hosts.get(asked)):
        tx.hosts.save(replace(known, robots=robots))


def _save(tx: Tx, state: HostState, now: datetime) -> None:
    tx.hosts.save(state)
    if state.free_dt and state.free_dt > now:
        tx.lanes.rest(lane_of(state.host), state.free_dt)
