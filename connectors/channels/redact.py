"""Takes secrets out of texts that people and logs will see."""

import re
from urllib.parse import quote, unquote

HIDDEN = "***"
_SHORTEST = 4  # characters: less of an address is not worth hiding, and every text would be full of holes


def secrets_of(*values: str) -> tuple[str, ...]:
    """What must not be seen of these addresses and keys: each whole, and each part behind its scheme, in every coding. Longest first."""
    parts = [part for value in values for part in re.split(r"[/:@?&=#]+", value.partition("://")[2] or value)]
    found = {form for part in (*values, *parts) for form in (part, unquote(part), quote(unquote(part), safe=""))}
    return tuple(sorted((form for form in found if len(form) >= _SHORTEST), key=len, reverse=True))


def redacted(text: str, secrets: tuple[str, ...]) -> str:
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return text
