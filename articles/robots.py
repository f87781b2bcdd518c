"""What a host's robots.txt allows us (RFC 9309): when it is asked, how its answer counts, and what it says of one address."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from schemas.exchange import Failure, Request, Response
from schemas.host import Robots

AGENT = "tocsin"
LONGEST_DELAY = 60.0  # seconds: who asks for more gets this pause

_LIMIT = 500 * 1024  # bytes that are read of one
_KEPT, _KEPT_TROUBLE = timedelta(hours=24), timedelta(minutes=5)
_AS_NONE = (Failure.TOO_MANY_REDIRECTS, Failure.REFUSED_ADDRESS, Failure.REFUSED_SCHEME)  # it leads nowhere that we may go


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """What it says of us as a whole. closed: it keeps us from every page that it does not name."""

    delay_s: float
    closed: bool


def request(url: str) -> Request:
    """For the robots.txt of this address's host."""
    parts = urlsplit(url)
    return Request(url=f"{parts.scheme}://{parts.netloc}/robots.txt", accept="text/plain, */*;q=0.5", redirects=5)


def read(response: Response, now: datetime) -> Robots:
    """Before its rules are known. A host that has none, or hides it, allows everything; one that is in trouble allows nothing for now."""
    if response.ok:
        return Robots(text=response.body[:_LIMIT].decode("utf-8-sig", errors="replace"), fetched_dt=now)
    absent = 400 <= response.status < 500 and response.status != 429
    if response.failure in _AS_NONE or (absent and not response.failure):
        return Robots(fetched_dt=now)
    return Robots(fetched_dt=now, problem=response.detail or f"it answered {response.status}")


def is_old(robots: Robots, now: datetime, speed: float) -> bool:
    """Is it to be asked again?"""
    kept = _KEPT_TROUBLE if robots.problem else _KEPT
    return not timedelta(0) <= now - robots.fetched_dt < kept / speed


def rules(text: str) -> Rules:
    """For a worker process: a hostile one can take minutes."""
    parsed = _parsed(text)
    delay = parsed.crawl_delay(AGENT) or 0.0
    return Rules(delay_s=min(delay, LONGEST_DELAY), closed=not parsed.can_fetch("/any-page", AGENT))


def allows(text: str, url: str) -> bool:
    """May we ask for this address? For a worker process too."""
    return bool(_parsed(text).can_fetch(url, AGENT))


def _parsed(text: str) -> Any:
    from protego import Protego  # here: only worker processes need it

    return Protego.parse(text)
