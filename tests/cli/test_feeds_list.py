"""How each feed fares, in one reason and plain words, and why that is so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from connectors.store import open_store
from schemas.feed import FeedState, Move
from schemas.reasons import Reason
from tests.cli.terminal import Terminal
from tests.town import NOON

URL = "https://{}.example/rss"
WELL = FeedState(feed_id="well", url=URL.format("well"), reason=Reason.NOT_MODIFIED, reason_since_dt=NOON, polled_dt=NOON, entries=40)
SICK = replace(
    WELL, feed_id="sick", url=URL.format("sick"), reason=Reason.NOT_FOUND, detail="it answered 404", failures=3, slower=8, due_dt=NOON
)
QUIET = replace(
    WELL,
    feed_id="quiet",
    url=URL.format("quiet"),
    silent=Reason.SILENT,
    silence="no new entry for 2 d; on weekdays one usually comes within 1 h",
    silent_since_dt=NOON,
)
LEAKY = replace(
    WELL,
    feed_id="leaky",
    url=URL.format("leaky"),
    address="https://new.example/rss",
    gaps=3,
    gap_dt=NOON + timedelta(hours=1),
    halvings=2,
    distrusted=True,
)
SENT_ON = replace(WELL, feed_id="sent-on", url=URL.format("sent"), move=Move(to="https://else.example/", times=2, since_dt=NOON))


@pytest.fixture
def five(empty: Terminal) -> Terminal:
    """Feeds as many polls have left them, and a sixth that was never polled."""
    states = (WELL, SICK, QUIET, LEAKY, SENT_ON)
    rows = "".join(f"  {state.feed_id}: {{url: '{state.url}'}}\n" for state in states)
    empty.write("feeds.yaml", f"feeds:\n{rows}  fresh: {{url: 'https://fresh.example/rss'}}\n")
    store = open_store(f"sqlite:///{empty.home}/state/tocsin.db")
    for state in states:
        store.write_now(lambda tx, state=state: tx.feeds.save(state))  # type: ignore[misc]
    store.close()
    return empty


def listed(terminal: Terminal, *options: str) -> dict[str, tuple[str, str]]:
    return {row["feed"]: (row["health"], row["in_words"]) for row in terminal.run("feeds", "list", *options, "--json").rows}


def test_every_feed_has_one_reason_in_plain_words(five: Terminal) -> None:
    assert listed(five) == {
        "well": ("ok", "Not modified since"),
        "sick": ("failing", "There is nothing at this address: it answered 404"),
        "quiet": (
            "suspect",
            f"It answers, but nothing new has come for far longer than usual: {QUIET.silence}",
        ),
        "leaky": ("ok", "Not modified since"),
        "sent-on": ("ok", "Not modified since"),
        "fresh": ("unknown", "Not polled yet"),
    }


def test_those_that_fail_and_those_that_are_silent_are_asked_for_each_by_itself(five: Terminal) -> None:
    assert set(listed(five, "--failing")) == {"sick"}
    assert set(listed(five, "--silent")) == {"quiet"}
    assert set(listed(five, "--failing", "--silent")) == {"sick", "quiet"}


def test_where_none_is_silent_that_is_said(terminal: Terminal) -> None:
    ended = terminal.run("feeds", "list", "--silent")

    assert (ended.code, ended.out, ended.err) == (0, "", "no feed of 1 is silent\n")


def test_gaps_are_listed(five: Terminal) -> None:
    assert {row["feed"]: row["gaps"] for row in five.run("feeds", "list", "--json").rows}["leaky"] == 3


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("sick", "3 failures in a row: the pause is 8 times the usual one"),
        ("quiet", "feed quiet: suspect. It answers, but nothing new has come for far longer than usual: no new entry for 2 d"),
        ("leaky", "3 polls showed no entry of the one before, the last on 22 Oct 13:00Z: some may have come and gone between"),
        ("leaky", "it is asked 4 times as often for it"),
        ("leaky", f"it has moved for good from {LEAKY.url} to https://new.example/rss, and is asked there"),
        ("https://new.example/rss", "so it is asked for the whole feed each time"),
        (SENT_ON.url, "its server sends us to https://else.example/: 2 times in a row since 22 Oct 12:00Z"),
        ("well", "it is not polled again"),
    ],
)
def test_a_feed_is_explained_by_its_id_and_by_each_of_its_addresses(five: Terminal, subject: str, said: str) -> None:
    ended = five.run("explain", subject)

    assert (ended.code, ended.out) == (0, "")
    assert said in ended.err
