"""The file: each message appended as one line of JSON, on the disk before we say it is sent."""

import asyncio
import os
from pathlib import Path

from connectors.channels.kind import Kind, Opening
from connectors.channels.payload import payload
from connectors.doors import Unsent
from schemas.alert import Message
from schemas.channel import Options
from schemas.errors import SettingsError


class Lines:
    def __init__(self, path: Path) -> None:
        self._path = path

    async def send(self, message: Message) -> None:
        try:
            await asyncio.to_thread(self._append, payload(message))
        except OSError as error:
            raise Unsent(f"cannot write {self._path.name}: {error.strerror}", permanent=False) from error

    def _append(self, line: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = not self._path.exists()
        with self._path.open("a+b") as file:
            file.write(_mend(self._path) + line + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if new:
            _sync_folder(self._path.parent)


def _mend(path: Path) -> bytes:
    """A line end, where a write was cut off by a crash or a full disk: the torn line stays alone."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return b""
        file.seek(-1, os.SEEK_END)
        return b"" if file.read(1) == b"\n" else b"\n"


def _sync_folder(folder: Path) -> None:
    """So that a new file's name outlives a power cut too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _open(opening: Opening) -> Lines:
    home, given = opening.home.resolve(), opening.options["path"]
    path = (home / given).resolve()
    if not path.is_relative_to(home) or path == home:
        raise SettingsError(
            f"channel {opening.name}", f"its path {given!r} leads out of {home}", "Give a path below it, such as alerts.jsonl"
        )
    return Lines(path)


KIND = Kind(options=Options(required=("path",)), open=_open)
