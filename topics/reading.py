"""An article as the matcher reads it: its title, lead and body, folded, each knowing where its characters came from."""

import re

from schemas.article import Article
from schemas.match import Field
from topics.fold import fold, offsets

SURE = 0.9  # below this confidence a language counts as unknown

_WORD = re.compile(r"\w+")


class FieldText:
    """One field: its folded text, the set of its words, and a stretch that counts elsewhere."""

    __slots__ = ("_offsets", "counted_elsewhere", "folded", "name", "source", "words")

    def __init__(self, name: Field, source: str) -> None:
        self.name, self.source, self.folded = name, source, fold(source)
        self.words = set(_WORD.findall(self.folded))
        self.counted_elsewhere = (0, 0)
        self._offsets: list[int] = []

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where folded characters [start, end) stand in the source: never nothing, as one character can fold to several."""
        self._offsets = self._offsets or offsets(self.source)
        first = self._offsets[start]
        return first, next(o for o in self._offsets[end:] if o > self._offsets[end - 1])

    def is_counted_elsewhere(self, start: int, end: int) -> bool:
        return self.counted_elsewhere[0] <= start and end <= self.counted_elsewhere[1]


class Reading:
    """language None: unknown, so that terms of every language may hit. A lead that stands in the body counts once, as lead."""

    __slots__ = ("fields", "language")

    def __init__(self, title: str, lead: str, body: str, language: str | None) -> None:
        self.language = language
        texts = {Field.TITLE: title, Field.LEAD: lead, Field.BODY: body}
        self.fields = {name: FieldText(name, text) for name, text in texts.items() if text}
        if lead and body:
            found = self.fields[Field.BODY].folded.find(copy := self.fields[Field.LEAD].folded)
            if found >= 0:
                self.fields[Field.BODY].counted_elsewhere = (found, found + len(copy))


def reading(article: Article) -> Reading:
    return Reading(article.title or "", article.lead or "", article.body_text or "", _known_language(article))


def _known_language(article: Article) -> str | None:
    """Its first part: `de` of de-AT."""
    sure = article.language_confidence is None or article.language_confidence >= SURE
    return article.language.split("-")[0].lower() if article.language and sure else None
