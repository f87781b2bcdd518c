"""What a language makes of a country's names by rule, in one word: Ostukraine, antirussisch, русско-."""

from collections.abc import Iterator
from dataclasses import replace

from topics.countries.rows import Entry, Part

_DIRECTIONS = ("Nord", "Süd", "Ost", "West", "Nordost", "Nordwest", "Südost", "Südwest", "Zentral", "Mittel")
_FOR_AND_AGAINST = {
    "bg": ("про", "анти"),
    "cs": ("pro", "proti"),
    "de": ("pro", "anti"),
    "es": ("pro", "anti"),
    "fr": ("pro", "anti"),
    "it": ("pro", "filo", "anti"),
    "pl": ("pro", "anty"),
    "ru": ("про", "анти"),
    "sl": ("pro", "proti"),
    "uk": ("про", "анти"),
}
_FIRST_HALVES = {"bg": ("ки", "ко"), "cs": ("ký", "ko"), "pl": ("ki", "ko"), "ru": ("кий", "ко"), "sl": ("ki", "ko"), "uk": ("кий", "ко")}


def derived(entry: Entry, part: Part, language: str) -> Iterator[Entry]:
    """Nothing for what is several words, needs its capital letter or has one form."""
    if entry.cased or entry.exact or entry.text.isupper() or not entry.text.isalpha():
        return
    if language == "de" and part in ("name", "adjective", "people"):
        yield from _with_directions(entry, part)
    if part == "adjective":
        yield from (replace(entry, text=_joined(prefix, entry.text, language)) for prefix in _FOR_AND_AGAINST.get(language, ()))
        yield from _first_half(entry, language)


def _with_directions(entry: Entry, part: Part) -> Iterator[Entry]:
    if not entry.text.startswith((*_DIRECTIONS, *map(str.lower, _DIRECTIONS))):
        directions = _DIRECTIONS[:4] if part == "people" else _DIRECTIONS
        texts = (direction + entry.text.lower() for direction in directions)
        yield from (replace(entry, text=text.lower() if part == "adjective" else text) for text in texts)


def _joined(prefix: str, text: str, language: str) -> str:
    return f"{prefix}r{text}" if language == "es" and text.startswith("r") else prefix + text


def _first_half(entry: Entry, language: str) -> Iterator[Entry]:
    """Of an adjective of two countries: русско-украинский."""
    ending, instead = _FIRST_HALVES.get(language, ("", ""))
    if ending and entry.text.endswith(ending):
        yield replace(entry, text=entry.text.removesuffix(ending) + instead, exact=True)
