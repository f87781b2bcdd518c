"""A full disk is named, breaks nothing, and work goes on once there is room: on a file system of four megabytes."""

import asyncio
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from schemas.errors import StoreDown
from tests.bad_input.street import HEADLINE, Street, article, paper, street, told
from tests.fetch.site import Asked
from tests.town import BODY

SIZE = 4 * 2**20


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    home = tmp_path / "small"
    home.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", home], capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no file system of four megabytes: {mounted.stderr.strip()}")
    yield home
    subprocess.run(["umount", "--lazy", home], check=True)


def fill(home: Path) -> Path:
    """To the last byte."""
    filler = home / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return filler
    raise AssertionError("a disk of four megabytes took more")


async def full_then_free(home: Path, while_it_polls: bool) -> Street:
    pages: dict[str, tuple[str, bytes]] = {}
    hooks: list[Callable[[], Path]] = []

    def answer(asked: Asked) -> bytes | Iterable[bytes]:
        for hook in hooks:
            hook()
        hooks.clear()
        return paper(pages)(asked)

    async with street(home, {"gazette": answer}) as found:
        await found.cycle()
        pages["/1"] = (HEADLINE, article(HEADLINE, BODY))
        found.clock.now = found.state("gazette").due_dt or found.clock.now
        hooks.append(partial(fill, home))
        if not while_it_polls:
            hooks.pop()()
        with pytest.raises(StoreDown, match="disk") as caught:
            await found.cycle()
        assert caught.value.exit_code == 4

        doctor = found.terminal.run("doctor", "--json")
        assert ("disk", "fail") in {(row["subject"], row["health"]) for row in doctor.rows}
        (home / "filler").unlink()
        found.clock.now += timedelta(minutes=1)  # the lease of the cycle that failed is over
        await found.cycle()
        return found


@pytest.mark.parametrize("while_it_polls", [False, True])
def test_work_goes_on_when_there_is_room_again(small: Path, while_it_polls: bool) -> None:
    found = asyncio.run(full_then_free(small, while_it_polls))

    assert told(found) == [HEADLINE]
    with sqlite3.connect(small / "state" / "tocsin.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()
