"""The names that CLDR has for countries and regions, made fit to be looked for in a text."""

import re
from collections.abc import Mapping
from functools import lru_cache

from babel import Locale, localedata

# two letters in CLDR, but no country: exceptional and private codes, unions, placeholders
_NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
_SCRIPTS = {"zh": ("zh", "zh_Hant")}
_BRACKETS = re.compile(r"\s*[(（].*?[)）]")
_DASHES = re.compile(r"\s+[-–—]\s+")


@lru_cache
def codes() -> frozenset[str]:
    """ISO 3166-1 alpha-2, and XK (Kosovo), which is in the news without being in the standard."""
    return frozenset(code for code in _territories("en") if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES


@lru_cache
def places(language: str) -> Mapping[str, tuple[str, ...]]:
    """Code of a country or region to its names, in every script of the language; empty for a language that CLDR does not know."""
    found: dict[str, tuple[str, ...]] = {}
    for locale in _SCRIPTS.get(language, (language,)):
        for code, name in _territories(locale).items():
            found[code] = tuple(dict.fromkeys((*found.get(code, ()), _plain(name))))
    return found


def _territories(locale: str) -> dict[str, str]:
    if not localedata.exists(locale):
        return {}
    return {str(code): str(name) for code, name in Locale.parse(locale).territories.items()}


def _plain(name: str) -> str:
    """Myanmar (Burma) is Myanmar, Bosnia & Herzegovina has an and, a dash between spaces is a space."""
    return _DASHES.sub(" ", _BRACKETS.sub("", name)).replace(" & ", " and ").partition(",")[0].strip()
