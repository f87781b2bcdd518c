"""All rules of the EXTRA corpus become topics that can be read."""

import pytest
from ruamel.yaml import YAML

from tests.topics.articles import article
from tests.topics.extra_rules import FOLDER, rules
from topics.catalog import topics
from topics.drafts import file
from topics.grammar import expression
from topics.importing import imported
from topics.inflection import inflections
from topics.match import matcher
from topics.rules import named
from topics.terms import term

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="no corpora: set TOCSIN_TEST_CORPORA")


def test_there_are_72_rules() -> None:
    assert len(rules()) == 72


def test_every_rule_becomes_a_topic_whose_concepts_are_all_used_and_whose_terms_can_be_read() -> None:
    for rule in rules():
        found = imported(rule.query, "extra", topic_id=rule.topic_id, title=rule.name, language=rule.language)
        topic = YAML(typ="safe", pure=True).load(found.yaml)["topics"][rule.topic_id]

        assert len(file(found.yaml, f"{rule.topic_id}.yaml").drafts) == 1
        assert topic["title"] == rule.name
        assert set(named(expression(topic["match"], topic["concepts"]))) == set(topic["concepts"])
        assert all(term(text) for texts in topic["concepts"].values() for text in texts)


def test_every_rule_loads_and_runs() -> None:
    files = {}
    for rule in rules():
        files[rule.topic_id] = imported(rule.query, "extra", topic_id=rule.topic_id, title=rule.name, language=rule.language).yaml
    loaded = topics(files, ("de", "en"), inflections)

    assert len(loaded) == 72
    assert [match.topic_id for match in matcher(loaded).matches(article("Elton John will singen"))] == ["extra-en-18"]
