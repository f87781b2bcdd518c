"""Articles a second through the matcher: the shipped topic alone, and many of its size."""

import time
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.figures import Figure, Options, middle
from benchmarks.ground import Ground
from benchmarks.material import read_articles
from benchmarks.press import TOPIC
from connectors.clock import now
from connectors.files import read_text
from schemas.article import Article
from schemas.topic import Topic
from tocsin.shipped import shipped
from topics import catalog
from topics.match import matcher

BENCH = "the matcher"
_MANY = 50  # topics


def run(ground: Ground, options: Options) -> list[Figure]:
    articles = read_articles(options.articles, now())
    words = sum(len((article.body_text or "").split()) for article in articles) / len(articles)
    one = _shipped()
    many = [replace(topic, topic_id=f"{topic.topic_id}-{n}") for n in range(_MANY) for topic in one]
    return [
        middle(BENCH, "articles a second, the shipped topic", _rates(one, articles, options.repeat), "/s", f"{words:.0f} words an article"),
        middle(BENCH, f"articles a second, {len(many)} topics", _rates(many, articles, options.repeat), "/s", "copies of the shipped one"),
        middle(BENCH, "to compile the shipped topic", _compiling(one, options.repeat), "ms"),
        middle(BENCH, "to read and check it", _reading(options.repeat), "ms"),
    ]


def _shipped() -> list[Topic]:
    path = shipped() / "topics" / f"{TOPIC}.yaml"
    return list(catalog.topics(read_text(path), path.name, {}))


def _rates(topics: Sequence[Topic], articles: Sequence[Article], repeat: int) -> list[float]:
    compiled, rates = matcher(topics), []
    for _ in range(repeat):
        began = time.perf_counter()
        for article in articles:
            compiled.matches(article)
        rates.append(len(articles) / (time.perf_counter() - began))
    return rates


def _compiling(topics: Sequence[Topic], repeat: int) -> list[float]:
    times = []
    for _ in range(repeat):
        began = time.perf_counter()
        matcher(topics)
        times.append(1000 * (time.perf_counter() - began))
    return times


def _reading(repeat: int) -> list[float]:
    times = []
    for _ in range(repeat):
        began = time.perf_counter()
        _shipped()
        times.append(1000 * (time.perf_counter() - began))
    return times
