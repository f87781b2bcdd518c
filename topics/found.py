"""What of one topic stands in one text: its hits, and how many words and sentences lie between two places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from schemas.match import Field


class Hit(NamedTuple):
    """A term at a place: characters [start, end) of the folded text. A tuple: many are made, sorted and told apart for each match."""

    start: int
    end: int
    field: Field
    concept: str
    term: str  # as the file writes it


class Ruler(Protocol):
    """Measures a folded text."""

    def token(self, at: int) -> int:
        """The number of the word that the character belongs to; a hyphen separates words, a character of a script without spaces is one."""

    def sentence(self, at: int) -> int:
        """The number of the sentence that the character belongs to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """hits: of each concept that was found, in the order of the text, one a place. slow: regular expressions that were given up."""

    hits: Mapping[str, Sequence[Hit]]
    ruler: Ruler
    slow: tuple[str, ...] = ()
