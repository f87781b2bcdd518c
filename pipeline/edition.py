"""Which edition of dictionaries and of our own code made forms and topics: what another one made is made again. Imports none of them."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.abc import Traversable
from importlib.metadata import version

from schemas.ids import digest

_DICTIONARIES = ("babel", "simplemma", "pymorphy3", "pymorphy3-dicts-ru", "pymorphy3-dicts-uk")


@cache
def edition(*part: str) -> str:
    """Of the dictionaries, and of all that topics/, or that part of it, does with them."""
    folder = resources.files("topics").joinpath(*part)
    texts = sorted((str(file), file.read_text(encoding="utf-8")) for file in _files(folder) if file.name.endswith((".py", ".txt")))
    return digest("edition", *map(version, _DICTIONARIES), *(text for _, text in texts))[:8]


def _files(folder: Traversable) -> Iterator[Traversable]:
    for file in folder.iterdir():
        if file.is_dir():
            yield from _files(file)
        else:
            yield file
