"""What the documents show as configuration is configuration that loads."""

import re

import pytest

from alerts.routes import routes
from connectors.channels import OPTIONS
from schemas.settings import variables
from schemas.streams import STREAMS
from tests.repository.files import names, text
from tests.topics.articles import inflect, load

DOCUMENTS = [n for n in names() if n.endswith(".md") and (n.startswith("docs/") or "/" not in n)]
EXAMPLES = [(name, block) for name in DOCUMENTS for block in re.findall(r"```yaml\n(.*?)```", text(name), re.DOTALL)]


@pytest.mark.parametrize(("name", "block"), [e for e in EXAMPLES if e[1].startswith("topics:")])
def test_a_topic_in_the_documents_loads(name: str, block: str) -> None:
    assert load(block, inflect, name)


@pytest.mark.parametrize(("name", "block"), [e for e in EXAMPLES if e[1].startswith("channels:")])
def test_routes_in_the_documents_load(name: str, block: str) -> None:
    assert routes(block, name, kinds=OPTIONS, topics=["nato-russia"]).channels


def test_the_documents_show_a_topic_and_routes() -> None:
    assert {block.split(":")[0] for _, block in EXAMPLES} >= {"topics", "channels"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_variable_in_the_documents_is_one_that_is_read(name: str) -> None:
    read = {v.name for v in variables()} | {f"{v.name}_FILE" for v in variables()}
    named = set(re.findall(r"\bTOCSIN_[A-Z][A-Z_]*[A-Z]\b", text(name)))

    assert {v for v in named if not v.startswith("TOCSIN_TEST_")} - read == set()


def test_the_table_of_streams_is_the_one_of_the_code() -> None:
    rows = re.findall(r"^\| `(news\.[a-z_.0-9]+)` \| [^|]+ \| `(\w+)` \| (\d+) \| (\d+) days \|$", text("docs/streams.md"), re.MULTILINE)

    assert [(name, int(partitions), int(days)) for name, _, partitions, days in rows] == [
        (s.name, s.partitions, s.kept.days) for s in STREAMS
    ]
