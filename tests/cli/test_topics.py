"""A topic is tried before it rings anyone."""

import pytest

from tests.cli.terminal import Terminal
from tests.town import BODY, SPORT_BODY, TOPIC

TESTED = TOPIC + "    tests:\n      hits: [Nato und Moskau]\n      misses: [Ein spätes Tor]\n"


def test_yes_with_the_words_that_ring_it(terminal: Terminal) -> None:
    tried = terminal.run("topics", "test", "nato-russia", "--text", "НАТО-Treffen: Antwort aus Moskau", "--json")

    assert tried.code == 0
    assert [(row["concept"], row["form"], row["field"], row["character"]) for row in tried.rows] == [
        ("nato", "НАТО", "title", 0),
        ("russia", "Moskau", "title", 26),
    ]


def test_no(terminal: Terminal) -> None:
    tried = terminal.run("topics", "test", "nato-russia", "--text", f"Ein spätes Tor\n{SPORT_BODY}")

    assert (tried.code, tried.out, tried.err) == (1, "", "no match\n")


@pytest.mark.parametrize(("text", "code"), [(f"Treffen\n{BODY}", 0), (SPORT_BODY, 1)])
def test_a_text_comes_by_the_pipe_too(terminal: Terminal, text: str, code: int) -> None:
    process = terminal.start("topics", "test", "nato-russia")

    process.communicate(text, timeout=30)

    assert process.returncode == code


def test_an_unknown_topic_is_told_with_those_that_are_known(terminal: Terminal) -> None:
    refused = terminal.run("topics", "test", "nato", "--text", "x")

    assert refused.code == 2
    assert "there is no topic nato; there are: nato-russia" in refused.err


def test_lint_remarks_and_is_silent_where_nothing_is(terminal: Terminal) -> None:
    remarked = terminal.run("topics", "lint")
    terminal.write("topics/nato-russia.yaml", TESTED)
    good = terminal.run("topics", "lint")

    assert remarked.code == 1
    assert "there is none" in remarked.out
    assert (good.code, good.out, good.err) == (0, "", "nothing to remark\n")


def test_a_test_of_its_own_that_fails_does_not_load(terminal: Terminal) -> None:
    terminal.write("topics/nato-russia.yaml", TESTED.replace("[Nato und Moskau]", "[Nato und Wien]"))

    refused = terminal.run("topics", "lint")

    assert refused.code == 3
    assert "topics/nato-russia.yaml:11:14: topic 'nato-russia': this test should hit and does not" in refused.err
