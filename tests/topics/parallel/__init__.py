"""The shipped topics, and sentences of our own that say the same in each language."""

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from schemas.topic import Topic
from tests.topics.articles import LANGUAGES, article, inflect
from topics.catalog import topics
from topics.match import matcher

HERE = Path(__file__).parent
FILES = Path(__file__).parents[3] / "config/topics"
TOPICS = tuple(sorted(path.stem for path in HERE.glob("*.yaml")))


@cache
def shipped() -> dict[str, Topic]:
    """Every shipped topic by its id; one whose own tests fail does not load."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(FILES.glob("*.yaml"))}
    return {topic.topic_id: topic for topic in topics(texts, LANGUAGES, inflect)}


@cache
def sentences(topic_id: str, kind: str) -> dict[str, list[str]]:
    """kind: hits or misses. By language."""
    found: dict[str, list[str]] = YAML(typ="safe", pure=True).load((HERE / f"{topic_id}.yaml").read_text(encoding="utf-8"))[kind]
    return found


def rings(topic_id: str, title: str, language: str | None = None, lead: str | None = None, body: str | None = None) -> bool:
    return bool(matcher((shipped()[topic_id],)).matches(article(title, lead, body, language)))
