"""The channel that writes lines to a file."""

import asyncio
from pathlib import Path

import orjson
import pytest

from connectors.channels.lines import Lines
from schemas.errors import SettingsError
from tests.channels.receiver import message
from tests.channels.test_contract import of


def test_each_message_is_one_line_of_json_even_with_line_ends_in_its_text(tmp_path: Path) -> None:
    asyncio.run(Lines(tmp_path / "a.jsonl").send(message("d1")))

    [line] = (tmp_path / "a.jsonl").read_bytes().splitlines()
    assert orjson.loads(line)["text"] == "Ministers met.\nMoscow answered."


def test_a_line_that_a_crash_tore_stays_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id":"torn","ti')

    asyncio.run(Lines(path).send(message("d1")))

    torn, whole = path.read_bytes().splitlines()
    assert torn == b'{"id":"torn","ti'
    assert orjson.loads(whole)["id"] == "d1"


@pytest.mark.parametrize("path", ["../alerts.jsonl", "/etc/alerts.jsonl", ".", "a/../../b", "link/alerts.jsonl"])
def test_a_path_that_leads_out_of_the_home_is_refused(path: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "link").symlink_to(tmp_path)

    with pytest.raises(SettingsError, match=r"channel desk: its path .* leads out of"):
        of("file", home, path=path)
