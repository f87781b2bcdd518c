"""Reads requirement locks: each pin with its hashes."""

import re
from dataclasses import dataclass

from tests.repository.files import text

_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+)(?P<marker> ; .+?)? \\$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Pin:
    name: str
    version: str
    marker: str
    hashes: int


def pins(lock: str) -> list[Pin]:
    """A package may stand more than once, under markers that exclude one another."""
    found: list[Pin] = []
    for line in text(lock).splitlines():
        if line and not line.startswith((" ", "#")):
            pin = _PIN.match(line)
            assert pin, f"{lock}: {line!r} is not NAME==VERSION with hashes"
            found.append(Pin(name=plain(pin["name"]), version=pin["version"], marker=(pin["marker"] or "").strip(" ;"), hashes=0))
        elif line.lstrip().startswith("--hash=sha256:"):
            last = found.pop()
            found.append(Pin(name=last.name, version=last.version, marker=last.marker, hashes=last.hashes + 1))
    return found


def plain(name: str) -> str:
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()
