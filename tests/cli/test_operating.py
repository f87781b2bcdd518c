"""Pausing, the doctor, the settings and the database."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from connectors.store.revision import HEAD
from tests.bad_input.street import HEADLINE, always, article, paper, street, told
from tests.cli.terminal import Terminal
from tests.fetch.site import http
from tests.town import BODY


def states(terminal: Terminal) -> dict[str, str]:
    return {row["stage"]: row["state"] for row in terminal.run("status", "--json").rows}


def test_a_paused_stage_shows_and_is_resumed(terminal: Terminal) -> None:
    terminal.run("pause", "deliver")
    assert states(terminal) == {"poll": "open", "extract": "open", "track": "open", "ring": "open", "deliver": "paused"}

    assert terminal.run("pause").err == "all stages paused\n"
    assert set(states(terminal).values()) == {"paused"}

    terminal.run("resume")
    assert set(states(terminal).values()) == {"open"}


async def paused_then_resumed(home: Path) -> tuple[list[str], list[str]]:
    async with street(home, {"gazette": paper({"/1": (HEADLINE, article(HEADLINE, BODY))})}) as found:
        found.terminal.run("pause", "deliver")
        await found.cycle()
        before = told(found)
        found.terminal.run("resume", "deliver")
        await found.cycle()
        return before, told(found)


def test_what_waits_at_a_paused_stage_is_kept(tmp_path: Path) -> None:
    assert asyncio.run(paused_then_resumed(tmp_path)) == ([], [HEADLINE])


def findings(terminal: Terminal) -> dict[str, tuple[str, str]]:
    return {row["subject"]: (row["health"], row["says"]) for row in terminal.run("doctor", "--json").rows}


def test_the_doctor_finds_kafka_down_and_nothing_else(terminal: Terminal) -> None:
    found = findings(terminal)

    assert [subject for subject, (health, _) in found.items() if health != "ok"] == ["streams"]
    assert "it does not answer" in found["streams"][1]


async def with_a_dead_feed(home: Path) -> Terminal:
    async with street(home, {"dead": always(http(status="404 Not Found")), "gazette": paper({})}) as found:
        await found.cycle()
        return found.terminal


def test_the_doctor_names_what_was_broken_on_purpose(tmp_path: Path) -> None:
    """A dead feed, a channel without its secret, a database of another release: each alone."""
    terminal = asyncio.run(with_a_dead_feed(tmp_path))
    routes = (terminal.config / "routes.yaml").read_text()
    terminal.write("routes.yaml", routes.replace("{kind: file, path: mail.jsonl}", "{kind: apprise, url: {env: DESK_URL}}"))

    found = findings(terminal)

    assert found["feeds"] == ("warn", "1 of 2 fail: dead (not_found). See: tocsin feeds list --failing")
    assert found["configuration"][0] == "fail"
    assert "DESK_URL is not set" in found["configuration"][1]


def another_release(terminal: Terminal) -> None:
    with sqlite3.connect(terminal.home / "state" / "tocsin.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()


def test_a_database_of_another_release_is_named_and_left_alone(terminal: Terminal) -> None:
    another_release(terminal)

    refused = terminal.run("status")

    assert (refused.code, refused.out) == (3, "")
    assert refused.err == f"tocsin: the database has schema 9999, this release needs {HEAD}. Run: tocsin store upgrade\n"
    assert findings(terminal)["database"][0] == "fail"


def test_the_database_is_made_where_there_is_none_and_then_as_it_should_be(empty: Terminal) -> None:
    assert empty.run("store", "upgrade", "--json").rows == [{"before": None, "now": HEAD}]
    assert empty.run("store", "upgrade", "--json").rows == [{"before": HEAD, "now": HEAD}]


SECRETS = {
    "TOCSIN_DATABASE_URL": "postgresql+psycopg://me:swordfish@db.test/tocsin",
    "KAFKA_SASL_PASSWORD": "swordfish",
    "TOCSIN_WEB_PORT": "9999",
    "KAFKA_SASL_USERNAME": "me",
}


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["words", "json"])
def test_config_show_masks_secrets(empty: Terminal, form: tuple[str, ...]) -> None:
    shown = Terminal(home=empty.home, more=SECRETS).run("config", "show", *form)

    assert shown.code == 0
    assert "swordfish" not in shown.out + shown.err
    assert "***" in shown.out


def test_config_show_says_where_a_value_came_from(empty: Terminal, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("swordfish\n")
    given = {"TOCSIN_WEB_PORT": "9999", "KAFKA_SASL_PASSWORD_FILE": str(tmp_path / "password")}

    rows = {row["variable"]: row for row in Terminal(home=empty.home, more=given).run("config", "show", "--json").rows}

    assert rows["TOCSIN_WEB_PORT"] == {"variable": "TOCSIN_WEB_PORT", "value": 9999, "from": "environment"}
    assert rows["KAFKA_SASL_PASSWORD"] == {"variable": "KAFKA_SASL_PASSWORD", "value": "***", "from": "file"}
    assert rows["TOCSIN_SPEED"]["from"] == "default"
