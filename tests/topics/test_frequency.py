"""Word frequencies are asked of a process of their own, for lint."""

import subprocess
import sys

import pytest

from connectors.frequency import frequencies
from schemas.errors import Unreachable


def test_frequent_words_and_rare_ones_are_told_apart() -> None:
    found = frequencies({("die", "de"), ("fin", "fr"), ("nato", "it"), ("natopartner", "de")})

    assert found[("die", "de")] > 7
    assert found[("fin", "fr")] > 5
    assert found[("nato", "it")] == 5
    assert found[("natopartner", "de")] == 0


def test_a_star_is_all_that_it_stands_for() -> None:
    stars = frequencies({("krieg*", "de"), ("*krieg", "de"), ("*krieg*", "de"), ("krieg", "de")})

    assert stars[("krieg", "de")] < stars[("krieg*", "de")] < stars[("*krieg*", "de")]
    assert stars[("krieg", "de")] < stars[("*krieg", "de")]


@pytest.mark.parametrize("language", ["zh", "ja", "xx"])
def test_a_language_without_a_list_that_we_can_read_has_rare_words_only(language: str) -> None:
    assert frequencies({("戦争", language)}) == {("戦争", language): 0.0}


def test_nothing_asked_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")

    assert frequencies(set()) == {}


def test_a_process_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")

    with pytest.raises(Unreachable, match="word frequencies"):
        frequencies({("die", "de")})


def test_whoever_asks_loads_no_word_list() -> None:
    ask = "import sys; from connectors.frequency import frequencies; frequencies({('die', 'de')}); print('wordfreq' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.strip() == "False"
