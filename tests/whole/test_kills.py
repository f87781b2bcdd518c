"""tocsin up under Ctrl-C and kill -9: work goes on by itself, nothing is lost, and who keeps ids hears nothing twice."""

from collections import Counter
from collections.abc import Callable

import orjson
import psutil
import pytest

from connectors.pidfile import recall
from flows.cycles import cycles
from tests.whole.home import Home, Up, wait
from tests.whole.paper import Paper, number
from tests.whole.readers import kafka_python

pytestmark = [pytest.mark.whole, pytest.mark.kafka, pytest.mark.prefect]

PATIENCE = 120.0  # seconds until work must go on
SOON = 10.0  # seconds for Ctrl-C


def test_ctrl_c_ends_all_in_time_and_leaves_nobody(up: Up, paper: Paper) -> None:
    assert paper.missing(1, PATIENCE) == set()
    before = up.home.processes()

    seconds = up.interrupt()

    assert seconds < SOON
    assert [process for process in before if process.is_running()] == []
    assert up.home.processes() == []


def test_after_ctrl_c_nothing_stays_paused_and_the_next_start_goes_on(up: Up, paper: Paper) -> None:
    up.start()

    assert paper.missing(1, PATIENCE) == set()
    deployments = up.home.api("/deployments/filter")
    paused = {one["name"] for one in deployments if one["paused"] or not all(schedule["active"] for schedule in one["schedules"])}
    assert {one["name"] for one in deployments} - paused == {"monitor", "upkeep", "replay"}


def the_run(home: Home) -> list[psutil.Process]:
    return [cycle.process for cycle in cycles(home.folder) if cycle.flow == "monitor" and cycle.process]


def program(mark: str) -> Callable[[Home], list[psutil.Process]]:
    def find(home: Home) -> list[psutil.Process]:
        return [process for process in [recall(home.folder / mark)] if process]

    return find


def test_a_run_that_is_killed_while_it_delivers_tells_the_same_again_under_its_id(up: Up, paper: Paper) -> None:
    paper.slow, heard = 1.0, len(paper.posts)
    assert paper.wait(lambda: len(paper.posts) > heard, PATIENCE)
    post, victims = paper.posts[-1], the_run(up.home)

    kill(victims)
    paper.slow = 0

    assert len(victims) == 1
    assert paper.wait(lambda: [again.id for again in paper.posts].count(post.id) == 2, PATIENCE)
    assert paper.missing(1, PATIENCE) == set()


@pytest.mark.parametrize(
    "find",
    [
        pytest.param(the_run, id="the run"),
        pytest.param(program("run/prefect-server.pid"), id="the Prefect server"),
        pytest.param(program("kafka/node.json"), id="Kafka"),
        pytest.param(program("run/flows.pid"), id="serve"),
    ],
)
def test_after_a_kill_work_goes_on_by_itself(find: Callable[[Home], list[psutil.Process]], up: Up, paper: Paper) -> None:
    assert wait(lambda: find(up.home), PATIENCE)

    kill(find(up.home))

    assert paper.missing(1, PATIENCE) == set()


def test_after_the_supervisor_alone_is_killed_the_next_one_takes_over(up: Up, paper: Paper) -> None:
    assert up.process
    up.process.kill()
    up.process.wait()

    up.start()

    assert paper.missing(1, PATIENCE) == set()


def test_after_all_are_killed_at_once_the_next_start_goes_on(up: Up, paper: Paper) -> None:
    up.kill()
    assert up.home.processes() == []

    up.start()

    assert paper.missing(1, PATIENCE) == set()


def test_after_all_this_each_article_has_rung_and_nobody_who_keeps_ids_hears_one_twice(up: Up, paper: Paper) -> None:
    paper.held = True
    assert paper.missing(0, PATIENCE) == set()
    paper.held = False

    assert paper.told_again() == {}
    assert up.home.rows("quarantine", "list") == []


def test_after_all_this_the_streams_tell_the_same_to_who_keeps_ids(up: Up, paper: Paper) -> None:
    records = kafka_python(f"127.0.0.1:{up.home.kafka_port}")
    by_id = {dict(record.headers)["ce_id"]: record for record in records}
    values = [(record.stream, orjson.loads(record.value)) for record in by_id.values()]

    rung = Counter(number(value["articles"][0]) for stream, value in values if stream == "news.alert.v1")
    published = Counter(number(value) for stream, value in values if stream == "news.article.v1")

    told = set(paper.told())
    assert told <= rung.keys() and told <= published.keys()
    assert set(rung.values()) == {1}


def kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        process.kill()
