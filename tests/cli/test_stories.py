"""What became of one thing, and why: from the journal."""

from pathlib import Path

import pytest

from tests.cli.filled import COPY
from tests.cli.terminal import Terminal
from tests.town import FEED, NEWS, SPORT, Town, answer

RUNG = [("ring", "opened"), ("deliver", "delivered"), ("deliver", "delivered")]
WHOLE = [("poll", "seeded"), ("extract", "full_text"), ("track", "matched"), *RUNG]


def told(terminal: Terminal, subject: str) -> list[tuple[str, str]]:
    return [(row["stage"], row["reason"]) for row in terminal.run("explain", subject, "--json").rows]


def alert(terminal: Terminal) -> dict[str, object]:
    (found,) = terminal.run("alerts", "list", "--json").rows
    return found


def test_an_article_by_its_address(terminal: Terminal) -> None:
    assert told(terminal, NEWS[1]) == WHOLE


def test_the_same_by_its_id_and_by_its_entrys(terminal: Terminal) -> None:
    by_address = terminal.run("explain", NEWS[1], "--json").rows
    entry = next(row["key"] for row in by_address if row["stage"] == "extract")
    article = next(row["key"] for row in by_address if row["stage"] == "track")

    assert told(terminal, article) == told(terminal, entry) == WHOLE


@pytest.mark.parametrize("written", ["HTTP://ZEITUNG.test:80/1", "http://zeitung.test/1?utm_source=feed", "http://zeitung.test/1#top"])
def test_an_address_as_people_paste_it(terminal: Terminal, written: str) -> None:
    assert told(terminal, written) == WHOLE


def test_one_that_did_not_ring(terminal: Terminal) -> None:
    assert told(terminal, SPORT[1]) == [("poll", "seeded"), ("extract", "full_text"), ("track", "no_match")]


def test_one_that_was_held_back(terminal: Terminal) -> None:
    assert told(terminal, COPY[1])[-1] == ("ring", "duplicate")


def test_an_alert(terminal: Terminal) -> None:
    assert told(terminal, str(alert(terminal)["alert_id"])) == [*RUNG, ("ring", "duplicate")]


def test_a_feed_by_its_id_and_by_its_address(terminal: Terminal) -> None:
    assert told(terminal, "zeitung") == told(terminal, FEED) == [("poll", "empty_feed"), ("poll", "seeded"), ("poll", "found_entries")]


def test_how_an_article_stands_is_said_in_sentences(terminal: Terminal) -> None:
    said = terminal.run("explain", NEWS[1]).err

    assert said.splitlines() == [
        f"{NEWS[0]}: shown by feed zeitung, first seen 22 Oct 12:20Z, live",
        "its page was read: 60 words in de",
    ]


def test_why_there_is_only_a_summary_is_said_with_its_next_try(tmp_path: Path) -> None:
    town = Town(folder=tmp_path)
    town.site.pages[SPORT[1]] = answer(SPORT[1], status=503)
    town.prints(SPORT)
    town.run()

    said = Terminal(home=tmp_path).run("explain", SPORT[1]).err.splitlines()

    assert said[1] == "only what the feed told of it is used. Its server fails: HTTP 503"
    assert said[2].startswith("its page is asked again 22 Oct 12:0")


def test_a_page_that_robots_keep_us_from_says_so(tmp_path: Path) -> None:
    town = Town(folder=tmp_path)
    robots = "http://zeitung.test/robots.txt"
    town.site.pages[robots] = answer(robots, b"User-agent: *\nDisallow: /2")
    town.prints(SPORT)
    town.run()

    said = Terminal(home=tmp_path).run("explain", SPORT[1]).err

    assert "Its robots.txt keeps us from the page" in said


def test_how_a_feed_stands_is_said_in_sentences(terminal: Terminal) -> None:
    first, entries, following = terminal.run("explain", FEED).err.splitlines()

    assert first == "feed zeitung: ok. New entries found (since 22 Oct 12:40Z)"
    assert entries == "3 entries so far, the newest of 22 Oct 12:40Z; the last new one was met 22 Oct 12:40Z"
    assert following.startswith("next poll: 22 Oct 12:5")


def test_each_row_has_its_reason_in_words(terminal: Terminal) -> None:
    rows = terminal.run("explain", NEWS[1], "--json").rows

    assert [row["in_words"] for row in rows][:3] == ["Read for the first time", "Read in full", "A topic was found in it"]


def test_what_nobody_knows(terminal: Terminal) -> None:
    asked = terminal.run("explain", "http://nobody.test/1")

    assert (asked.code, asked.out) == (1, "")
    assert asked.err.startswith("the journal knows nothing of http://nobody.test/1")


def test_an_alert_is_listed_and_shown_with_its_evidence_and_its_deliveries(terminal: Terminal) -> None:
    listed, shown = terminal.run("alerts", "list").out, terminal.run("alerts", "show", str(alert(terminal)["alert_id"])[:8]).out

    assert NEWS[0] in listed
    for line in ("state\topened, revision 1", f"zeitung\t{NEWS[0]} {NEWS[1]}", "russia\tMoskau (title, character 9)"):
        assert line in shown.splitlines()
    assert "delivered: mail: alert revision 1" in shown


def test_what_was_held_back_stands_there_with_its_reason(terminal: Terminal) -> None:
    (held,) = terminal.run("alerts", "held", "--json").rows

    assert (held["topic"], held["reason"]) == ("nato-russia", "duplicate")
    assert COPY[1] in held["about"]
    assert str(alert(terminal)["alert_id"]) in held["detail"]
