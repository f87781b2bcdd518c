"""Every command explains itself, and gives its data to programs too."""

from pathlib import Path

import pytest

from tests.cli.commands import commands
from tests.cli.terminal import Terminal

COMMANDS = commands()
WITHOUT_DATA = {("up",)}  # it starts what works, and has nothing to give
NOUNS = sorted({words[0] for words in COMMANDS if len(words) > 1})

ASKED = """
demo; up; run; init; hosts list; hosts show;
feeds add; feeds list; feeds check; feeds import; feeds export; topics list; topics lint; topics why; topics match;
topics forms; topics import; topics schema; alerts list;
alerts show; alerts held; tail articles; tail alerts; streams plan; streams apply; streams check; kafka start; kafka stop; kafka status;
kafka logs; quarantine list; quarantine show; quarantine replay; explain; store upgrade; pause; resume; work; doctor; status; config show
"""


def test_every_command_that_was_asked_for_is_there() -> None:
    assert {tuple(line.split()) for line in ASKED.split(";")} <= COMMANDS.keys()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_it_explains_itself(tmp_path: Path, words: tuple[str, ...]) -> None:
    shown = Terminal(home=tmp_path).run(*words, "--help")

    assert (shown.code, shown.err) == (0, "")
    assert f"Usage: tocsin {' '.join(words)} " in shown.out
    assert len(COMMANDS[words].help or "") > 20
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [words for words in COMMANDS if words not in WITHOUT_DATA], ids=" ".join)
def test_it_has_json(words: tuple[str, ...]) -> None:
    assert "--json" in {option for parameter in COMMANDS[words].params for option in parameter.opts}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_alone_lists_its_verbs(tmp_path: Path, noun: str) -> None:
    shown = Terminal(home=tmp_path).run(noun)

    assert all(f"  {words[1]} " in shown.out + shown.err for words in COMMANDS if words[0] == noun)


def test_a_misspelt_verb_gets_the_near_one(tmp_path: Path) -> None:
    refused = Terminal(home=tmp_path).run("feeds", "lst")

    assert (refused.code, refused.out) == (2, "")
    assert "list" in refused.err


def test_the_version_is_one_line(tmp_path: Path) -> None:
    shown = Terminal(home=tmp_path).run("--version")

    assert shown.code == 0
    assert shown.out.startswith("tocsin ")
    assert len(shown.out.splitlines()) == 1
