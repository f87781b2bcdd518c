"""The matcher is measured on the same topics each time."""

import random

from benchmarks import random_topics, topic_files
from tests.topics.articles import LANGUAGES, no_forms
from topics.catalog import topics

TEXTS = ("The harbour master closed the eastern quay", "Начальник порта закрыл восточный причал на рассвете")


def test_the_vocabulary_is_the_words_that_are_long_enough_in_their_order() -> None:
    assert random_topics.vocabulary(["A quay, a Quay and 4000 boats"]) == ["boats", "quay"]


def test_a_seed_gives_the_same_topics_each_time() -> None:
    words = random_topics.vocabulary(TEXTS)

    assert random_topics.shown(random_topics.topics(words, 20)) == "ba6c83439fc5"


def test_another_seed_gives_other_topics() -> None:
    words = random_topics.vocabulary(TEXTS)

    assert random_topics.shown(random_topics.topics(words, 20, seed=1)) != random_topics.shown(random_topics.topics(words, 20))


def test_the_first_of_many_topics_are_those_of_few() -> None:
    words = random_topics.vocabulary(TEXTS)

    assert random_topics.topics(words, 20)[:5] == random_topics.topics(words, 5)


def test_a_topic_file_that_is_measured_loads_and_passes_its_own_tests() -> None:
    words = {language: [f"{language}wort{end}" for end in "abcdefghijklmnopqrst"] for language in LANGUAGES}
    text = topic_files.topic_file(7, words, random.Random(1))

    (loaded,) = topics({"t.yaml": text}, LANGUAGES, no_forms)

    assert [len(concept.terms) for concept in loaded.concepts] == [6, 6, 2]
