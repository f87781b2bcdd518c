"""Articles to matches: which topics hold for an article, and what in its text says so."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from schemas.article import Article
from schemas.ids import digest
from schemas.match import Evidence, Match
from schemas.topic import Topic
from topics.collect import Context, Expressed, Ranked, apart, collected, expressed
from topics.found import Found, Hit
from topics.look import look
from topics.patterns import Patterns, Places, Use, Wanted
from topics.reading import Reading, blocks, reading
from topics.rules import holds, needed, required, spoken
from topics.score import Scale
from topics.verdict import Outcome, Verdict, judged, misplaced

EVIDENCE_LIMIT = 50

_NOTHING = Expressed()


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """found: in the whole article. block: in a live blog or a roundup, the stretch of the folded text that the topic holds in; speaks: what
    is found there.
    """

    topic: Topic
    scale: Scale
    verdict: Verdict
    found: Found
    speaks: Found | None = None
    block: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Tracked:
    """matches: in the order of the topics. slow: regular expressions that took too long in this article and found nothing for it."""

    matches: tuple[Match, ...]
    slow: tuple[str, ...] = ()


class Matcher:
    """The topics, compiled. Deterministic: the same article and the same topics give the same matches."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = tuple(topics)
        self._scales = [Scale(topic) for topic in self._topics]
        self._patterned = [_patterned(topic) for topic in self._topics]
        self._wanted = [_wanted(topic, patterned) for topic, patterned in zip(self._topics, self._patterned, strict=True)]
        self._always = {number for number, wanted in enumerate(self._wanted) if wanted.always}
        self._patterns = Patterns(_uses(self._topics), self._wanted)

    def matches(self, article: Article) -> tuple[Match, ...]:
        """In the order of the topics."""
        return self.tracked(article).matches

    def tracked(self, article: Article) -> Tracked:
        read = reading(article)
        places = self._patterns.scan(read.folded)
        candidates = sorted(self._always.union(self._patterns.candidates(places)))
        if not candidates:
            return Tracked(matches=())
        judgements = list(self._judgements(article, read, places, candidates))
        return Tracked(
            matches=tuple(match_of(one, article, read) for one in judgements if one.verdict.outcome is Outcome.MATCHED),
            slow=tuple(f"{one.topic.topic_id}, {pattern}" for one in judgements for pattern in one.found.slow),
        )

    def judgements(self, article: Article, read: Reading) -> Iterator[Judgement]:
        """Of every topic, in their order: of those that do not match, too."""
        return self._judgements(article, read, self._patterns.scan(read.folded), range(len(self._topics)))

    def _judgements(self, article: Article, read: Reading, places: Places, numbers: Sequence[int]) -> Iterator[Judgement]:
        context = Context(reading=read, day=(article.published_dt or article.first_seen_dt).date())
        said = expressed({number: self._patterned[number] for number in numbers if self._patterned[number]}, context)
        for number in numbers:
            found = collected(self._patterns.looks(number, places), said.get(number, _NOTHING), context)
            yield _judgement(self._topics[number], self._scales[number], found, article, read)


def matcher(topics: Sequence[Topic]) -> Matcher:
    return Matcher(topics)


def _judgement(topic: Topic, scale: Scale, found: Found, article: Article, read: Reading) -> Judgement:
    """Where an article tells many things, `match` must hold in one of them; a veto and the score are the whole article's."""
    elsewhere = misplaced(topic, read.language, article.source_id or None)
    verdict = Verdict(outcome=elsewhere) if elsewhere else judged(topic, scale, found)
    stretches = blocks(article, read) if verdict.outcome is Outcome.MATCHED else None
    if stretches is None:
        return Judgement(topic=topic, scale=scale, verdict=verdict, found=found)
    for stretch, part in apart(found, stretches):
        if holds(topic.match, part):
            return Judgement(topic=topic, scale=scale, verdict=verdict, found=found, speaks=part, block=stretch)
    return Judgement(topic=topic, scale=scale, verdict=Verdict(outcome=Outcome.NO_MATCH), found=found)


def match_of(judgement: Judgement, article: Article, read: Reading) -> Match:
    """Of a judgement that is yes."""
    topic, verdict = judgement.topic, judgement.verdict
    return Match(
        topic_id=topic.topic_id,
        topic_hash=topic.digest,
        origin=article.origin,
        article=article.headline,
        evidence=evidence(judgement, read),
        score=verdict.score,
        threshold=judgement.scale.threshold,
        headline_only=None if read.has_body else True,
        block_hash=digest("block", read.folded.text[slice(*judgement.block)]) if judgement.block else None,
    )


def evidence(judgement: Judgement, read: Reading) -> tuple[Evidence, ...]:
    """Of the concepts that speak for the match, in the order of the text; cut so that each concept keeps its first hit."""
    hits = spoken(judgement.scale.speaks, judgement.speaks or judgement.found)
    if len(hits) > EVIDENCE_LIMIT:
        first = {hit.concept: hit for hit in reversed(hits)}
        hits = tuple(sorted([*dict.fromkeys([*first.values(), *hits])][:EVIDENCE_LIMIT]))
    return tuple(_evidence(hit, judgement.scale, read) for hit in hits)


def _evidence(hit: Hit, scale: Scale, read: Reading) -> Evidence:
    start, end = read.span(hit.field, hit.start, hit.end)
    form = read.written(hit.field)[start:end]
    return Evidence(
        concept=hit.concept, term=hit.term, form=form, field=hit.field, start=start, end=end, weight=scale.weight(hit.concept, hit.field)
    )


def _uses(topics: Sequence[Topic]) -> Iterator[Use]:
    for number, topic in enumerate(topics):
        for concept in topic.concepts:
            for rank, shape in enumerate(concept.shapes):
                if shape.pattern is None:
                    yield number, look(concept.name, shape, rank)


def _patterned(topic: Topic) -> dict[str, list[Ranked]]:
    """Of each concept its regular expressions: they are not scanned for."""
    found = {concept.name: [ranked for ranked in enumerate(concept.shapes) if ranked[1].pattern is not None] for concept in topic.concepts}
    return {name: shapes for name, shapes in found.items() if shapes}


def _wanted(topic: Topic, patterned: Collection[str]) -> Wanted:
    """Of the concepts that the topic needs and a scan can find, those with the fewest forms: they stand in the fewest texts.

    If there is none, any that speaks for it: no topic holds for an article that names nothing.
    """
    forms = {concept.name: sum(len(words) for shape in concept.shapes for words in shape.words) for concept in topic.concepts}
    needs = sorted((name for name in needed(topic.match) if name not in patterned), key=lambda name: (forms[name], name))
    if not needs:
        speaks = {has.concept for has in required(topic.match)}
        return Wanted(first=speaks, second=speaks, always=not speaks.isdisjoint(patterned))
    return Wanted(first=needs[:1], second=needs[1:2] or needs[:1])
