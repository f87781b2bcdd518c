"""What every channel does, the twin in memory too."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest

from connectors.channels import KINDS, open_channel
from connectors.doors import Channel, Unsent
from connectors.memory_channel import MemoryChannel
from schemas.channel import ChannelSpec
from tests.channels.receiver import fetch, message, receiving

# apprise's mail plugin imports it on Python below 3.13
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@dataclass(kw_only=True)
class Bench:
    """A channel with its far end: the titles that arrived, and a switch for trouble."""

    channel: Channel
    arrived: Callable[[], list[str]]
    trouble: Callable[[bool], None]


def of(kind: str, home: Path, **options: str) -> Channel:
    spec = ChannelSpec(name="desk", kind=kind, options=options)
    return open_channel(spec, fetch, lambda name: None, home)


@asynccontextmanager
async def memory(home: Path) -> AsyncIterator[Bench]:
    channel = MemoryChannel()

    def trouble(on: bool) -> None:
        channel.trouble = Unsent("told to fail", permanent=False) if on else None

    yield Bench(channel=channel, arrived=lambda: [m.title for m in channel.sent], trouble=trouble)


@asynccontextmanager
async def webhook(home: Path) -> AsyncIterator[Bench]:
    async with receiving() as receiver:
        channel = of("webhook", home, url=f"http://127.0.0.1:{receiver.port}/hook", secret="key")

        def trouble(on: bool) -> None:
            receiver.status = 503 if on else 200
            receiver.bodies.clear()

        yield Bench(channel=channel, arrived=lambda: [m["title"] for m in receiver.json()], trouble=trouble)


@asynccontextmanager
async def apprise(home: Path) -> AsyncIterator[Bench]:
    async with receiving() as receiver:
        channel = of("apprise", home, url=f"json://127.0.0.1:{receiver.port}/token")

        def trouble(on: bool) -> None:
            receiver.status = 503 if on else 200
            receiver.bodies.clear()

        yield Bench(channel=channel, arrived=lambda: [m["title"] for m in receiver.json()], trouble=trouble)


@asynccontextmanager
async def file(home: Path) -> AsyncIterator[Bench]:
    path = home / "out" / "alerts.jsonl"

    def trouble(on: bool) -> None:
        path.mkdir(parents=True) if on else path.rmdir()

    def arrived() -> list[str]:
        return [orjson.loads(line)["title"] for line in path.read_bytes().splitlines()]

    yield Bench(channel=of("file", home, path="out/alerts.jsonl"), arrived=arrived, trouble=trouble)


BENCHES: dict[str, Callable[[Path], AbstractAsyncContextManager[Bench]]] = {
    "memory": memory,
    "webhook": webhook,
    "apprise": apprise,
    "file": file,
}
benches = pytest.mark.parametrize("bench", BENCHES.values(), ids=BENCHES.keys())


def test_every_kind_is_held_to_the_contract() -> None:
    assert BENCHES.keys() == KINDS.keys() | {"memory"}


@benches
def test_what_it_takes_arrives_once_each_in_order(bench: Callable[[Path], AbstractAsyncContextManager[Bench]], tmp_path: Path) -> None:
    async def send() -> None:
        async with bench(tmp_path) as b:
            await b.channel.send(message("d1", title="Erste Meldung"))
            await b.channel.send(message("d2", title="Вторая новость"))

            assert b.arrived() == ["Erste Meldung", "Вторая новость"]

    asyncio.run(send())


@benches
def test_trouble_is_told_as_unsent_and_passes(bench: Callable[[Path], AbstractAsyncContextManager[Bench]], tmp_path: Path) -> None:
    async def send() -> None:
        async with bench(tmp_path) as b:
            b.trouble(True)
            with pytest.raises(Unsent) as caught:
                await b.channel.send(message(attempt=1))
            assert caught.value.problem and not caught.value.permanent

            b.trouble(False)
            await b.channel.send(message(attempt=2, title="at last"))
            assert b.arrived() == ["at last"]

    asyncio.run(send())
