"""Concepts that use others: in their topic, of another topic, of all topics, and every mistake at its place."""

import pytest

from schemas.topic import Topic
from tests.config.refusals import refused
from tests.topics.articles import LANGUAGES, no_forms
from topics.catalog import topics
from topics.sharing import DEEPEST
from topics.terms import written

SHARED = "concepts:\n  fuel: [Benzin, Diesel]\n"


def load(**files: str) -> dict[str, Topic]:
    """Each file by its name."""
    return {topic.topic_id: topic for topic in topics({f"topics/{name}.yaml": text for name, text in files.items()}, LANGUAGES, no_forms)}


def gas(concepts: str, match: str = "x", topic_id: str = "gas") -> str:
    return f"topics:\n  {topic_id}:\n    title: Gas\n    concepts: {{{concepts}}}\n    match: {match}\n"


def terms(topic: Topic, concept: str = "x") -> list[str]:
    return [written(term) for found in topic.concepts if found.name == concept for term in found.terms]


def test_a_concept_uses_one_of_its_topic_where_it_says_so() -> None:
    loaded = load(a=gas("x: [Gas, {use: y}, Kohle], y: [Öl]"))

    assert terms(loaded["gas"]) == ["Gas", "Öl", "Kohle"]
    assert list(dict.fromkeys(shape.term for shape in loaded["gas"].concepts[0].shapes)) == ["Gas", "Öl", "Kohle"]


def test_a_concept_uses_one_that_any_file_shares() -> None:
    loaded = load(a=gas("x: [Gas, {use: fuel}]"), b=SHARED)

    assert terms(loaded["gas"]) == ["Gas", "Benzin", "Diesel"]


def test_a_concept_uses_one_of_another_topic_with_what_that_uses_there() -> None:
    loaded = load(a=gas("x: [{use: oil/x}], y: [Gas]"), b=gas("x: [Öl, {use: y}], y: [Erdöl]", topic_id="oil"))

    assert terms(loaded["gas"]) == ["Öl", "Erdöl"]


def test_a_topics_own_concept_comes_before_a_shared_one_of_that_name() -> None:
    loaded = load(a=SHARED + gas("x: [{use: fuel}], fuel: [Kerosin]"))

    assert terms(loaded["gas"]) == ["Kerosin"]


def test_a_shared_concept_uses_shared_ones() -> None:
    loaded = load(a=SHARED + "  energy: [Strom, {use: fuel}]\n" + gas("x: [{use: energy}]"))

    assert terms(loaded["gas"]) == ["Strom", "Benzin", "Diesel"]


def test_a_concept_that_is_reached_twice_stands_where_it_is_used_first() -> None:
    loaded = load(a=gas("x: [{use: y}, {use: z}], y: [{use: w}], z: [{use: w}, Gas], w: [Öl]"))

    assert terms(loaded["gas"]) == ["Öl", "Gas"]


def test_unless_may_use_a_concept() -> None:
    loaded = load(a=SHARED + gas("x: [Gas]") + "    unless: [{field: title, any: [{use: fuel}]}]\n")

    assert terms(loaded["gas"], "unless-1") == ["Benzin", "Diesel"]


@pytest.mark.parametrize(
    ("concepts", "column", "words"),
    [
        ("x: [{use: fule}]", 26, ("no concept 'fule'", "Did you mean fuel?")),
        ("x: [{use: oil/x}]", 26, ("no topic 'oil'", "Known: gas")),
        ("x: [{use: gas/z}]", 26, ("no concept 'z' in topic 'gas'", "Known: x")),
        ("x: [{use: unless 1}]", 26, ("no concept 'unless 1'",)),
        ("x: [{use: x}]", 26, ("in a circle: gas/x uses gas/x", "Remove one")),
        ("x: [{use: y}], y: [{use: gas/x}]", 41, ("in a circle: gas/x uses gas/y uses gas/x",)),
        ("x: [{use: [a]}]", 26, ("text is wanted",)),
        ("x: [{use: fuel, parts: [name]}]", 32, ("no key 'parts'",)),
    ],
)
def test_a_use_that_leads_nowhere_is_refused_where_it_stands(concepts: str, column: int, words: tuple[str, ...]) -> None:
    with refused(6, column, *words):
        load(a=SHARED + gas(concepts) + "    unless: [{any: [Gasse]}]\n")


def test_a_shared_concept_that_uses_what_is_not_there_is_refused_though_no_topic_uses_it() -> None:
    with refused(3, 18, "no concept 'oil'"):
        load(a="concepts:\n  fuel: [Gas]\n  energy: [{use: oil}]\n")


def test_a_shared_name_that_is_written_twice_is_refused_with_both_places() -> None:
    with refused(2, 3, "topics/b.yaml", "stands in topics/a.yaml, line 2, too"):
        load(a=SHARED, b=SHARED)


def test_a_topic_that_is_written_twice_is_refused_with_both_files() -> None:
    with refused(2, 3, "topics/b.yaml", "stands in topics/a.yaml too"):
        load(a=gas("x: [Gas]"), b=gas("x: [Gas]"))


def test_a_chain_of_uses_has_an_end() -> None:
    chain = "".join(f"  c{n}: [{{use: c{n + 1}}}]\n" for n in range(DEEPEST + 1))

    with refused(DEEPEST + 2, 15, "more than 20 deep"):
        load(a=f"concepts:\n{chain}  c{DEEPEST + 1}: [Gas]\n")


def test_uses_that_branch_again_and_again_are_no_more_than_their_terms() -> None:
    tree = "".join(f"  c{n}: [{{use: c{n + 1}}}, {{use: d{n + 1}}}]\n  d{n}: [{{use: c{n + 1}}}, {{use: d{n + 1}}}]\n" for n in range(18))
    loaded = load(a=f"concepts:\n{tree}  c18: [Gas]\n  d18: [Öl]\n" + gas("x: [{use: c0}]"))

    assert terms(loaded["gas"]) == ["Gas", "Öl"]
