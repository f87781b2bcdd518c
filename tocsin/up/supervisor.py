"""The supervisor: starts its children, starts again what ends, and stops all of them in order."""

import asyncio
import time
from collections.abc import Callable, Sequence

from schemas.errors import TocsinError
from tocsin.up.child import Child

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds
_STEADY = 60.0  # seconds after which a child that ended is not one that keeps ending


class Supervisor:
    """order: groups of children as they are stopped, those of a group together. All start at once: they wait for one another."""

    def __init__(self, order: Sequence[Sequence[Child]], say: Callable[[str], None]) -> None:
        self._order, self._say = order, say

    @property
    def children(self) -> list[Child]:
        return [child for group in self._order for child in group]

    async def start(self) -> None:
        """Returns when all answer. Raises what the first raised that could not start; the others are stopped then."""
        try:
            async with asyncio.TaskGroup() as group:
                for child in self.children:
                    group.create_task(self._first(child) if child.needed else self._try(child))
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from errors

    async def keep(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            for child in self.children:
                group.create_task(self._keep(child))

    async def stop(self) -> None:
        for group in self._order:
            await asyncio.gather(*(child.stop() for child in group))

    def kill(self) -> None:
        for child in self.children:
            child.kill()

    async def _first(self, child: Child) -> None:
        began = time.monotonic()
        await child.start()
        self._say(f"{child.name} is up ({time.monotonic() - began:.1f} s)")

    async def _keep(self, child: Child) -> None:
        pause, began = _FIRST_PAUSE, time.monotonic()
        while True:
            how = await child.ended()
            if time.monotonic() - began > _STEADY:
                pause = _FIRST_PAUSE
            self._say(f"{child.name} ended ({how}); it is started again in {pause:.0f} s")
            await asyncio.sleep(pause)
            pause, began = min(2 * pause, _LONGEST_PAUSE), time.monotonic()
            await self._try(child)

    async def _try(self, child: Child) -> None:
        try:
            await self._first(child)
        except TocsinError as error:
            self._say(str(error))
