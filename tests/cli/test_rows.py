"""With --json each row is one object with the same keys as ever; data alone is on standard output, words for people on the other."""

from datetime import datetime, timedelta

import pytest

from tests.cli.terminal import Terminal

# the keys are an interface: add to them, and neither rename nor remove
KEYS = {
    "alerts held": "dt topic reason detail about",
    "config check": "feeds topics channels routes",
    "config show": "variable value from",
    "doctor": "health subject says",
    "explain http://zeitung.test/1": "dt stage reason detail key about in_words",
    "feeds export": "feed url every_s source",
    "feeds list": "feed reason since failures next detail url health in_words gaps",
    "init": "path written",
    "pause": "stage paused",
    "resume deliver": "stage paused",
    "status": "stage state jobs last_hour",
    "store upgrade": "before now",
    "topics lint": "topic subject problem fix",
    "topics list": "topic title severity languages concepts terms",
    "topics forms nato-russia": "concept term language forms marks",
    "topics why nato-russia --text Nato-Russland": (
        "topic_id matched reason detail score threshold points headline_only evidence near_misses"
    ),
}
ALERT = {"alert_id", "revision", "topic_id", "group_id", "state", "origin", "title", "opened_dt", "changed_dt", "article_count", "articles"}


@pytest.mark.parametrize("command", KEYS)
def test_each_row_has_its_keys(terminal: Terminal, command: str) -> None:
    rows = terminal.run(*command.split(), "--json").rows

    assert rows
    assert {tuple(row) for row in rows} == {tuple(KEYS[command].split())}


def test_an_alert_is_the_record_itself(terminal: Terminal) -> None:
    (listed,) = terminal.run("alerts", "list", "--json").rows
    (shown,) = terminal.run("alerts", "show", listed["alert_id"][:6], "--json").rows

    assert listed.keys() >= ALERT
    assert shown == listed | {"deliveries": shown["deliveries"]}
    assert sorted((row["reason"], row["detail"]) for row in shown["deliveries"]) == [
        ("delivered", "chat: alert revision 1"),
        ("delivered", "mail: alert revision 1"),
    ]


@pytest.mark.parametrize("command", ["feeds list --failing", "alerts list", "alerts held", "topics list", "feeds list"])
def test_nothing_is_nothing_on_stdout_and_a_word_on_the_other(empty: Terminal, command: str) -> None:
    words, rows = empty.run(*command.split()), empty.run(*command.split(), "--json")

    assert (words.code, words.out, rows.code, rows.rows) == (0, "", 0, [])
    assert words.err


def test_instants_are_whole_and_in_utc(terminal: Terminal) -> None:
    (feed,) = terminal.run("feeds", "list", "--json").rows

    assert feed["since"] == "2021-10-22T12:40:00Z"
    assert datetime.fromisoformat(feed["next"]).utcoffset() == timedelta(0)


def test_a_pipe_gets_tabs_and_no_colour(terminal: Terminal) -> None:
    cells = terminal.run("feeds", "list").out.split("\t")

    assert (*cells[:4], *cells[5:]) == (
        "zeitung",
        "found_entries",
        "2021-10-22T12:40:00Z",
        "0",
        "",
        "http://zeitung.test/feed.xml",
        "ok",
        "New entries found",
        "0\n",
    )


def test_what_is_said_to_people_is_not_data(terminal: Terminal) -> None:
    ended = terminal.run("status")

    assert len(ended.out.splitlines()) == 5
    assert ended.err == "3 articles known, 0 records wait in the outbox\n"
