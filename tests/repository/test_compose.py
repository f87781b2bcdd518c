"""docker-compose.yml: every service is shut in, and every variable that it sets is one that is read."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from articles.subscriptions import feeds
from demo.news_site import feeds_yaml
from schemas.settings import settings, variables
from tests.repository.compose import OURS, SERVICES, compose, environment, filled
from tests.repository.files import ROOT, text

GIVEN = {"POSTGRES_PASSWORD": "5ecret", "PREFECT_AUTH": "tocsin:5ecret"}
FEEDS = "${FEEDS:-./config/feeds.yaml}:/config/feeds.yaml:ro"
each_service = pytest.mark.parametrize(("name", "service"), SERVICES.items(), ids=SERVICES.keys())
each_of_ours = pytest.mark.parametrize(("name", "service"), OURS.items(), ids=OURS.keys())


def test_the_house_is_all_there() -> None:
    assert set(SERVICES) == {"kafka", "postgres", "prefect-server", "init", "pipeline", "news-site", "kafka-ui"}
    assert {name: s["profiles"] for name, s in SERVICES.items() if "profiles" in s} == {"news-site": ["demo"], "kafka-ui": ["ui"]}


@each_service
def test_its_image_has_a_full_version(name: str, service: dict[str, Any]) -> None:
    assert re.search(r":v?\d+\.\d+(\.\d+)?(-[a-z0-9.]+)?$", service["image"])


@each_service
def test_it_is_not_root(name: str, service: dict[str, Any]) -> None:
    assert str(service.get("user", "root")).split(":")[0] not in ("root", "0", "")


@each_service
def test_it_writes_only_to_its_volume_and_a_bounded_tmp(name: str, service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert any(mount.startswith("/tmp:") for mount in service["tmpfs"])
    assert all("size=" in mount for mount in service["tmpfs"])


@each_service
def test_it_has_no_power_and_gains_none(name: str, service: dict[str, Any]) -> None:
    assert service["cap_drop"] == ["ALL"] and "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "network_mode", "pid", "ipc", "devices", "userns_mode"} & service.keys()


@each_service
def test_its_memory_and_processes_are_bounded(name: str, service: dict[str, Any]) -> None:
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert 0 < service["pids_limit"] <= 1024


@each_service
def test_it_says_whether_it_is_well_or_others_wait_for_its_end(name: str, service: dict[str, Any]) -> None:
    waited_for = [s["depends_on"][name]["condition"] for s in SERVICES.values() if name in s.get("depends_on", {})]

    if waited_for and set(waited_for) == {"service_completed_successfully"}:
        assert service["restart"] == "on-failure" and service["healthcheck"] == {"disable": True}
    else:
        assert service["restart"] == "unless-stopped"
        assert {"test", "interval", "timeout", "retries"} <= service["healthcheck"].keys()


@each_service
def test_it_is_published_on_loopback_alone(name: str, service: dict[str, Any]) -> None:
    assert [p for p in service.get("ports", []) if not p.startswith("127.0.0.1:")] == []


@each_service
def test_it_has_at_most_one_volume_of_its_own_and_reads_but_the_configuration(name: str, service: dict[str, Any]) -> None:
    own = [v for v in service.get("volumes", []) if v.split(":")[0] in compose()["volumes"]]
    lent = [v for v in service.get("volumes", []) if v not in own]

    assert len(own) <= 1
    assert lent == ([] if name not in ("init", "pipeline") else ["./config:/config:ro", FEEDS])


@each_service
def test_it_has_no_default_password(name: str, service: dict[str, Any]) -> None:
    for variable, value in environment(service).items():
        if re.search(r"PASSWORD|SECRET|TOKEN|AUTH_STRING", variable) or re.search(r"://[^/]*:[^/]*@", value):
            assert re.search(r"\$\{\w+:\?[^}]+\}", value), f"{variable} must come from outside"
            assert ":-" not in value


def test_what_keeps_state_keeps_it_in_a_volume() -> None:
    mounts = [(name, v.split(":")[0]) for name, s in SERVICES.items() for v in s.get("volumes", [])]
    stateful = {name: source for name, source in mounts if source in compose()["volumes"]}

    assert stateful == {"kafka": "kafka", "postgres": "postgres", "prefect-server": "prefect", "init": "home", "pipeline": "home"}


def test_the_pipeline_waits_for_tables_and_streams() -> None:
    assert SERVICES["init"]["command"][-1] == "tocsin store upgrade && tocsin streams apply"
    assert SERVICES["pipeline"]["depends_on"]["init"] == {"condition": "service_completed_successfully"}
    assert {s["condition"] for s in SERVICES["init"]["depends_on"].values()} == {"service_healthy"}


@each_of_ours
def test_every_variable_it_sets_is_read(name: str, service: dict[str, Any]) -> None:
    read = {v.name for v in variables()} | {f"{v.name}_FILE" for v in variables()}

    assert {v for v in environment(service) if v not in read and not v.startswith("PREFECT_")} == set()


@each_of_ours
def test_its_settings_are_accepted(name: str, service: dict[str, Any]) -> None:
    given = {variable: filled(value, GIVEN) for variable, value in environment(service).items()}

    found = settings(given, lambda path: "")

    if name in ("init", "pipeline"):
        assert found.database_url == "postgresql+psycopg://tocsin:5ecret@postgres:5432/tocsin"
        assert not found.own_kafka and found.replication == 1


def test_prefects_server_is_the_one_that_the_lock_pins() -> None:
    """One image for server and client: docs/decisions/002-prefect-caps.md."""
    assert SERVICES["prefect-server"]["image"] == SERVICES["pipeline"]["image"]
    assert SERVICES["prefect-server"]["build"] == {"context": ".", "dockerfile": "ops/Dockerfile"}
    server, client = environment(SERVICES["prefect-server"]), environment(SERVICES["pipeline"])
    assert server["PREFECT_SERVER_API_AUTH_STRING"] == client["PREFECT_API_AUTH_STRING"]


def test_kafka_is_the_version_that_the_embedded_node_runs() -> None:
    jars = tomllib.loads(text("ops/kafka/jgo.toml"))

    assert SERVICES["kafka"]["image"].split(":")[1] in str(jars)


def test_kafka_keeps_its_data_and_makes_no_stream_by_itself() -> None:
    kafka = environment(SERVICES["kafka"])

    assert kafka["KAFKA_LOG_DIRS"] == "/var/lib/kafka/data"
    assert kafka["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"


def test_the_demo_polls_the_local_news_site() -> None:
    command = SERVICES["news-site"]["command"]
    given = text("ops/compose/demo-feeds.yaml")

    assert given.split("\n", 1)[1] == feeds_yaml(f"http://news-site:{command[command.index('--port') + 1]}", speed=1)
    assert len(feeds(given, "demo-feeds.yaml")) == 7


@pytest.mark.parametrize("profile", ["demo", "ui"])
def test_docker_compose_accepts_it(profile: str, tmp_path: Path) -> None:
    shown = run_compose(tmp_path, GIVEN, "--profile", profile, "config", "--quiet")

    assert shown.returncode == 0, shown.stderr


@pytest.mark.parametrize("missing", GIVEN)
def test_docker_compose_refuses_to_go_without_a_password(missing: str, tmp_path: Path) -> None:
    shown = run_compose(tmp_path, {name: value for name, value in GIVEN.items() if name != missing}, "config", "--quiet")

    assert shown.returncode != 0 and f"set {missing}" in shown.stderr


def run_compose(folder: Path, given: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """With an empty .env, so that a developer's own does not count."""
    client = client_command()
    if client is None:
        pytest.skip("neither docker-compose nor docker compose is installed")
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    (folder / "env").touch()
    command = [*client, "--env-file", str(folder / "env"), "-f", str(ROOT / "docker-compose.yml"), *words]
    return subprocess.run(command, env=bare | given, capture_output=True, text=True, check=False)


def client_command() -> list[str] | None:
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    if shutil.which("docker") and subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode == 0:
        return ["docker", "compose"]
    return None
