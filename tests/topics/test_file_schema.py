"""The schema that editors check topic files by: it takes what loads, and it is the one that we ship."""

import re
from datetime import date

import jsonschema_rs
import orjson
import pytest
from ruamel.yaml import YAML

from schemas import render
from tests.repository.files import names, text
from topics.file_schema import NAME, file_schema

SHIPPED = [name for name in names() if name.startswith("config/topics/") and name.endswith(".yaml")]
SHOWN = [
    (name, block)
    for name in names()
    if name.endswith(".md") and (name.startswith("docs/") or "/" not in name)
    for block in re.findall(r"```yaml\n(.*?)```", text(name), re.DOTALL)
    if block.startswith(("topics:", "concepts:"))
]
RULES = jsonschema_rs.Draft202012Validator(file_schema())
TOPIC = "topics: {gas: {title: Gas, concepts: {gas: [Gas]}, match: gas}}"


def read(yaml: str) -> object:
    """As an editor reads it, which knows no dates."""
    return orjson.loads(orjson.dumps(YAML(typ="safe", pure=True).load(yaml), default=_day))


def _day(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()


def problems(yaml: str) -> list[str]:
    return [error.message for error in RULES.iter_errors(read(yaml))]


def test_it_is_a_schema() -> None:
    assert jsonschema_rs.meta.is_valid(file_schema())


def test_the_shipped_schema_is_the_one_of_the_code() -> None:
    """Its text is render.text(file_schema())."""
    assert text(f"config/topics/{NAME}") == render.text(file_schema()).decode()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_file_is_valid(name: str) -> None:
    assert problems(text(name)) == []


@pytest.mark.parametrize(("name", "block"), SHOWN)
def test_an_example_in_the_documents_is_valid(name: str, block: str) -> None:
    assert problems(block) == []


@pytest.mark.parametrize(
    "yaml",
    [
        TOPIC,
        "concepts: {fuel: [Benzin, 95, {use: oil/diesel}]}",
        TOPIC.replace("[Gas]", "[{country: RU, parts: [name, seat]}, {term: Rekord, since: 2022-01-01}, 1984]"),
        TOPIC.replace(
            "match: gas", "match: gas, unless: [title(gas), {field: title, any: [Gasse]}], calm: 2h, cooldown: 0, severity: info"
        ),
        TOPIC.replace("match: gas", "match: gas, score: {title: 2.5, threshold: 1}, weights: {gas: 2}, languages: [de], sources: [dw-2]"),
        TOPIC.replace("match: gas", "match: gas, tests: {hits: [Gas, {text: Gas, language: de}], misses: }"),
    ],
)
def test_what_loads_is_valid(yaml: str) -> None:
    assert problems(yaml) == []


@pytest.mark.parametrize(
    "yaml",
    [
        "{}",
        "topic: {}",
        "topics: {Gas: {title: Gas, concepts: {gas: [Gas]}, match: gas}}",
        "topics: {system: {title: Gas, concepts: {gas: [Gas]}, match: gas}}",
        "topics: {gas: {title: Gas, match: gas}}",
        TOPIC.replace("match: gas", "match: gas, scores: {threshold: 1}"),
        TOPIC.replace("match: gas", "match: gas, score: {title: 3}"),
        TOPIC.replace("match: gas", "match: gas, score: {threshold: 0}"),
        TOPIC.replace("match: gas", "match: gas, calm: soon"),
        TOPIC.replace("match: gas", "match: gas, calm: 15"),
        TOPIC.replace("match: gas", "match: gas, severity: urgent"),
        TOPIC.replace("match: gas", "match: gas, languages: [german]"),
        TOPIC.replace("match: gas", "match: gas, unless: [{field: titel, any: [Gasse]}]"),
        TOPIC.replace("[Gas]", "[]"),
        TOPIC.replace("[Gas]", "Gas"),
        TOPIC.replace("[Gas]", "[de: Gas]"),
        TOPIC.replace("[Gas]", "[{country: UK}]"),
        TOPIC.replace("[Gas]", "[{country: RU, parts: [names]}]"),
        TOPIC.replace("[Gas]", "[{term: Gas, until: soon}]"),
        TOPIC.replace("{gas: [", "{near: ["),
    ],
)
def test_what_is_wrong_is_marked(yaml: str) -> None:
    assert problems(yaml)


def test_every_key_has_its_help() -> None:
    settings = file_schema()["$defs"]["topic"]["properties"]  # type: ignore[index]

    assert all(setting["description"] for setting in settings.values())
