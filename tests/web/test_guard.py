"""Every route, walked: whom it answers, by which method, and what every answer carries."""

from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from schemas.errors import SettingsError
from schemas.settings import Settings
from tests.web.filled import NOON, empty
from tests.web.served import Client
from tocsin.web import app
from tocsin.web.guard import HEADERS, loopback

PATHS = (
    "/",
    "/alerts.json",
    "/feeds",
    "/feeds.json",
    "/held",
    "/held.json",
    "/status",
    "/status.json",
    "/healthz",
    "/metrics",
    "/static/tocsin.css",
    "/static/bell.svg",
)
OTHERS = ("/nothing", "/static/../guard.py", "/static/", "/docs", "/openapi.json")
each_path = pytest.mark.parametrize("path", (*PATHS, *OTHERS))


def test_the_walk_misses_no_route(tmp_path: Path) -> None:
    store = empty(tmp_path)
    routes = app(store, Settings(), lambda: NOON).routes
    store.close()

    assert {route.path for route in routes if isinstance(route, APIRoute)} == {path for path in PATHS if not path.startswith("/static")}
    assert len(routes) == len(PATHS) - 1  # and the folder of the two static files


@pytest.mark.parametrize("path", PATHS)
def test_it_answers_and_a_head_is_an_answer_without_its_body(web: Client, path: str) -> None:
    whole, head = web.ask(path), web.ask(path, "HEAD")

    assert whole.status == head.status == 200 and whole.text and head.text == ""
    assert head.headers["content-type"] == whole.headers["content-type"]


@each_path
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example:{port}", "evil.example:{port}", ""])
def test_asked_as_another_host_it_says_nothing(web: Client, path: str, host: str) -> None:
    answer = web.ask(path, host=host.format(port=web.port))

    assert answer.status in (421, 400)  # without any Host the HTTP parser is first to refuse
    assert "tocsin" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
def test_asked_by_a_name_of_this_machine_it_answers(web: Client, host: str) -> None:
    assert web.ask("/", host=host.format(port=web.port)).status == 200


@each_path
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_it_is_only_to_be_read(web: Client, path: str, method: str) -> None:
    answer = web.ask(path, method)

    assert answer.status == 405 and answer.headers["allow"] == "GET, HEAD"


@each_path
@pytest.mark.parametrize(("method", "host"), [("GET", None), ("POST", None), ("GET", "evil.example")])
def test_every_answer_carries_the_policy(web: Client, path: str, method: str, host: str | None) -> None:
    answer = web.ask(path, method, host)

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_lets_nothing_run_and_nothing_frame() -> None:
    rules = HEADERS["content-security-policy"].split("; ")

    assert rules[0] == "default-src 'self'" and {"script-src 'none'", "frame-ancestors 'none'"} <= set(rules)
    assert not any("unsafe" in rule or "*" in rule or "http" in rule for rule in rules)


@pytest.mark.parametrize("path", ["/static/../guard.py", "/static/%2e%2e/guard.py", "/static/..%2fguard.py", "/static//etc/passwd"])
def test_the_static_folder_ends_at_its_edge(web: Client, path: str) -> None:
    assert web.ask(path).status == 404


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "news.example", ""])
def test_it_listens_to_this_machine_alone(host: str) -> None:
    with pytest.raises(SettingsError, match="needs a token, which is not supported yet"):
        loopback(host)
