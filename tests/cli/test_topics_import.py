"""A query of another tool becomes a topic file, or says why it cannot."""

import io
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

RULE = '(and (title any "gas oil") (not (body adj "football match")))'


def test_what_it_writes_loads_and_matches(empty: Terminal, tmp_path: Path) -> None:
    query, topic = tmp_path / "Gas Prices.txt", tmp_path / "gas.yaml"
    query.write_text('gas AND (price OR "supply stop")')

    topic.write_text(empty.run("topics", "import", str(query), "--language", "en").out)

    asked = ("--text", "Gas prices rise", "--topics", str(topic))
    assert empty.run("topics", "why", "gas-prices", *asked).code == 0


def test_remarks_are_not_data(empty: Terminal, tmp_path: Path) -> None:
    query = tmp_path / "q"
    query.write_text("gas")

    ended = empty.run("topics", "import", str(query))

    assert ended.out.startswith("topics:\n  q:\n")
    assert "inflected forms" in ended.err


def test_a_query_comes_by_the_pipe_too(empty: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RULE.encode())))

    (row,) = empty.run("topics", "import", "-", "--from", "extra", "--id", "gas", "--title", "Gas", "--json").rows

    assert row["topic"] == "gas"
    assert row["yaml"].startswith('topics:\n  gas:\n    title: "Gas"\n')


def test_what_a_topic_cannot_say_is_refused_at_its_place(empty: Terminal, tmp_path: Path) -> None:
    query = tmp_path / "q.txt"
    query.write_text("gas AND\n  (oil~2 OR [a TO b])")

    refused = empty.run("topics", "import", str(query))

    assert (refused.code, refused.out) == (3, "")
    assert refused.err.startswith(f"tocsin: {query}:2:4: ")


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        (["nothing.txt"], 3, "nothing.txt:1:1: it cannot be read"),
        (["-", "--from", "google"], 2, "'google' is not one of"),
        (["-", "--language", "german"], 2, "two small letters"),
        (["-", "--id", "Gas Prices"], 2, "'Gas Prices' cannot be a name here"),
    ],
)
def test_what_it_cannot_do_says_so(empty: Terminal, monkeypatch: pytest.MonkeyPatch, typed: list[str], code: int, words: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"gas")))

    refused = empty.run("topics", "import", *typed)

    assert (refused.code, refused.out) == (code, "")
    assert words in " ".join(refused.err.split())
