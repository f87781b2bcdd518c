"""One pass over a text says which topics can have anything to do with it."""

from collections.abc import Sequence

import pytest

from schemas.topic import Shape
from topics.folded import Folded
from topics.look import look
from topics.patterns import Patterns, Seen, Use, Wanted


def use(topic: int, concept: str, form: str) -> Use:
    return topic, look(concept, Shape(term=form, words=((form,),)), 0)


def both(*concepts: str) -> Wanted:
    return Wanted(first=concepts[:1], second=concepts[1:2] or concepts[:1])


def candidates(uses: Sequence[Use], wanted: Sequence[Wanted], text: str) -> set[int]:
    patterns = Patterns(uses, wanted)
    return set(patterns.candidates(patterns.scan(Folded(text))))


def looks(patterns: Patterns, text: Folded, topic: int) -> list[Seen]:
    return patterns.looks(topic, patterns.scan(text))


@pytest.mark.parametrize(
    ("text", "found"), [("Nato und Kreml", {0}), ("Nato", set()), ("Kreml", set()), ("", set()), ("Senator, Kreml", set())]
)
def test_a_topic_is_a_candidate_where_both_concepts_that_it_wants_may_stand(text: str, found: set[int]) -> None:
    assert candidates([use(0, "x", "nato"), use(0, "y", "kreml")], [both("x", "y")], text) == found


def test_topics_share_patterns_and_are_told_apart() -> None:
    uses = [use(0, "x", "nato"), use(1, "x", "nato"), use(1, "y", "kreml"), use(2, "x", "rat")]

    assert candidates(uses, [both("x"), both("x", "y"), both("x")], "Die Nato") == {0}


def test_a_concept_that_is_not_wanted_makes_no_candidate() -> None:
    assert candidates([use(0, "x", "nato"), use(0, "z", "wetter")], [both("x")], "Wetter") == set()


def test_a_pattern_of_one_topic_that_may_stand_inside_a_word_leaves_another_topic_its_whole_word() -> None:
    patterns = Patterns([use(0, "x", "nato*"), use(1, "x", "nato")], [both("x"), both("x")])
    text = Folded("Senator")

    assert all(one.place(text, start, end) is None for topic in (0, 1) for one, start, end in looks(patterns, text, topic))


def test_a_topic_looks_at_its_own_places_alone() -> None:
    patterns = Patterns([use(0, "x", "nato"), use(1, "x", "kreml")], [both("x"), both("x")])
    text = Folded("Nato Kreml Nato")

    assert [(one.shape.term, start, end) for one, start, end in looks(patterns, text, 0)] == [("nato", 0, 4), ("nato", 11, 15)]


def test_without_a_pattern_there_is_no_candidate() -> None:
    assert candidates([], [Wanted(first=(), second=(), always=True)], "Nato") == set()


def test_one_form_of_two_shapes_is_one_pattern() -> None:
    patterns = Patterns([use(0, "x", "nato"), use(0, "y", "nato*"), use(1, "x", "nato")], [both("x"), both("x")])

    assert len(patterns.scan(Folded("Nato")).groups) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nato-Gipfel", {0}),
        ("Nato  -\nGipfels", {0}),
        ("Na\u00adto Gip\u00adfel", {0}),
        ("Nato und Gipfel", set()),
        ("Nato Gi", set()),
        ("Nato Grippe", set()),
    ],
)
def test_a_phrase_makes_a_candidate_only_where_its_words_stand_together(text: str, found: set[int]) -> None:
    shape = Shape(term="nato gipfel", words=(("nato",), ("gipfel", "gipfels")))

    assert candidates([(0, look("x", shape, 0))], [both("x")], text) == found


@pytest.mark.parametrize("before", ["", "a \u2013 b \u2013 ", "a\n\n\nb  ", "ﬁn \u0301 - ß -  "])
def test_what_to_look_at_stands_where_its_octets_are(before: str) -> None:
    patterns = Patterns([(0, look("x", Shape(term="t", words=(("nato",), ("gipfel",))), 0))], [both("x")])
    text = Folded(f"{before}Nato \n Gipfel")

    ((_, start, end),) = looks(patterns, text, 0)

    assert text.text[start:end] == "nato"
