"""May we ask for a page? Its host's robots.txt says so: asked once a day, and remembered by this process until it is written down."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from articles import robots, robots_groups
from connectors.doors import WorkerFailed
from connectors.world import World
from pipeline import hosts
from schemas.exchange import Response
from schemas.host import HostState, Robots
from schemas.reasons import Reason

T = TypeVar("T")

_HOSTS = 200  # that a process remembers; of the others the database does


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    reason: Reason
    detail: str


class Gate:
    def __init__(self, world: World, speed: float) -> None:
        self._world, self._speed = world, speed
        self._known: dict[str, Robots] = {}
        self._free: dict[str, datetime] = {}  # hosts that want rest, and until when

    async def robots(self, url: str, host: HostState | None) -> tuple[Robots, Response | None]:
        """Of this address's host, of which we know so much; and the answer, where it had to be asked for."""
        name = hosts.name(url)
        for known in (self._known.get(name), host and host.robots):
            if known and self._counts(known):
                _remember(self._known, name, known)
                return known, None
        response = await self._world.fetch(robots.request(url))
        found = await self._read(response)
        _remember(self._known, name, found)
        return found, response

    def rest(self, url: str, until: datetime) -> None:
        """This address's host wants no visit before."""
        _remember(self._free, hosts.name(url), until)

    def rests(self, url: str, host: HostState | None) -> datetime | None:
        """Until when this address's host wants no visit, of which we know so much; None where it may be asked."""
        known = (self._free.get(hosts.name(url)), host and host.free_dt)
        return max((until for until in known if until and until > self._world.clock()), default=None)

    async def refusal(self, url: str) -> Refusal | None:
        """Why we keep away from this address; None where we may ask, or have not met its host."""
        known = self._known.get(hosts.name(url))
        if known is None or not self._counts(known):
            return None
        if known.problem:
            return Refusal(reason=Reason.ROBOTS_UNREACHABLE, detail=f"its host's robots.txt could not be had: {known.problem}")
        try:
            if not known.text or await self._world.workers.run(robots.allows, known.text, url):
                return None
        except WorkerFailed as error:
            return Refusal(reason=Reason.ROBOTS_UNREACHABLE, detail=f"its host's robots.txt could not be read: {error.problem}")
        return Refusal(reason=Reason.ROBOTS_DISALLOWED, detail=f"the robots.txt of {hosts.name(url)} asks us to keep away from it")

    async def _read(self, response: Response) -> Robots:
        found = robots.read(response, self._world.clock())
        if not found.text:
            return found
        try:
            ours = await self._world.workers.run(robots_groups.ours, found.text)
            rules = await self._world.workers.run(robots.rules, ours)
        except WorkerFailed as error:
            return Robots(fetched_dt=found.fetched_dt, problem=f"it could not be read: {error.problem}")
        return replace(found, text=ours, delay_s=rules.delay_s, closed=rules.closed)

    def _counts(self, known: Robots) -> bool:
        return not robots.is_old(known, self._world.clock(), self._speed)


def _remember(known: dict[str, T], name: str, value: T) -> None:
    """The latest last, and of the oldest no more than there is room for."""
    known.pop(name, None)
    known[name] = value
    if len(known) > _HOSTS:
        del known[next(iter(known))]
