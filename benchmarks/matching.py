"""What a verdict costs beside a bare scan for the same words, what loading a thousand topic files costs, and what both hold in memory."""

import sys
import time
from collections.abc import Callable, Sequence

from ahocorasick_rs import AhoCorasick

from benchmarks import peers, random_topics, topic_files
from benchmarks.figures import Figure, Options, middle
from benchmarks.ground import Ground
from benchmarks.texts import CORPORA, LENGTH, texts
from schemas.article import Article
from schemas.topic import Topic
from topics.match import matcher
from topics.reading import reading

BENCH = "the matcher"
_MEASURE, _MANY = 1_000, 10_000  # topics
_RAW_HITS, _MATCHES = (180, 220), (0.4, 0.6)  # an article, at _MEASURE topics: outside of these it is another measurement
_REPEATS = 5


def run(ground: Ground, options: Options) -> list[Figure]:
    articles, source = texts()
    if not CORPORA.is_dir():
        sys.stderr.write(f"benchmarks: matching reads {source}\n")
    words = random_topics.vocabulary(f"{article.title}\n{article.body_text}" for article in articles)
    drawn = random_topics.topics(words, _MANY)
    few = _Contest(articles, drawn[:_MEASURE])
    _check(few)
    note = f"{source}, {LENGTH:,} characters each; topics {random_topics.shown(drawn[:_MEASURE])}"
    figures = [*few.figures(note), *_naive(few)]
    del few
    return [*figures, *_Contest(articles, drawn).figures(note), *topic_files.figures(ground.home("topic-files"))]


class _Contest:
    """The same articles and the same forms for the matcher and for others; all take turns, so that a busy machine holds up each alike."""

    def __init__(self, articles: Sequence[Article], topics: Sequence[Topic]) -> None:
        self.topics = topics
        self.texts = [reading(article).folded.text for article in articles]
        self.forms = peers.forms(topics)
        bare, compiled = AhoCorasick(self.forms), matcher(topics)
        self._ways: dict[str, Callable[[], int]] = {
            "bare": lambda: sum(len(bare.find_matches_as_indexes(text, overlapping=True)) for text in self.texts),
            "verdict": lambda: sum(len(compiled.matches(article)) for article in articles),
        }
        if scan := peers.hyperscan(self.forms):
            self._ways["hyperscan"] = lambda: sum(map(scan, self.texts))
        self.raw_hits, self.matches = (self._ways[name]() / len(articles) for name in ("bare", "verdict"))

    def figures(self, note: str) -> list[Figure]:
        spent = self._taking_turns()
        rates = {name: [len(self.texts) / seconds for seconds in each] for name, each in spent.items()}
        count = f"{len(self.topics):,} topics"
        figures = [
            middle(BENCH, f"whole verdict : bare scan, {count}", _ratio(spent["verdict"], spent["bare"]), "x CPU", note),
            middle(BENCH, f"articles a CPU second, {count}", rates["verdict"], "/s", f"{self.matches:.2f} matches an article"),
            middle(BENCH, "  bare ahocorasick-rs", rates["bare"], "/s", f"{len(self.forms):,} forms, {self.raw_hits:.0f} hits an article"),
        ]
        if "hyperscan" in rates:
            figures.append(middle(BENCH, "  Hyperscan, literals", rates["hyperscan"], "/s", "each hit told to Python"))
        return figures

    def _taking_turns(self) -> dict[str, list[float]]:
        spent: dict[str, list[float]] = {name: [] for name in self._ways}
        for _ in range(_REPEATS):
            for name, way in self._ways.items():
                began = time.process_time()
                way()
                spent[name].append(time.process_time() - began)
        return spent


def _naive(contest: _Contest) -> list[Figure]:
    rates = [peers.naive_rate(contest.topics, contest.texts) for _ in range(_REPEATS)]
    note = f"three a topic, {peers.FEW} topics on {peers.SAMPLE} articles, scaled to {len(contest.topics):,}"
    return [middle(BENCH, "  regular expressions", rates, "/s", note)]


def _check(few: _Contest) -> None:
    """Raises RuntimeError where the topics hit more or less than those that the floors were set for."""
    for what, value, (least, most) in (("raw hits", few.raw_hits, _RAW_HITS), ("matches", few.matches, _MATCHES)):
        if not least <= value <= most:
            raise RuntimeError(
                f"{value:.2f} {what} an article at {_MEASURE} topics, not {least} to {most}: calibrate benchmarks/random_topics.py"
            )


def _ratio(these: Sequence[float], those: Sequence[float]) -> list[float]:
    return [one / other for one, other in zip(these, those, strict=True)]
