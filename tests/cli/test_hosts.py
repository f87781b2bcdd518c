"""What was asked of a host, what it allows and when it may be asked again, in plain words and for programs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from connectors.store import Tx, open_store
from schemas.host import HostState, Robots
from schemas.work import Job
from tests.cli.terminal import Terminal

NOW = datetime.now(UTC)  # noqa: TID251  (the command has the real clock)
HOUR = timedelta(hours=1)
STATE = HostState(
    host="paper.test", first_dt=NOW - 30 * HOUR, last_dt=NOW - HOUR, requests=40, bytes=1_234_567, not_modified=30, rate_limited=1, failed=2
)
RULES = Robots(text="User-agent: *\nDisallow: /private", fetched_dt=NOW - 3 * HOUR)


def known(terminal: Terminal, state: HostState, *jobs: Job, rests: timedelta | None = None) -> None:
    def write(tx: Tx) -> None:
        tx.hosts.save(state)
        tx.jobs.put_all(jobs)
        if rests:
            tx.lanes.lease("host/paper.test", "one", (), NOW, NOW)
            tx.lanes.move("host/paper.test", "one", None, NOW + rests)

    store = open_store(f"sqlite:///{terminal.home}/state/tocsin.db")
    store.write_now(write)
    store.close()


def told(terminal: Terminal, host: str = "paper.test") -> dict[str, str]:
    ended = terminal.run("hosts", "show", host)
    assert ended.code == 0, ended.err
    return dict(line.split("\t") for line in ended.out.splitlines())


def test_a_host_is_shown_in_plain_words(terminal: Terminal) -> None:
    known(terminal, replace(STATE, robots=RULES))

    shown = told(terminal)

    assert shown["asked"].startswith("40 times since ")
    assert shown["received"] == "1,234,567 bytes over the wire"
    assert shown["unchanged"] == "75% of the answers said that nothing had changed (304)"
    assert shown["too often"] == "1 answer said that we ask too often (429)"
    assert shown["failed"] == "2 requests had no answer, or none of use"
    assert shown["robots.txt"] == "lets us in, by its rules; read 3 hours ago"
    assert (shown["next visit"], shown["waiting"]) == ("it may be asked now", "nothing")


def test_it_is_found_by_any_address_on_it_however_that_is_spelt(terminal: Terminal) -> None:
    known(terminal, STATE)

    assert told(terminal, "https://PAPER.test:443/news/1?utm_source=x")["host"] == "paper.test"


def test_a_host_that_asked_to_be_left_alone_says_until_when(terminal: Terminal) -> None:
    known(terminal, replace(STATE, free_dt=NOW + HOUR), rests=HOUR)

    assert told(terminal)["next visit"] == f"not before {NOW + HOUR:%Y-%m-%d %H:%M:%S}Z: it asked to be left alone so long"


def test_a_host_that_rests_between_two_visits_says_that_this_is_its_pace(terminal: Terminal) -> None:
    known(terminal, STATE, rests=HOUR)

    assert told(terminal)["next visit"].endswith("Z: its pace")


def test_what_waits_is_told_by_kind_with_the_first_that_is_due(terminal: Terminal) -> None:
    jobs = [
        Job(stage=stage, key=key, lane="host/paper.test", due_dt=NOW + HOUR, kind="Entry", value=b"{}")
        for stage, key in (("poll", "a"), ("extract", "b"), ("extract", "c"))
    ]
    known(terminal, STATE, *jobs)

    due = f"{NOW + HOUR:%Y-%m-%d %H:%M:%S}Z"
    assert sorted(told(terminal)["waiting"].split("; ")) == [f"1 poll of a feed, the first due {due}", f"2 pages, the first due {due}"]


def test_robots_txt_is_told_in_every_state(terminal: Terminal) -> None:
    cases = {
        "not asked yet": None,
        "it has none, so every page may be asked": Robots(fetched_dt=NOW),
        "could not be had, so no page is asked for now: it answered 503": Robots(fetched_dt=NOW, problem="it answered 503"),
        "keeps us from its pages": replace(RULES, closed=True),
        "lets us in, by its rules; it asks for 20 s between two visits": replace(RULES, delay_s=20),
    }
    for words, robots in cases.items():
        known(terminal, replace(STATE, robots=robots))

        assert told(terminal)["robots.txt"].startswith(words)


def test_programs_get_the_same_in_fields(terminal: Terminal) -> None:
    waits = Job(stage="extract", key="b", lane="host/paper.test", due_dt=NOW + HOUR, kind="Entry", value=b"{}")
    known(terminal, replace(STATE, robots=RULES, free_dt=NOW + HOUR), waits)

    (row,) = terminal.run("hosts", "show", "paper.test", "--json").rows

    assert (row["requests"], row["bytes"], row["not_modified_share"], row["crawl_delay_s"]) == (40, 1_234_567, 0.75, 0)
    assert row["next"] and row["robots_read"]
    assert row["waiting"]["extract"]["jobs"] == 1


def test_every_host_is_listed(terminal: Terminal) -> None:
    known(terminal, STATE)

    rows = terminal.run("hosts", "list", "--json").rows

    assert {"paper.test", "zeitung.test"} <= {row["host"] for row in rows}


def test_the_day_that_has_passed_stands_in_the_ledger(terminal: Terminal) -> None:
    (row,) = terminal.run("hosts", "show", "zeitung.test", "--json").rows

    assert row["requests"] >= 6  # polls, robots.txt and three pages
    assert row["robots"].startswith("it has none")


def test_a_host_that_was_never_asked_is_told_with_what_to_do(terminal: Terminal) -> None:
    ended = terminal.run("hosts", "show", "nobody.test")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "nobody.test has never been asked. tocsin hosts list names those that have; a port is part of the name\n"


def test_a_host_that_waits_to_be_asked_says_so(terminal: Terminal) -> None:
    known(terminal, STATE, Job(stage="poll", key="n", lane="host/new.test", due_dt=NOW, kind="DueFeed", value=b"{}"))

    ended = terminal.run("hosts", "show", "new.test")

    assert ended.code == 1
    assert ended.err.startswith("new.test has not been asked yet; 1 poll of a feed, the first due ")


def test_what_can_be_no_host_is_refused(terminal: Terminal) -> None:
    ended = terminal.run("hosts", "show", "[")

    assert ended.code == 2
    assert "no host and no address" in ended.err
