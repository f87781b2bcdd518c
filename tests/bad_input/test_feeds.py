"""Every feed that cannot be read has a named reason, which its state, the journal and the command line show; no other feed waits for it."""

import sqlite3
from datetime import timedelta
from typing import Any

import pytest

from schemas.reasons import Reason
from tests.bad_input.street import HEADLINE, QUARTER, Street, told
from tests.town import NOON

FOUND = {
    "closed": (Reason.CONNECT_FAILED, "does not take connections"),
    "nowhere": (Reason.DNS_FAILED, "there is no host nothing.invalid"),
    "missing": (Reason.NOT_FOUND, "404"),
    "gone": (Reason.GONE, "410"),
    "busy": (Reason.RATE_LIMITED, "429"),
    "locked": (Reason.FORBIDDEN, "401"),
    "forbidden": (Reason.FORBIDDEN, "403"),
    "down": (Reason.SERVER_ERROR, "500"),
    "site": (Reason.NOT_A_FEED, "HTML page"),
    "cut": (Reason.BROKEN_FEED, "no element found"),
    "blank": (Reason.NOT_A_FEED, "the answer is empty"),
    "empty": (Reason.EMPTY_FEED, "it has no items"),
    "huge": (Reason.TOO_LARGE, "larger than 10485760 bytes"),
    "bomb": (Reason.TOO_LARGE, "larger than 10485760 bytes"),
    "entities": (Reason.UNSAFE_FEED, "declares entities"),
    "loop": (Reason.TOO_MANY_REDIRECTS, "more than 5 redirects"),
    "inward": (Reason.REFUSED_ADDRESS, "127.0.0.1 (loopback)"),
    "private": (Reason.REFUSED_ADDRESS, "10.0.0.1 (a private network)"),
    "silent": (Reason.BAD_ANSWER, "the server hung up"),
}
ODD = ("empty",)  # not broken: it is polled at its usual pace
each = pytest.mark.parametrize("feed", FOUND)


@pytest.fixture(scope="module")
def listed(walked: Street) -> dict[str, dict[str, Any]]:
    """As `tocsin feeds list --json` of a process of its own has them."""
    process = walked.terminal.start("feeds", "list", "--json", "--failing")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    return {row["feed"]: row for row in walked.terminal.run("feeds", "list", "--json").rows} | {"--failing": {"out": out}}


@each
def test_its_state_names_the_reason(walked: Street, feed: str) -> None:
    reason, words = FOUND[feed]

    state = walked.state(feed)

    assert state.reason is reason
    assert words in (state.detail or "")
    assert state.reason_since_dt == NOON


@each
def test_the_journal_names_the_reason(walked: Street, feed: str) -> None:
    reason, words = FOUND[feed]

    first, *_ = [note for note in walked.notes(feed) if note.stage == "poll"]

    assert first.reason == reason
    assert words in first.detail


@each
def test_feeds_list_shows_the_reason(listed: dict[str, dict[str, Any]], feed: str) -> None:
    reason, words = FOUND[feed]

    assert listed[feed]["reason"] == reason
    assert words in listed[feed]["detail"]


@each
def test_explain_tells_it_by_the_feeds_address(walked: Street, listed: dict[str, dict[str, Any]], feed: str) -> None:
    told = walked.terminal.run("explain", listed[feed]["url"], "--json").rows

    assert FOUND[feed][0] in [row["reason"] for row in told]


def test_failing_shows_those_that_fail_and_no_other(listed: dict[str, dict[str, Any]]) -> None:
    shown = {line.split('"')[3] for line in listed["--failing"]["out"].splitlines()}

    assert shown == FOUND.keys() - {*ODD}


def test_the_good_feeds_went_on_in_the_same_cycle(walked: Street) -> None:
    good = ("gazette", "pages", "kyrillisch", "last")

    assert [walked.notes(feed)[0].reason for feed in good] == [Reason.SEEDED] * 4
    assert HEADLINE in told(walked)
    assert {note.dt for note in walked.read(lambda tx: tx.journal.latest("deliver", [Reason.DELIVERED], 9))} == {NOON}


def test_nothing_was_tried_again_before_its_time(walked: Street) -> None:
    """A failing feed is asked half as often, one never reached soon, one that asked for two hours gets them, one gone is left alone."""
    visits = {name: len({note.seq for note in walked.notes(name) if note.stage == "poll"}) for name in FOUND}

    assert visits == {name: 2 if name in (*ODD, "closed", "nowhere") else 1 for name in FOUND}
    assert walked.state("missing").due_dt == NOON + 2 * QUARTER
    assert walked.state("busy").due_dt == NOON + timedelta(hours=2)
    assert walked.state("gone").due_dt is None


def test_what_leads_inside_was_not_asked_again_from_there(walked: Street) -> None:
    assert [asked.path for asked in walked.sites["inward"].asked] == ["/feed.xml"]


def test_each_failure_is_a_record_for_whoever_watches(walked: Street) -> None:
    told = {record.key for record in walked.broker.all("news.feed_health.v1")}

    assert told == FOUND.keys() - {*ODD}


def test_the_database_is_whole(walked: Street) -> None:
    with sqlite3.connect(walked.home / "state" / "tocsin.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()
