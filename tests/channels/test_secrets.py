"""A channel's secrets: where they come from, and that nobody ever sees them."""

import asyncio
import logging
import traceback
from pathlib import Path

import pytest

from connectors.channels import KINDS, OPTIONS, open_channel, open_channels
from connectors.channels.kind import Opening
from connectors.channels.redact import redacted, secrets_of
from connectors.doors import Unsent
from schemas.channel import ChannelSpec, Secret
from schemas.errors import SettingsError
from tests.channels.receiver import fetch, message, receiving

# apprise's mail plugin imports it on Python below 3.13
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

CANARY = "canary-7f3a91"
LOUD = ("", "apprise", "urllib3", "urllib3.connectionpool", "requests", "asyncio", "aiohttp.client")


def webhook(url: str | Secret = "http://127.0.0.1/") -> ChannelSpec:
    return ChannelSpec(name="desk", kind="webhook", options={"url": url, "secret": Secret(env="DESK_KEY")})


def test_a_secret_is_read_from_its_variable(tmp_path: Path) -> None:
    assert open_channels([webhook()], fetch=fetch, secret={"DESK_KEY": "k"}.get, home=tmp_path).keys() == {"desk"}


def test_a_secret_that_is_not_set_is_named_with_its_channel_and_both_ways_to_set_it(tmp_path: Path) -> None:
    expected = "DESK_KEY: is not set, and channel desk takes its secret from it. Set DESK_KEY, or DESK_KEY_FILE"

    with pytest.raises(SettingsError, match=expected):
        open_channel(webhook(), fetch, lambda name: None, tmp_path)


def test_a_channel_that_cannot_be_opened_holds_no_other_and_says_why_at_each_try(tmp_path: Path) -> None:
    file = ChannelSpec(name="lines", kind="file", options={"path": "a.jsonl"})

    channels = open_channels([webhook(), file], fetch=fetch, secret=lambda name: None, home=tmp_path)

    asyncio.run(channels["lines"].send(message()))
    with pytest.raises(Unsent, match="DESK_KEY: is not set") as caught:
        asyncio.run(channels["desk"].send(message()))
    assert not caught.value.permanent


def test_each_kind_tells_the_options_that_it_knows() -> None:
    assert {name: kind.required for name, kind in OPTIONS.items()} == {"apprise": ("url",), "file": ("path",), "webhook": ("url", "secret")}
    assert OPTIONS.keys() == KINDS.keys()


def test_what_opens_a_channel_does_not_show_its_options(tmp_path: Path) -> None:
    assert CANARY not in repr(Opening(name="desk", options={"url": CANARY}, fetch=fetch, home=tmp_path))


def test_every_part_of_an_address_is_hidden_in_each_coding() -> None:
    secrets = secrets_of("mailto://user%40x:pass%2Fword@host.example/path?token=s3cr3t")

    hidden = redacted("user@x user%40x pass/word pass%2Fword host.example s3cr3t error=403", secrets)

    assert hidden == "*** *** *** *** *** *** error=403"


@pytest.mark.parametrize("status", [403, 500, 307])
@pytest.mark.parametrize("kind", ["apprise", "webhook"])
def test_no_log_and_no_error_shows_a_token_at_any_level(
    kind: str, status: int, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    async def send() -> str:
        async with receiving(status=status, to=f"http://127.0.0.1:9/{CANARY}") as receiver:
            return await seen(kind, receiver.port, tmp_path)

    told = asyncio.run(send())

    assert_unseen(told, caplog, capfd)
    assert str(status) in told


@pytest.mark.parametrize("kind", ["apprise", "webhook"])
def test_a_receiver_that_is_not_there_shows_no_token_either(
    kind: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert_unseen(asyncio.run(seen(kind, 9, tmp_path)), caplog, capfd)


async def seen(kind: str, port: int, home: Path) -> str:
    """All that the trouble of one message says, with every logger as loud as it gets."""
    scheme = {"apprise": "json", "webhook": "http"}[kind]
    url = f"{scheme}://user:{CANARY}-pass@127.0.0.1:{port}/{CANARY}/hook?token={CANARY}"
    options: dict[str, str | Secret] = {name: Secret(env=name) for name in OPTIONS[kind].required}
    secrets = {"url": url, "secret": f"{CANARY}-key"}
    channel = open_channels([ChannelSpec(name="desk", kind=kind, options=options)], fetch=fetch, secret=secrets.get, home=home)["desk"]
    levels = {name: logging.getLogger(name).level for name in LOUD}
    try:
        for name in LOUD:
            logging.getLogger(name).setLevel(logging.DEBUG)
        with pytest.raises(Unsent) as caught:
            await channel.send(message())
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
    return f"{caught.value.problem} {caught.value!r} {''.join(traceback.format_exception(caught.value))} {channel!r}"


def assert_unseen(told: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    out, err = capfd.readouterr()
    for text in (told, caplog.text, out, err):
        assert CANARY not in text
