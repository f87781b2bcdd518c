"""Topic files to topics; every mistake names its line, its column and a fix, and a topic whose own tests fail does not load."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from schemas.ids import digest
from schemas.topic import Concept, Sample, Shape, Topic
from topics import rules, shapes
from topics.drafts import Draft, File, Listed, file
from topics.shapes import Forms, Inflected, Word
from topics.sharing import Sharing
from topics.trial import failures

Inflect: TypeAlias = Callable[[Collection[Word]], Mapping[Word, Inflected]]
Reached: TypeAlias = tuple[Listed, ...]  # a concept and what it uses: equal while none of their files has changed
Tried: TypeAlias = tuple[str, tuple[Sample, ...], tuple[Sample, ...]]


class Catalog:
    """Remembers what it loaded: what a change of the files does not reach is not read, inflected or tried again."""

    def __init__(self, languages: Collection[str], inflect: Inflect) -> None:
        self._languages = tuple(languages)
        self._inflect = inflect
        self._files: dict[str, tuple[str, File]] = {}
        self._concepts: dict[Reached, Concept] = {}
        self._topics: dict[tuple[Draft, tuple[Reached, ...]], Topic] = {}
        self._tried: set[Tried] = set()

    def load(self, texts: Mapping[str, str]) -> tuple[Topic, ...]:
        """texts: every topic file by its path. In the order of the files. Raises ConfigError; what was loaded before stays remembered."""
        files = [self._file(path, text) for path, text in texts.items()]
        sharing = Sharing(files)
        for concept in sharing.shared:
            sharing.reached(concept)
        wanted = [(draft, tuple(map(sharing.reached, draft.concepts))) for file in files for draft in file.drafts]
        self._compile({reached for _, concepts in wanted for reached in concepts}, sharing)
        for draft, concepts in wanted:
            if (draft, concepts) not in self._topics:
                self._topics[draft, concepts] = self._topic(draft, concepts)
        self._forget(texts, wanted)
        return tuple(self._topics[key] for key in wanted)

    def _file(self, path: str, text: str) -> File:
        if path not in self._files or self._files[path][0] != text:
            self._files[path] = text, file(text, path)
        return self._files[path][1]

    def _compile(self, wanted: Collection[Reached], sharing: Sharing) -> None:
        """One question for the forms of all words that are new."""
        terms = {reached: sharing.terms(reached[0]) for reached in wanted if reached not in self._concepts}
        words = shapes.wanted({term for listed in terms.values() for term in listed}, self._languages)
        forms = Forms(self._languages, self._inflect(words) if words else {})
        for reached, listed in terms.items():
            self._concepts[reached] = Concept(name=reached[0].name, terms=listed, shapes=shapes.shapes(listed, forms))

    def _topic(self, draft: Draft, concepts: Iterable[Reached]) -> Topic:
        topic = replace(draft.topic, concepts=tuple(self._concepts[reached] for reached in concepts))
        topic = replace(topic, digest=_digest(topic))
        if (topic.hits or topic.misses) and _tried(topic) not in self._tried:
            _try(topic, draft)
            self._tried.add(_tried(topic))
        return topic

    def _forget(self, texts: Mapping[str, str], wanted: Collection[tuple[Draft, tuple[Reached, ...]]]) -> None:
        """What no file gives any more."""
        self._files = {path: self._files[path] for path in texts}
        self._topics = {key: self._topics[key] for key in wanted}
        self._concepts = {reached: self._concepts[reached] for _, concepts in wanted for reached in concepts}
        self._tried = {_tried(topic) for topic in self._topics.values()}


def topics(texts: Mapping[str, str], languages: Collection[str], inflect: Inflect) -> tuple[Topic, ...]:
    """texts: every topic file by its path; languages: those that articles are expected in. The topics stand in the order of the files."""
    return Catalog(languages, inflect).load(texts)


def _try(topic: Topic, draft: Draft) -> None:
    for failure in failures(topic):
        place = (draft.hits if failure.hit else draft.misses)[failure.number]
        problem = "this test should hit and does not" if failure.hit else "this test should miss and hits"
        raise place.wrong(f"topic {topic.topic_id!r}: {problem}: {failure.why}", "Correct the terms, match, unless or the test")


def _tried(topic: Topic) -> Tried:
    return topic.digest, topic.hits, topic.misses


def _digest(topic: Topic) -> str:
    """Of what decides a verdict, in one spelling: a comment, a title or a test in the file changes nothing."""
    concepts = [text for concept in topic.concepts for text in (f"concept {concept.name}", *map(_spelled, concept.shapes))]
    rule = [rules.written(topic.match), *(f"unless {rules.written(veto)}" for veto in topic.unless)]
    weights = [f"weight {name} {weight:g}" for name, weight in topic.weights]
    score = topic.score
    scored = [f"score {score.title:g} {score.lead:g} {score.body:g} {score.threshold:g}"] if score else []
    places = [f"languages {' '.join(sorted(topic.languages))}", f"sources {' '.join(sorted(topic.sources))}"]
    return digest("topic", topic.topic_id, *concepts, *rule, *sorted(weights), *scored, *places)


def _spelled(shape: Shape) -> str:
    marks = (shape.pattern, shape.language, shape.cased, shape.capital, ",".join(shape.never), shape.since, shape.until)
    longer = "; ".join(map(_listed, shape.within))
    return "\x1e".join((shape.term, _listed(shape.words), longer, *("" if mark is None else str(mark) for mark in marks)))


def _listed(words: tuple[tuple[str, ...], ...]) -> str:
    return " ".join("|".join(forms) for forms in words)
