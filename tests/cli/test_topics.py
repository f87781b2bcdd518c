"""A topic is read critically, and seen as it is compiled, before it rings anyone."""

from pathlib import Path

import orjson

from tests.cli.terminal import Terminal
from tests.town import TOPIC
from topics.file_schema import file_schema

TESTED = TOPIC + "    tests:\n      hits: [Nato und Moskau]\n      misses: [Ein spätes Tor]\n"
GOOD = """
topics:
  gas:
    title: Gas
    concepts: {gas: ["de: Pipeline", "de: Gasleitung"], stop: ["de: Lieferstopp"]}
    match: gas and stop
    languages: [de]
    tests: {hits: [Lieferstopp bei der Gasleitung], misses: [Ein spätes Tor]}
"""
COMPILED = """
topics:
  gas:
    title: Gas
    severity: critical
    concepts:
      gas: ["de: Lieferstopp", "fr: gaz", "=LNG", "==GAS", "/G[ae]s/", {term: Altname, until: 2024-10-01}]
      pipe: ["de: Ostsee Pipeline", "en: pipeline"]
      nato: [NATO, "it: ==NATO"]
    match: gas and pipe and nato
"""


def test_lint_remarks(terminal: Terminal) -> None:
    remarked = terminal.run("topics", "lint")

    assert remarked.code == 1
    assert "there is none" in remarked.out


def test_lint_knows_words_that_are_too_common(terminal: Terminal) -> None:
    terminal.write("topics/nato-russia.yaml", GOOD.replace('Lieferstopp"]', 'Lieferstopp", heute]'))

    assert "heute" in terminal.run("topics", "lint").out


def test_lint_is_silent_where_nothing_is(terminal: Terminal) -> None:
    terminal.write("topics/nato-russia.yaml", GOOD)

    good = terminal.run("topics", "lint")

    assert (good.code, good.out, good.err) == (0, "", "nothing to remark\n")


def test_a_test_of_its_own_that_fails_does_not_load(terminal: Terminal) -> None:
    terminal.write("topics/nato-russia.yaml", TESTED.replace("[Nato und Moskau]", "[Nato und Wien]"))

    refused = terminal.run("topics", "lint")

    assert refused.code == 3
    assert "topics/nato-russia.yaml:11:14: topic 'nato-russia': this test should hit and does not" in refused.err


def test_the_list_says_in_which_languages_a_topic_is_found(terminal: Terminal) -> None:
    terminal.write("topics/gas.yaml", COMPILED)

    listed, other = terminal.run("topics", "list", "--json").rows

    assert (listed["topic"], listed["severity"], listed["languages"]) == ("gas", "critical", ["de", "en"])
    assert other["topic"] == "nato-russia"
    assert "de" in other["languages"]
    assert "ru" not in other["languages"]  # Russia has no name in its letters there


def test_a_file_outside_of_the_configuration_takes_its_place(empty: Terminal, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(COMPILED)

    assert [row["topic"] for row in empty.run("topics", "list", "--topics", str(draft), "--json").rows] == ["gas"]


def test_a_folder_is_all_the_files_in_it(empty: Terminal, tmp_path: Path) -> None:
    for name, text in (("a.yaml", TOPIC), ("b/c.yaml", COMPILED), (".hidden.yaml", "[")):
        (tmp_path / "drafts" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "drafts" / name).write_text(text)

    listed = empty.run("topics", "list", "--topics", str(tmp_path / "drafts"), "--json").rows

    assert [row["topic"] for row in listed] == ["nato-russia", "gas"]


def test_a_mistake_in_a_draft_is_named_under_its_own_path(empty: Terminal, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(COMPILED.replace("gas and pipe and nato", "gas and pip"))

    refused = empty.run("topics", "list", "--topics", str(draft))

    assert refused.code == 3
    assert refused.err.startswith(f"tocsin: {draft}:10:20: ")


def test_a_draft_that_is_not_there_is_named(empty: Terminal, tmp_path: Path) -> None:
    refused = empty.run("topics", "list", "--topics", str(tmp_path / "nothing.yaml"))

    assert refused.code == 3
    assert f"{tmp_path}/nothing.yaml:1:1: it cannot be read" in refused.err


def test_no_home_is_made_to_keep_forms_in(empty: Terminal, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(COMPILED)

    empty.run("topics", "list", "--topics", str(draft))

    assert not empty.home.exists()


def test_forms_are_shown_with_what_their_place_must_be_like(terminal: Terminal) -> None:
    terminal.write("topics/gas.yaml", COMPILED)

    shown = {row["term"]: row for row in reversed(terminal.run("topics", "forms", "gas", "--json").rows)}  # as it is written comes first

    assert shown["=LNG"]["forms"] == [["lng"]]
    assert {"lieferstopp", "lieferstopps"} <= set(shown["de: Lieferstopp"]["forms"][0])
    assert len(shown["de: Ostsee Pipeline"]["forms"]) == 2
    assert shown["fr: gaz"]["language"] == "fr"
    assert [shown[term]["marks"] for term in ("de: Lieferstopp", "==GAS", "/G[ae]s/", "Altname", "NATO", "it: ==NATO")] == [
        [],
        ["spelled GAS"],
        ["regular expression"],
        ["until 2024-10-01"],
        ["never where the language is unknown", "never in it"],
        ["spelled NATO"],
    ]


def test_forms_of_one_concept_are_lines_for_people(terminal: Terminal) -> None:
    terminal.write("topics/gas.yaml", COMPILED)

    shown = terminal.run("topics", "forms", "gas", "--concept", "pipe").out.splitlines()

    assert [line.split("\t")[:3] for line in shown] == [["pipe", "de: Ostsee Pipeline", "de"], ["pipe", "en: pipeline", "en"]]
    assert "|pipelines" in shown[1]


def test_a_concept_that_is_not_there_is_told_with_those_that_are(terminal: Terminal) -> None:
    refused = terminal.run("topics", "forms", "nato-russia", "--concept", "nat")

    assert refused.code == 2
    assert "it has: nato, russia" in refused.err


def test_the_schema_is_a_whole_file(empty: Terminal) -> None:
    assert orjson.loads(empty.run("topics", "schema").out) == file_schema()
    assert empty.run("topics", "schema", "--json").rows == [file_schema()]
