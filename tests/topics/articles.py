"""Articles and topics for the tests here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.article import Article, ChangeKind, Origin
from schemas.topic import Topic
from topics.catalog import Inflect, topics
from topics.inflection import Inflection, inflections
from topics.shapes import Inflected, Word

LANGUAGES = ("de", "en", "fr", "es", "it", "pl", "cs", "ru", "uk")
DAY = datetime(2021, 10, 22, tzinfo=UTC)

_known: dict[Word, Inflection] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What a term has where no dictionary is asked."""

    forms: frozenset[str]
    known: bool = True
    untagged: bool = True


def no_forms(words: Collection[Word]) -> Mapping[Word, Inflected]:
    """The written form alone: for tests that are not about forms."""
    return {word: Written(forms=frozenset({word[1]})) for word in words}


def inflect(words: Collection[Word]) -> Mapping[Word, Inflected]:
    """The real forms, of each word asked for once in a session."""
    _known.update(inflections({word for word in words if word not in _known}))
    return {word: _known[word] for word in words}


def article(
    title: str | None = None, lead: str | None = None, body: str | None = None, language: str | None = None, confidence: float | None = None
) -> Article:
    return Article(
        article_id="a1",
        revision=1,
        change_kind=ChangeKind.DISCOVERED,
        origin=Origin.LIVE,
        url="http://zeitung.test/1",
        source_id="zeitung",
        first_seen_dt=DAY,
        content_hash="h",
        title=title,
        lead=lead,
        body_text=body,
        language=language,
        language_confidence=confidence,
    )


def load(text: str, inflect: Inflect = no_forms, path: str = "topics/t.yaml") -> tuple[Topic, ...]:
    """The topics of one file."""
    return topics({path: text}, LANGUAGES, inflect)


def topic(match: str = "x", unless: str = "[]", inflect: Inflect = no_forms, more: str = "", **concepts: str) -> Topic:
    """Each concept as the YAML list of its terms; more: other lines of the topic."""
    lists = "".join(f"      {name}: {terms}\n" for name, terms in concepts.items())
    below = "".join(f"    {line}\n" for line in more.splitlines())
    return load(f"topics:\n  t:\n    title: T\n    concepts:\n{lists}    match: {match}\n    unless: {unless}\n{below}", inflect)[0]
