"""The whole of `up`, real: the locked Prefect server runs what is scheduled, and goes on by itself after every kill."""

import http.client
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import DeploymentResponse

from connectors.pidfile import recall
from flows.cycles import cycles
from tests.flows.ground import Supervised, eventually, family, run, supervised
from tests.flows.paper import Paper, configure, printing
from tests.kafka.node import free_port, jar_cache

pytestmark = pytest.mark.prefect

AT_WORK = (StateType.RUNNING, StateType.PENDING, StateType.CANCELLING)
CYCLE = 5  # seconds


@dataclass(kw_only=True)
class Place:
    home: Path
    paper: Paper
    variables: dict[str, str]

    def client(self) -> PrefectClient:
        api = f"http://127.0.0.1:{self.variables['TOCSIN_PREFECT_PORT']}/api"
        return PrefectClient(api, auth_string=(self.home / "prefect" / "auth").read_text())

    async def _runs(self, *types: StateType) -> list[FlowRun]:
        async with self.client() as client:
            state = FlowRunFilterState(type=FlowRunFilterStateType(any_=list(types)))
            return [found for found in await client.read_flow_runs(flow_run_filter=FlowRunFilter(state=state)) if found.auto_scheduled]

    def runs(self, *types: StateType) -> list[FlowRun]:
        return run(self._runs(*types))

    def completed(self) -> int:
        with suppress(httpx.HTTPError):
            return len(self.runs(StateType.COMPLETED))
        return 0

    async def monitor(self) -> DeploymentResponse:
        async with self.client() as client:
            return await client.read_deployment_by_name("monitor/monitor")

    async def pause(self) -> None:
        async with self.client() as client:
            await client.pause_deployment((await client.read_deployment_by_name("monitor/monitor")).id)

    async def artifacts(self) -> dict[str, Any]:
        async with self.client() as client:
            return {found.key or "": found.data for found in await client.read_latest_artifacts()}

    def without_auth(self) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", int(self.variables["TOCSIN_PREFECT_PORT"]), timeout=5)
        try:
            connection.request("GET", "/api/admin/version")
            return connection.getresponse().status
        finally:
            connection.close()

    def publish(self) -> None:
        """An article whose page is held back, in a feed that is due at once: a cycle is at work until it is printed."""
        self.paper.printed.clear()
        self.paper.asked.clear()
        self.paper.articles += 1


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("up")
    home = folder / "home"
    (home / "kafka").mkdir(parents=True)
    (home / "kafka" / "jars").symlink_to(jar_cache())
    with printing() as paper:
        configure(folder / "config", paper)
        variables = {
            "TOCSIN_HOME": str(home),
            "TOCSIN_CONFIG": str(folder / "config"),
            "TOCSIN_ALLOW_HOSTS": paper.place,
            "TOCSIN_PREFECT_PORT": str(free_port()),
            "TOCSIN_KAFKA_PORT": str(free_port()),
            "TOCSIN_WEB_PORT": str(free_port()),
            "TOCSIN_CYCLE_SECONDS": str(CYCLE),
            "TOCSIN_SPEED": "450",  # the feed's 15 minutes are 2 seconds
            "TOCSIN_HOST_PACE": "0",
        }
        yield Place(home=home, paper=paper, variables=variables)
        if node := recall(home / "kafka" / "node.json"):
            node.kill()


@pytest.fixture
def up(place: Place) -> Iterator[Supervised]:
    with supervised(place.variables, place.home / "up.log") as process:
        process.wait_ready()
        yield process


def test_scheduled_runs_complete_the_article_rings_and_the_stop_leaves_nothing(place: Place, up: Supervised) -> None:
    eventually(place.completed, 60)
    place.paper.articles += 1
    eventually(lambda: "nato-russia" in run(place.artifacts()).get("alerts", ""), 60)
    eventually(lambda: place.completed() >= 2, 60)

    assert "nato-russia moves" in (place.home / "mail.jsonl").read_text()
    assert "zeitung" in run(place.artifacts())["feed-health"]
    assert not place.runs(StateType.FAILED, StateType.CRASHED)
    assert place.without_auth() == http.client.UNAUTHORIZED
    assert all(found.name.startswith("monitor ") for found in place.runs(StateType.COMPLETED))

    before = family(up.process.pid)
    assert up.stop() < 10 and up.process.returncode == 0
    assert not [process for process in before if process.is_running()]
    assert not list((place.home / "run").glob("**/*.json")) and not list((place.home / "run").glob("*.pid"))


def test_runs_go_on_after_server_flows_and_run_are_killed_at_once(place: Place, up: Supervised) -> None:
    place.publish()
    assert place.paper.asked.wait(60)
    (cycle,) = cycles(place.home)
    assert cycle.process
    victims = [p for p in family(up.process.pid)[1:] if {"prefect", "flows.serve", "prefect.engine"} & set(p.cmdline())]
    assert len(victims) == 3 and cycle.process in victims
    before, crashed = place.completed(), {str(found.id) for found in place.runs(StateType.CRASHED)}

    for victim in victims:
        victim.send_signal(signal.SIGKILL)
    place.paper.printed.set()

    eventually(lambda: place.completed() > before + 1, 120)
    assert {str(found.id) for found in place.runs(StateType.CRASHED)} - crashed == {cycle.run_id}
    assert up.said.count("ended (SIGKILL)") == 2


def test_a_new_start_takes_over_after_everybody_was_killed_and_a_pause_outlives_it(place: Place, up: Supervised) -> None:
    place.publish()
    assert place.paper.asked.wait(60)
    run(place.pause())
    everybody = [up.process.pid, *(p.pid for p in family(up.process.pid)[1:])]

    for pid in everybody:
        with suppress(psutil.NoSuchProcess):
            psutil.Process(pid).kill()
    up.process.wait()
    place.paper.printed.set()

    with supervised(place.variables, place.home / "again.log") as again:
        again.wait_ready()
        monitor = run(place.monitor())
        assert monitor.paused
        assert not place.runs(*AT_WORK)
        assert monitor.global_concurrency_limit and monitor.global_concurrency_limit.active_slots == 0
        assert again.stop() < 10
