"""Page bytes to what the page holds: trafilatura for the body, the page's own metadata first, a language of ours."""

from dataclasses import replace
from typing import Any

import trafilatura
from trafilatura.metadata import extract_metadata
from trafilatura.settings import set_date_params
from trafilatura.utils import load_html

from articles import body as bodies
from articles import charset, dates, language, metadata, stamp, text
from articles.body import Body
from articles.metadata import Told
from schemas.article import DateSource, Extraction, Page, Precision

_FEWEST = 25  # letters: less is a menu, a teaser or nothing
_VERSION = Extraction(tool="trafilatura", version=trafilatura.__version__)


def read(body: bytes, url: str, languages: tuple[str, ...]) -> Page | None:
    """None where the page has no text. `languages` are those that its text may be in."""
    tree = load_html(charset.decode(body))
    if tree is None:
        return None
    told = metadata.read(tree, url)
    words = text.visible(tree)
    found: Any = trafilatura.bare_extraction(tree, url=url, include_comments=False)
    if found is None or found.body is None:
        return None
    told = _completed(told, tree, words, url)
    built = bodies.build(found.body, told.title)
    if sum(map(str.isalpha, built.text)) < _FEWEST:
        return None
    return _page(told, built, words, languages)


def _page(told: Told, built: Body, words: str, languages: tuple[str, ...]) -> Page:
    spoken, confidence = language.identify(told.title, built.text, languages)
    return Page(
        title=told.title or None,
        lead=_lead(told.description, built.text, words),
        body_text=built.text,
        body_truncated=built.truncated,
        blocks=built.blocks,
        authors=told.authors,
        language=spoken,
        language_confidence=confidence,
        published_dt=told.published.dt if told.published else None,
        published_source=told.published_source if told.published else None,
        published_precision=told.published.precision if told.published else None,
        modified_dt=told.modified.dt if told.modified else None,
        section=told.section or None,
        tags=told.tags,
        image=told.image,
        canonical_url=told.canonical_url,
        extraction=_VERSION,
    )


def _lead(description: str, body: str, words: str) -> str | None:
    """The description, where the page shows it whole to its readers. (trafilatura loses every second lead.)"""
    folded = text.fold(description)
    if not folded or description.endswith(("…", "...")):
        return None
    return description if folded in text.fold(body[: len(description) * 4]) or folded in text.fold(words) else None


def _completed(told: Told, tree: Any, words: str, url: str) -> Told:
    """With trafilatura's and htmldate's guesses where the page names nothing, and the minute where it shows one."""
    if not (told.title and told.authors and told.published):
        told = _guessed(told, tree, url)
    if told.published and told.published.precision is Precision.MINUTE:
        return told
    minute = stamp.shown(tree, words, told.published, metadata.zone_of(told.language))
    return replace(told, published=minute, published_source=DateSource.PAGE) if minute else told


def _guessed(told: Told, tree: Any, url: str) -> Told:
    guess = extract_metadata(tree, url, set_date_params(extensive=True))
    authors = tuple(text.line(name, text.AUTHOR) for name in (guess.author or "").split(";") if name.strip())
    published = told.published or dates.read(guess.date or "")
    return replace(
        told,
        title=told.title or text.line(guess.title or "", text.TITLE),
        authors=told.authors or authors,
        published=published,
        published_source=told.published_source or DateSource.PAGE,
        tags=told.tags or tuple(text.line(tag, text.TAG) for tag in guess.tags or ()),
    )
