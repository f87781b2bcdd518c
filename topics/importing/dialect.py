"""What one dialect of boolean queries may say; the grammar is one for all."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LEAD_AND_BODY = ("lead", "body")  # a body, elsewhere, begins with its first paragraph; ours tells that apart


class Feature(StrEnum):
    SMALL_OPERATORS = "operators in small letters"
    NEAR = "near"
    CALLS = "near(), atleast() and cs()"
    CASED = "{...}"
    SIGNS = "+ and - signs"
    SLOP = "~ after a phrase"
    WILD_PHRASES = "* and ? inside quotes"
    PATTERNS = "/regular expressions/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialect:
    """fields: theirs to ours; () is the whole article. filters: theirs to `languages` or `sources`."""

    name: str
    features: frozenset[Feature]
    fields: Mapping[str, tuple[str, ...]]
    filters: Mapping[str, str]

    def instead(self, feature: Feature) -> str:
        if feature is Feature.NEAR and Feature.SLOP in self.features:
            return 'Write "a b"~3 for two words near each other'
        if feature is Feature.SLOP and Feature.NEAR in self.features:
            return "Write a near/3 b for two words near each other"
        return "Choose the dialect that the query is written in"
