"""What an imported query finds is what its operators mean: the whole way, from foreign text to the verdict on an article."""

from collections.abc import Mapping

import pytest

from tests.topics.articles import article
from tests.topics.import_cases import CASES, Case
from topics.catalog import topics
from topics.importing import imported
from topics.inflection import inflections
from topics.match import Matcher, matcher


def _topic_id(case: Case) -> str:
    return f"case-{CASES.index(case)}"


@pytest.fixture(scope="module")
def matchers() -> Mapping[str, Matcher]:
    files = {}
    for case in CASES:
        topic_id = _topic_id(case)
        files[topic_id] = imported(case.query, case.dialect, topic_id=topic_id, title=case.says, language=case.language).yaml
    return {topic.topic_id: matcher([topic]) for topic in topics(files, ("de", "en"), inflections)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.dialect}: {case.says}")
def test_a_query_finds_what_its_operators_mean(case: Case, matchers: Mapping[str, Matcher]) -> None:
    found = matchers[_topic_id(case)].matches(article(case.title, case.lead, case.body, case.language))

    assert bool(found) is case.hits
