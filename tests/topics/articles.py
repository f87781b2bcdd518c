"""Articles and topics for the tests here."""

from datetime import UTC, datetime

from schemas.article import Article, ChangeKind, Origin
from schemas.topic import Topic
from topics.catalog import topics


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
        first_seen_dt=datetime(2021, 10, 22, tzinfo=UTC),
        content_hash="h",
        title=title,
        lead=lead,
        body_text=body,
        language=language,
        language_confidence=confidence,
    )


def topic(match: str = "x", unless: str = "[]", **concepts: str) -> Topic:
    """Each concept as the YAML list of its terms."""
    lists = "".join(f"      {name}: {terms}\n" for name, terms in concepts.items())
    text = f"topics:\n  t:\n    title: T\n    concepts:\n{lists}    match: {match}\n    unless: {unless}\n"
    return topics(text, "topics/t.yaml", {})[0]
