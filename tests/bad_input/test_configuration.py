"""A mistake in the configuration is named with file, line, column and a fix, and ends a command with 3; what runs goes on as it was."""

import asyncio
from pathlib import Path

import pytest

from schemas.reasons import Reason
from tests.bad_input.street import HEADLINE, Street, article, paper, street, told
from tests.cli.terminal import Terminal
from tests.town import BODY, FEEDS, ROUTES, TOPIC

NATO = "topics/nato-russia.yaml"
HOOK = "{kind: webhook, url: 'https://desk.example/', secret: {env: DESK_SECRET}}"
TEXTS = {"feeds.yaml": FEEDS, "routes.yaml": ROUTES, NATO: TOPIC}
MAIL, CHAT = "mail: {kind: file,", "{kind: file, path: chat.jsonl}"

# of each mistake: its file, what is right there and what is wrong, the place, the problem, the fix
MISTAKES = {
    "a YAML error": (NATO, "title: NATO", "title: [NATO", "5:13", "expected ',' or ']'", "brackets here"),
    "a tab": (NATO, "    match:", "\tmatch:", "8:1", "a tab stands where YAML wants spaces", "Indent with spaces"),
    "an unknown key of a topic": (NATO, "match:", "mach:", "8:5", "there is no key 'mach'", "Did you mean match?"),
    "a bad match": (NATO, "nato and", "nato and and", "8:21", "a concept is missing after 'and'", "Write the name of a concept"),
    "a match without its concept": (NATO, "and russia", "and rusia", "8:21", "there is no concept 'rusia'", "Did you mean russia?"),
    "a route to no channel": ("routes.yaml", "chat]", "chatt]", "6:36", "there is no channel 'chatt'", "Did you mean chat?"),
    "a route of no topic": ("routes.yaml", ": all", ": [nato-rusia]", "6:15", "there is no topic 'nato-rusia'", "nato-russia?"),
    "an unknown kind": ("routes.yaml", MAIL, "mail: {kind: fil,", "3:16", "there is no kind of channel 'fil'", "Did you mean file?"),
    "a variable that is not set": ("routes.yaml", CHAT, HOOK, "4:3", "DESK_SECRET is not set", "DESK_SECRET_FILE"),
    "an unknown key of a feed": ("feeds.yaml", "every", "evry", "1:56", "there is no key 'evry'", "Did you mean every?"),
    "an address that is none": ("feeds.yaml", "http://", "htp://", "1:24", "no http or https address", "https://example.org"),
}
each = pytest.mark.parametrize("mistake", MISTAKES)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    found = Terminal(home=tmp_path)
    for path, text in TEXTS.items():
        found.write(path, text)
    return found


def write(terminal: Terminal, mistake: str) -> None:
    path, right, wrong, *_ = MISTAKES[mistake]
    assert right in TEXTS[path]
    terminal.write(path, TEXTS[path].replace(right, wrong))


def test_what_is_right_is_counted(terminal: Terminal) -> None:
    checked = terminal.run("config", "check", "--json")

    assert (checked.code, checked.rows) == (0, [{"feeds": 1, "topics": 1, "channels": 2, "routes": 1}])


@each
def test_the_place_the_problem_and_a_fix_are_named(terminal: Terminal, mistake: str) -> None:
    path, *_, place, problem, fix = MISTAKES[mistake]
    write(terminal, mistake)

    ended = terminal.run("config", "check")

    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith(f"tocsin: {terminal.config / path}:{place}: ")
    assert problem in ended.err
    assert fix in ended.err
    assert len(ended.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("mistake", "command"),
    [
        ("a YAML error", "topics lint"),
        ("an unknown key of a topic", "topics list"),
        ("a bad match", "topics why nato-russia --text Nato"),
        ("an unknown key of a feed", "feeds list"),
        ("an unknown key of a feed", "feeds export"),
        ("an address that is none", "feeds check --all"),
    ],
)
def test_the_command_that_reads_the_file_says_the_same(terminal: Terminal, mistake: str, command: str) -> None:
    write(terminal, mistake)

    assert terminal.run(*command.split()) == terminal.run("config", "check")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TOCSIN_HOEM", "/tmp", "TOCSIN_HOEM: there is no such setting. Did you mean TOCSIN_HOME?"),
        ("TOCSIN_WORKERS", "two", "TOCSIN_WORKERS: 'two' is not a whole number."),
        ("TOCSIN_SPEED", "0", "TOCSIN_SPEED: 0.0 is not above 0."),
        ("KAFKA_SASL_PASSWORD_FILE", "/nowhere", "KAFKA_SASL_PASSWORD_FILE: cannot read /nowhere: No such file or directory."),
    ],
)
def test_a_wrong_variable_is_named_by_every_command(tmp_path: Path, name: str, value: str, words: str) -> None:
    terminal = Terminal(home=tmp_path, more={name: value})

    for command in ("status", "topics list", "run --once", "doctor"):
        ended = terminal.run(*command.split())
        assert (ended.code, ended.out) == (3, "")
        assert ended.err.startswith(f"tocsin: {words}")


def test_without_a_configuration_the_way_to_one_is_told(tmp_path: Path) -> None:
    terminal = Terminal(home=tmp_path)

    assert "tocsin init" in terminal.run("feeds", "list").err
    assert "tocsin init" in terminal.run("topics", "list").err
    assert terminal.run("config", "check").err.endswith("there is no such file. Write a configuration to begin with: tocsin init\n")


async def broken_while_it_runs(home: Path) -> Street:
    pages = {"/1": (HEADLINE, article(HEADLINE, BODY))}
    async with street(home, {"gazette": lambda asked: paper(pages)(asked)}) as found:
        pages.clear()
        await found.cycle()
        found.terminal.write(NATO, TOPIC.replace("nato and", "nato and and"))
        pages["/1"] = (HEADLINE, article(HEADLINE, BODY))
        found.clock.now = found.state("gazette").due_dt or found.clock.now
        await found.cycle()
        await found.cycle()
        return found


def test_what_runs_goes_on_as_it_was_and_says_so_once(tmp_path: Path) -> None:
    found = asyncio.run(broken_while_it_runs(tmp_path))

    notices = found.read(lambda tx: tx.journal.latest("house", [Reason.CONFIG_REFUSED], 9))
    assert [note.key for note in notices] == [NATO]
    assert "nato-russia.yaml:8:21: a concept is missing after 'and'" in notices[0].detail
    assert [message.delivery.alert.topic_id for message in found.mail.sent] == ["system", "nato-russia"]
    assert HEADLINE in told(found)

    doctor = found.terminal.run("doctor", "--json").rows
    assert ("configuration", "fail") in {(row["subject"], row["health"]) for row in doctor}
