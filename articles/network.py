"""Whose fault it is that hosts cannot be reached: theirs, or that of our own network."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from schemas.network import Network, Reached

_WINDOW = timedelta(minutes=5)
_HOSTS = 5
_DOWN, _BACK = 0.8, 0.6  # of the hosts, unreached
_KEPT = 200
_PLENTY = 20  # hosts that were reached: more of them prove no more, so nothing is written for them


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """down: it went, or came back.

    feeds: for each poll of these minutes that failed its feed. Down: they must not count. Back: these may be asked again at once.
    """

    down: bool
    feeds: tuple[str, ...]


def after(network: Network, feed_id: str, host: str, failed_to_connect: bool, now: datetime) -> tuple[Network, Change | None]:
    """With one more poll. The same object where it tells nothing new, and need not be written.

    Each host counts once, by its latest poll: forty feeds of one dead host are one host. It is back when fewer than six
    of ten are unreached, by those that answered since it went too, not at the first success:
    else a bad line would go and come with every poll.
    """
    recent = tuple(poll for poll in network.polls if now - poll.dt < _WINDOW or (network.down_since and not poll.failed))
    known = {poll.host: poll.failed for poll in recent}
    if not failed_to_connect and not network.down_since and not known.get(host) and _reached(known) >= _PLENTY:
        return network, None
    polls = (*recent, Reached(feed_id=feed_id, host=host, dt=now, failed=failed_to_connect))[-_KEPT:]
    hosts = {poll.host: poll.failed for poll in polls}
    unreached = 1 - _reached(hosts) / len(hosts)
    feeds = tuple(poll.feed_id for poll in polls if poll.failed)
    if not network.down_since and len(hosts) >= _HOSTS and unreached >= _DOWN:
        return Network(polls=polls, down_since=now), Change(down=True, feeds=feeds)
    if network.down_since and unreached < _BACK:
        return Network(polls=polls), Change(down=False, feeds=feeds)
    return replace(network, polls=polls), None


def _reached(hosts: dict[str, bool]) -> int:
    return sum(not failed for failed in hosts.values())
