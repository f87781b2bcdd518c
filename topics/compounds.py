"""Words of real articles in which a listed German word is glued to another, and that no term hits: where a star may be missing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick

from schemas.article import Article
from schemas.topic import Shape, Topic
from topics.match import matcher
from topics.reading import reading
from topics.rules import required
from topics.sample import article as sample

OFTEN = 5
LANGUAGE = "de"

_SHORTEST = 4  # letters of a listed word: what is shorter begins and ends too many others
_MOST = 100_000  # words that are counted; a rare one more tells nothing


@dataclass(frozen=True, kw_only=True, slots=True)
class Compound:
    """word: as it was first written; term: that stands at its beginning or its end, and does not hit it."""

    concept: str
    term: str
    word: str
    count: int


class Compounds:
    def __init__(self, topic: Topic) -> None:
        self._topic = topic
        self._listed = _listed(topic)
        self._forms = list(self._listed)
        self._automaton = AhoCorasick(self._forms)
        self._written: dict[str, str] = {}
        self._counts: Counter[tuple[str, str]] = Counter()  # folded word, and the form in it

    def see(self, article: Article) -> None:
        if not self._forms or (article.language or "").partition("-")[0] != LANGUAGE:
            return
        read = reading(article)
        for number, start, end in self._automaton.find_matches_as_indexes(read.folded.text, overlapping=True):
            first, last = read.folded.word(start, end)
            if (first < start) != (end < last) and read.field(first, last) and len(self._counts) < _MOST:
                word = read.folded.text[first:last]
                self._counts[word, self._forms[number]] += 1
                self._written.setdefault(word, read.form(first, last))

    def found(self) -> tuple[Compound, ...]:
        """Those that stand in articles five times or more, the most frequent first; of each word the longest form that is in it."""
        longest: dict[str, str] = {}
        for word, form in self._counts:
            longest[word] = max(longest.get(word, ""), form, key=len)
        often = sorted(((self._counts[pair], *pair) for pair in longest.items() if self._counts[pair] >= OFTEN), reverse=True)
        return tuple(found for count, word, form in often for found in self._unhit(word, form, count))

    def _unhit(self, word: str, form: str, count: int) -> Iterator[Compound]:
        concept, term = self._listed[form]
        written = self._written[word]
        anywhere = replace(self._topic, unless=(), languages=(), sources=())
        alone = sample(written, LANGUAGE)
        (judgement,) = matcher((anywhere,)).judgements(alone, reading(alone))
        if concept not in judgement.found.hits:
            yield Compound(concept=concept, term=term, word=written, count=count)


def _listed(topic: Topic) -> dict[str, tuple[str, str]]:
    """Each form that may hit in German, to its concept and its term."""
    wanted = {has.concept for has in required(topic.match)}
    return {
        form: (concept.name, shape.term)
        for concept in reversed(topic.concepts)
        if concept.name in wanted
        for shape in reversed(concept.shapes)
        for form in _forms(shape)
    }


def _forms(shape: Shape) -> Sequence[str]:
    german = shape.language == LANGUAGE or (shape.language is None and LANGUAGE not in shape.never)
    if not german or len(shape.words) != 1:
        return ()
    return [form for form in shape.words[0] if form.isalpha() and len(form) >= _SHORTEST]
