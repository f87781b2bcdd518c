"""Articles to matches: which topics hold for an article, and what in its text says so."""

from collections.abc import Mapping, Sequence
from itertools import chain

from schemas.article import Article
from schemas.match import Evidence, Field, Match
from schemas.topic import Topic
from topics.index import Hits, Index
from topics.reading import Reading, reading
from topics.rules import holds, required

EVIDENCE_LIMIT = 50


class Matcher:
    """The topics, compiled. Deterministic: the same article and the same topics give the same matches."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = tuple(topics)
        self._index = Index(topics)

    def matches(self, article: Article) -> tuple[Match, ...]:
        """In the order of the topics."""
        read = reading(article)
        return tuple(
            Match(
                topic_id=topic.topic_id,
                topic_hash=topic.digest,
                origin=article.origin,
                article=article.headline,
                evidence=_evidence(topic, hits, read),
            )
            for topic, hits in self.found(read)
            if rings(topic, hits)
        )

    def found(self, read: Reading) -> Sequence[tuple[Topic, Hits]]:
        """The topics of which anything was found, and what."""
        return [(self._topics[number], hits) for number, hits in sorted(self._index.search(read).items())]


def matcher(topics: Sequence[Topic]) -> Matcher:
    return Matcher(topics)


def rings(topic: Topic, hits: Hits) -> bool:
    """`match` holds and no `unless` does."""
    return holds(topic.match, hits) and not any(holds(veto, hits) for veto in topic.unless)


def _evidence(topic: Topic, hits: Hits, read: Reading) -> tuple[Evidence, ...]:
    """Of the concepts that speak for the match, in the order of the text; cut so that each concept keeps its first hit."""
    wanted = [(has.concept, has.field) for has in required(topic.match)]
    order = list(Field)
    places = sorted(
        (order.index(field), *span, concept, term)
        for concept, fields in hits.items()
        for field, spans in fields.items()
        if (concept, None) in wanted or (concept, field) in wanted
        for span, term in spans.items()
    )
    first: Mapping[str, tuple[int, int, int, str, str]] = {place[3]: place for place in reversed(places)}
    kept = sorted(list(dict.fromkeys(chain(first.values(), places)))[:EVIDENCE_LIMIT])
    return tuple(_hit(read, order[field], (start, end), concept, term) for field, start, end, concept, term in kept)


def _hit(read: Reading, field: Field, span: tuple[int, int], concept: str, term: str) -> Evidence:
    text = read.fields[field]
    start, end = text.span(*span)
    return Evidence(concept=concept, term=term, form=text.source[start:end], field=field, start=start, end=end)
