"""What people say of articles is kept, shown and forgotten from the command line."""

import pytest

from tests.cli.terminal import Terminal

NEWS, SPORT = "http://zeitung.test/1", "http://zeitung.test/2"


def test_an_article_is_labelled_by_its_address_or_its_id(terminal: Terminal) -> None:
    (first,) = terminal.run("labels", "add", "nato-russia", NEWS, "yes", "--json").rows
    again = terminal.run("labels", "add", "nato-russia", first["article"], "no")

    assert (first["topic"], first["relevant"], first["url"]) == ("nato-russia", "yes", NEWS)
    assert again.err == "nato-russia should not ring for: Nato und Moskau: neue Spannungen\n"
    assert [(row["article"], row["relevant"]) for row in terminal.run("labels", "list", "--json").rows] == [(first["article"], "no")]


def test_the_tracker_in_an_address_is_no_part_of_it(terminal: Terminal) -> None:
    assert terminal.run("labels", "add", "nato-russia", f"{NEWS}?utm_source=mail", "yes").code == 0


def test_labels_are_listed_by_topic(terminal: Terminal) -> None:
    for address, answer in ((SPORT, "no"), (NEWS, "yes")):
        terminal.run("labels", "add", "nato-russia", address, answer)

    assert [row["url"] for row in terminal.run("labels", "list", "nato-russia", "--json").rows] == [SPORT, NEWS]
    assert terminal.run("labels", "list", "another").err == "no labels yet: tocsin labels add\n"


@pytest.mark.parametrize("by", ["url", "article"])
def test_a_label_is_forgotten(terminal: Terminal, by: str) -> None:
    (said,) = terminal.run("labels", "add", "nato-russia", NEWS, "yes", "--json").rows

    removed = terminal.run("labels", "remove", "nato-russia", said[by])
    again = terminal.run("labels", "remove", "nato-russia", said[by])

    assert (removed.code, removed.err) == (0, "removed\n")
    assert (again.code, again.err) == (1, f"topic nato-russia has no label for {said[by]}\n")


def test_what_is_not_stored_cannot_be_labelled(terminal: Terminal) -> None:
    refused = terminal.run("labels", "add", "nato-russia", "http://zeitung.test/9", "yes")

    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("no article http://zeitung.test/9 is stored")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [(("nato", NEWS, "yes"), "there is no topic nato; there are: nato-russia"), (("nato-russia", NEWS, "maybe"), "maybe")],
)
def test_a_topic_or_an_answer_that_is_none_is_a_mistake_of_usage(terminal: Terminal, arguments: tuple[str, ...], problem: str) -> None:
    refused = terminal.run("labels", "add", *arguments)

    assert (refused.code, refused.out) == (2, "")
    assert problem in refused.err
