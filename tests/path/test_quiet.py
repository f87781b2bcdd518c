"""Any number beside one another, or one alone."""

import asyncio

from pipeline.quiet import Quiet


def test_who_is_alone_has_nobody_beside_and_those_who_came_later_wait() -> None:
    async def scene() -> list[str]:
        quiet, said, begun, go = Quiet(), list[str](), asyncio.Event(), asyncio.Event()

        async def first() -> None:
            async with quiet.beside():
                begun.set()
                await go.wait()
                said.append("beside ends")

        async def suspect() -> None:
            async with quiet.alone():
                said.append("alone begins")
                await asyncio.sleep(0)
                said.append("alone ends")

        async def later() -> None:
            async with quiet.beside():
                said.append("later begins")

        async with asyncio.TaskGroup() as group:
            group.create_task(first())
            await begun.wait()
            group.create_task(suspect())
            await asyncio.sleep(0)
            group.create_task(later())
            await asyncio.sleep(0)
            go.set()
        return said

    assert asyncio.run(scene()) == ["beside ends", "alone begins", "alone ends", "later begins"]


def test_who_stops_waiting_to_be_alone_holds_nobody_up() -> None:
    async def scene() -> bool:
        quiet = Quiet()
        async with quiet.beside():
            waiting = asyncio.create_task(quiet.alone().__aenter__())
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.wait([waiting])
            async with asyncio.timeout(1), quiet.beside():
                return True

    assert asyncio.run(scene())
