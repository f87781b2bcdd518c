"""Which of the languages that we watch a text is in (py3langid), and what a declaration such as de-AT means."""

import re
from functools import cache
from typing import Any

_CODE = re.compile(r"[a-z]{2,3}(?=$|[-_])")
_SAMPLE = 300


def identify(title: str, body: str, languages: tuple[str, ...]) -> tuple[str, float]:
    """The likeliest of `languages` by title and first lines, and how sure that is (0 to 1)."""
    language, confidence = _identifier(languages).classify(f"{title}\n{body[:_SAMPLE]}")
    return language, round(min(float(confidence), 1.0), 3)


def declared(code: str | None) -> str | None:
    """The bare language of a code: de of de-AT; None for what is no code."""
    found = _CODE.match((code or "").strip().lower())
    return found[0] if found else None


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # here: the model takes 0.5 s and 80 MB

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = [language for language in languages if language in identifier.labels]
    identifier.set_languages(known or None)
    return identifier
