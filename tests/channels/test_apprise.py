"""Services that apprise knows."""

import asyncio
import subprocess
import sys
import threading

import pytest

from connectors.channels import apprise_service
from connectors.doors import Unsent
from schemas.errors import SettingsError
from tests.channels.receiver import message, receiving

# apprise's mail plugin imports it on Python below 3.13
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


def end_of_threads() -> None:
    for thread in threading.enumerate():
        if thread.name == "apprise":
            thread.join()


def test_a_redirect_is_not_followed() -> None:
    async def send() -> None:
        async with receiving() as inside, receiving(status=307, to=f"http://127.0.0.1:{inside.port}/") as receiver:
            with pytest.raises(Unsent, match="307"):
                await apprise_service.opened("desk", f"json://127.0.0.1:{receiver.port}/").send(message())

            assert inside.bodies == []

    asyncio.run(send())


def test_the_reason_is_what_the_service_said() -> None:
    async def send() -> None:
        async with receiving(status=403) as receiver:
            with pytest.raises(Unsent, match=r"Failed to send JSON POST notification: .*error=403"):
                await apprise_service.opened("desk", f"json://127.0.0.1:{receiver.port}/").send(message())

    asyncio.run(send())


def test_two_channels_at_once_hear_their_own_reason_alone() -> None:
    async def send() -> None:
        async with receiving(status=403) as one, receiving(status=502) as other:
            channels = [apprise_service.opened(str(r.port), f"json://127.0.0.1:{r.port}/") for r in (one, other)]
            first, second = await asyncio.gather(*(c.send(message()) for c in channels), return_exceptions=True)

            assert "403" in str(first) and "502" not in str(first)
            assert "502" in str(second) and "403" not in str(second)

    asyncio.run(send())


def test_a_service_that_does_not_answer_costs_its_deadline_and_is_not_asked_twice_at_once() -> None:
    async def send() -> None:
        waits = asyncio.Event()
        async with receiving(waits=waits) as receiver:
            channel = apprise_service.opened("desk", f"json://127.0.0.1:{receiver.port}/?rto=30", deadline=0.3)

            with pytest.raises(Unsent, match=r"no answer within 0\.3 s"):
                await channel.send(message(attempt=1))
            with pytest.raises(Unsent, match="the attempt before has not ended yet"):
                await channel.send(message(attempt=2))
            assert len(receiver.bodies) == 1

            waits.set()
            await asyncio.to_thread(end_of_threads)
            await channel.send(message(attempt=3))
            assert len(receiver.bodies) == 2

    asyncio.run(send())


def test_a_failure_stays_a_failure_where_the_address_calls_it_optional() -> None:
    async def send() -> None:
        async with receiving(status=500) as receiver:
            with pytest.raises(Unsent):
                await apprise_service.opened("desk", f"json://127.0.0.1:{receiver.port}/?optional=yes").send(message())

    asyncio.run(send())


@pytest.mark.parametrize("url", ["nosuchservice://canary-token", "", "json://127.0.0.1:1/canary, json://127.0.0.1:2/canary"])
def test_an_address_that_is_not_one_service_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(SettingsError, match="channel desk: its url is not the address of one service") as caught:
        apprise_service.opened("desk", url)

    assert "canary" not in str(caught.value)


def test_apprise_is_not_loaded_before_a_channel_needs_it() -> None:
    code = "import sys, connectors.channels; sys.exit('apprise' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
