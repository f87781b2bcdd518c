"""A shipped topic finds in every language what it finds in one: the same twenty sentences of ours, inflected as each language does."""

from collections import Counter

import pytest

from schemas.topic import Topic
from tests.topics.articles import LANGUAGES, article
from tests.topics.parallel import TOPICS, sentences, shipped
from topics.match import matcher

SENTENCES = 20
LEAST = 0.95
GPR = ("de", "en", "fr", "ru", "uk")  # gpr-threats and gpr-acts
CASES = [(topic, language) for topic in TOPICS for language in (GPR if topic.startswith("gpr") else LANGUAGES)]


def rung(topic: Topic, texts: list[str], language: str | None) -> list[str]:
    compiled = matcher((topic,))
    return [text for text in texts if compiled.matches(article(text, language=language))]


def test_every_shipped_topic_has_its_sentences() -> None:
    assert set(TOPICS) == set(shipped())


@pytest.mark.parametrize(("topic", "language"), CASES)
def test_the_same_sentences_ring_in_each_language(topic: str, language: str) -> None:
    texts = sentences(topic, "hits")[language]
    found = rung(shipped()[topic], texts, language)

    assert len(texts) == SENTENCES
    assert len(found) >= LEAST * len(texts), [text for text in texts if text not in found]


@pytest.mark.parametrize(("topic", "language"), CASES)
def test_they_ring_where_the_language_is_unknown(topic: str, language: str) -> None:
    texts = sentences(topic, "hits")[language]
    found = rung(shipped()[topic], texts, None)

    assert len(found) >= LEAST * len(texts), [text for text in texts if text not in found]


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_only_looks_alike_never_rings(topic: str, language: str) -> None:
    texts = sentences(topic, "misses")[language]

    assert len(texts) == SENTENCES / 2
    assert rung(shipped()[topic], texts, language) == []


@pytest.mark.parametrize("topic", TOPICS)
def test_no_sentence_is_told_twice_in_a_language(topic: str) -> None:
    for texts in sentences(topic, "hits").values():
        assert Counter(texts).most_common(1)[0][1] == 1
