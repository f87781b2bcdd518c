"""The shipped topics on sentences that no term was chosen by: 126 of 133 rang when first measured, none of the 34 that only look alike."""

from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.topics.articles import LANGUAGES
from tests.topics.parallel import rings, shipped

FILES = sorted((Path(__file__).parent / "heldout").glob("*.yaml"))
TOPICS = tuple(path.stem for path in FILES)
HITS = 0.94
MISSES = 0.97


@cache
def sentences(topic: str, kind: str) -> tuple[tuple[str, str], ...]:
    """kind: hits or misses. (language, sentence) each."""
    path = FILES[TOPICS.index(topic)]
    listed: dict[str, list[str]] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))[kind]
    return tuple((language, sentence) for language, told in listed.items() for sentence in told)


def rung(kind: str) -> list[bool]:
    return [rings(topic, sentence, language) for topic in TOPICS for language, sentence in sentences(topic, kind)]


def test_every_shipped_topic_is_tried() -> None:
    assert set(TOPICS) == set(shipped())


@pytest.mark.parametrize("topic", TOPICS)
def test_each_is_tried_by_ten_sentences_or_more_in_five_languages_or_more(topic: str) -> None:
    languages = {language for language, _ in sentences(topic, "hits")}

    assert len(sentences(topic, "hits")) >= 10
    assert len(languages) >= 5
    assert languages <= set(LANGUAGES)


def test_of_sentences_never_seen_as_many_ring_as_were_measured() -> None:
    found = rung("hits")

    assert sum(found) >= HITS * len(found)


def test_of_sentences_that_only_look_alike_as_many_are_silent_as_were_measured() -> None:
    found = rung("misses")

    assert found.count(False) >= MISSES * len(found)
