"""The article as its feed tells it whole, for feeds whose pages are not to be asked."""

from collections.abc import Iterator

from articles import language
from schemas.article import Block, BlockKind, Entry, Extraction, Page

_FEWEST = 25  # words: less is a teaser
_VERSION = Extraction(tool="feed", version="1")


def page(entry: Entry, languages: tuple[str, ...]) -> Page | None:
    """None where the feed tells no more than a teaser. For a worker process: the model of languages takes 80 MB."""
    told = entry.content or ""
    if len(told.split()) < _FEWEST:
        return None
    spoken, confidence = language.identify(entry.title, told, languages)
    return Page(body_text=told, blocks=tuple(_blocks(told)), language=spoken, language_confidence=confidence, extraction=_VERSION)


def _blocks(told: str) -> Iterator[Block]:
    start = 0
    for paragraph in told.split("\n\n"):
        yield Block(start=start, kind=BlockKind.P)
        start += len(paragraph) + 2
