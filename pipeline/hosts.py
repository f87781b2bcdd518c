"""Hosts by name, and the ledger of what was asked of each."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from articles import identity, ledger
from connectors.store import Tx
from schemas.exchange import Response
from schemas.host import Robots


def name(url: str) -> str:
    """With its port where that is not the usual one; one name, however it is spelt."""
    return urlsplit(identity.normalised(url)).netloc


def lane(url: str) -> str:
    """One a host."""
    return f"host/{name(url)}"


def note(tx: Tx, url: str, answers: Iterable[Response], now: datetime, robots: Robots | None = None) -> None:
    """What the host of this address answered; robots: where we have asked for it just now. Only for who holds the host's lane."""
    host = name(url)
    before = state = tx.hosts.get(host)
    for response in answers:
        state = ledger.after(state, host, response, now)
    if state and robots:
        state = replace(state, robots=robots)
    if state and state is not before:
        tx.hosts.save(state)
