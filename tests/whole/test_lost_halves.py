"""Kafka's folder, then the database, deleted under `tocsin up`: named in words, nothing skipped in silence, nothing rung again."""

import shutil
from pathlib import Path

import pytest

from connectors.pidfile import recall
from flows.cycles import cycles
from tests.whole.home import Home, Up, wait
from tests.whole.paper import Paper

pytestmark = [pytest.mark.whole, pytest.mark.kafka, pytest.mark.prefect]

PATIENCE = 120.0  # seconds


def doctor(home: Home, subject: str) -> list[str]:
    return [row["says"] for row in home.rows("doctor") if row["subject"] == subject]


@pytest.mark.parametrize("killed", [True, False], ids=["and Kafka killed", "and Kafka left to find out"])
def test_without_kafkas_folder_all_that_came_out_rings_once(killed: bool, up: Up, paper: Paper) -> None:
    assert paper.missing(1, PATIENCE) == set()
    said, data, node = len(paper.system("Stream recreated")), up.home.folder / "kafka" / "data", up.home.folder / "kafka" / "node.json"

    shutil.rmtree(data, ignore_errors=True)  # it may write on while we delete
    if killed:
        kill(node)
        shutil.rmtree(data, ignore_errors=True)

    assert paper.wait(lambda: len(paper.system("Stream recreated")) > said, PATIENCE)
    assert paper.missing(2, PATIENCE) == set()
    assert paper.told_again() == {}
    assert "Kafka's streams are new" in paper.system("Stream recreated")[-1]
    assert any("Kafka's streams are new" in says for says in doctor(up.home, "stream_recreated"))


def test_without_the_database_nothing_rings_again_and_the_next_article_does(up: Up, paper: Paper) -> None:
    paper.held = True
    assert paper.missing(0, PATIENCE) == set()
    before, posts = paper.told(), len(paper.posts)

    assert wait(lambda: [cycle for cycle in cycles(up.home.folder) if cycle.process], PATIENCE)
    shutil.rmtree(up.home.folder / "state")

    assert paper.wait(lambda: paper.system("Database recreated"), PATIENCE)
    assert wait(lambda: len(held(up.home)) == len(paper.shown), PATIENCE)  # each with its reason
    assert [post.alert["topic_id"] for post in paper.posts[posts:]] == ["system"]
    assert "Nothing rings again" in paper.system("Database recreated")[-1]
    assert any("Our database is new" in says for says in doctor(up.home, "database_recreated"))

    paper.held = False
    new = len(paper.out) + 1

    assert paper.wait(lambda: {new, new + 1} <= paper.told().keys(), PATIENCE)
    assert {n: ids for n, ids in paper.told().items() if n in before} == before
    assert paper.told_again() == {}


def kill(node: Path) -> None:
    process = recall(node)
    assert process
    process.kill()
    process.wait()


def held(home: Home) -> list[str]:
    rows = home.rows("alerts", "held", "--limit", "1000")
    return [row["about"] for row in rows if row["reason"] == "not_live"]
