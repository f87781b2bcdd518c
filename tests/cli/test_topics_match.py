"""The matcher as a filter: lines in, verdicts out."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import Ended, Terminal
from tests.cli.test_imports import loaded
from tests.town import BODY, NEWS, SPORT

RINGS = {"id": "a", "title": NEWS[0], "body_text": BODY, "language": "de"}
SILENT = {"id": "b", "title": SPORT[0], "language": "de"}
HEAVY = {"prefect", "kafka", "sqlalchemy", "aiohttp", "trafilatura", "apprise", "fastapi"}


def lines(*articles: object) -> str:
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in articles)


@pytest.fixture
def pipe(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> "Pipe":
    return Pipe(terminal, monkeypatch)


class Pipe:
    def __init__(self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
        self.terminal, self._monkeypatch = terminal, monkeypatch

    def __call__(self, text: str, *arguments: str) -> Ended:
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return self.terminal.run("topics", "match", *arguments)


def test_an_article_that_matches_is_a_line(pipe: Pipe) -> None:
    ended = pipe(lines(RINGS, SILENT))

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == ["a\tnato-russia\tmatched\t\tnato: Nato, russia: Moskau, russia: Russlands"]


def test_a_verdict_carries_its_evidence(pipe: Pipe) -> None:
    (row,) = pipe(lines(RINGS), "--json").rows

    assert (row["id"], row["topic_id"], row["matched"], row["score"]) == ("a", "nato-russia", True, None)
    assert row["evidence"][0] == {
        "concept": "nato",
        "term": "Nato",
        "form": "Nato",
        "field": "title",
        "start": 0,
        "end": 4,
        "weight": None,
    }


def test_all_says_what_is_missing(pipe: Pipe) -> None:
    rings, silent = pipe(lines(RINGS, SILENT), "--all", "--json").rows

    assert rings["matched"]
    assert (silent["id"], silent["matched"], silent["reason"], silent["detail"]) == (
        "b",
        False,
        "no_match",
        "nato is not found, russia is not found",
    )


def test_an_absent_language_is_detected(pipe: Pipe) -> None:
    pipe.terminal.write("topics/nato-russia.yaml", "topics: {n: {title: N, concepts: {n: ['fr: Nato']}, match: n}}")
    spoken = {name: RINGS[name] for name in ("id", "title", "body_text")}

    assert pipe(lines(spoken)).out == ""
    assert pipe(lines(spoken | {"language": "und"})).out != ""


def test_a_bad_line_is_named_and_the_others_go_on(pipe: Pipe) -> None:
    ended = pipe(lines({"title": 3}) + "\nnonsense\n" + lines(RINGS))

    assert ended.code == 5
    title, nonsense = ended.err.splitlines()
    assert title == "line 1: title: input should be a valid string. Write it as text in quotes, or leave it out"
    assert nonsense.startswith("line 3: this is no JSON at column 1: ")
    assert ended.out.startswith("a\tnato-russia\t")


def test_a_line_without_an_id_has_its_number(pipe: Pipe) -> None:
    (row,) = pipe("\n" + lines({"title": "Nato und Moskau"}), "--json").rows

    assert row["id"] == "2"


def test_topics_come_from_a_file_too(pipe: Pipe, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text("topics: {sport: {title: Sport, concepts: {goal: [Tor]}, match: goal}}")

    assert pipe(lines(RINGS, SILENT), "--topics", str(draft)).out == "b\tsport\tmatched\t\tgoal: Tor\n"


def test_no_input_is_no_output(pipe: Pipe) -> None:
    assert pipe("") == Ended(code=0, out="", err="")


def test_the_last_line_needs_no_end(pipe: Pipe) -> None:
    assert pipe(lines(RINGS).strip()).out.startswith("a\t")


def test_control_characters_of_a_text_do_not_reach_the_terminal(pipe: Pipe) -> None:
    ended = pipe(lines({"id": "\x1b[31m", "title": "Nato und Moskau"}))

    assert ended.out.startswith(" [31m\t")


def test_a_line_in_is_a_line_out_at_once(terminal: Terminal) -> None:
    with terminal.start("topics", "match") as process:
        assert process.stdin
        assert process.stdout
        for name in ("a", "b"):
            process.stdin.write(lines(RINGS | {"id": name}))
            process.stdin.flush()
            assert process.stdout.readline().startswith(f"{name}\t")
        process.stdin.close()

        assert process.wait(timeout=30) == 0


def test_a_reader_that_goes_is_no_error(terminal: Terminal) -> None:
    with terminal.start("topics", "match") as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(lines(RINGS))
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(lines(RINGS))
        process.stdin.close()

        assert process.stderr.read() == ""
        assert process.wait(timeout=30) == 0


def test_a_closed_input_is_an_empty_one(terminal: Terminal) -> None:
    run = ["sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-c", "from tocsin.cli import main; main()", "topics", "match"]

    ended = subprocess.run(run, env=terminal.environment, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_it_loads_no_broker_no_database_and_no_prefect(terminal: Terminal) -> None:
    assert loaded(terminal, "topics match --json", typed=lines(RINGS, {"title": NEWS[0], "body_text": BODY})) & HEAVY == set()
