"""Why a topic matches a text or a stored article, and why not."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.town import BODY, NEWS, SPORT, SPORT_BODY

SCORED = """
topics:
  gas:
    title: Gas
    concepts: {gas: ["de: Lieferstopp"], market: ["en: market", "de: Markt"], sport: [Tor]}
    match: gas and market
    unless: [sport]
    score: {title: 3, body: 1, threshold: 4}
    sources: [zeitung]
"""


def test_a_match_is_told_by_the_words_that_ring_it(terminal: Terminal) -> None:
    told = terminal.run("topics", "why", "nato-russia", "--text", "НАТО-Treffen: Antwort aus Moskau")

    assert told.code == 0
    assert told.out.splitlines() == ["nato\tНАТО\tНАТО\ttitle\t0\t\t", "russia\tMoskau\tMoskau\ttitle\t26\t\t"]
    assert told.err == "headline only: there is no body to read\nmatches\n"


def test_a_sum_is_told_against_its_threshold(terminal: Terminal) -> None:
    terminal.write("topics/gas.yaml", SCORED)

    enough = terminal.run("topics", "why", "gas", "--text", "Lieferstopp\n\nDie Märkte schliessen")
    little = terminal.run("topics", "why", "gas", "--text", "Heute\n\nLieferstopp: die Märkte schliessen")

    assert enough.err == "matches: gas 3 + market 1 = 4, threshold 4\n"
    assert (little.code, little.err) == (1, "below threshold: gas 1 + market 1 = 2, below the threshold 4\n")


def test_what_is_missing_is_told_in_words(terminal: Terminal) -> None:
    told = terminal.run("topics", "why", "nato-russia", "--text", f"Ein spätes Tor\n\n{SPORT_BODY}")

    assert (told.code, told.out) == (1, "")
    assert told.err == "nothing of it is found\nno match: nato is not found, russia is not found\n"


def test_a_veto_is_told_with_its_word(terminal: Terminal) -> None:
    terminal.write("topics/gas.yaml", SCORED)

    told = terminal.run("topics", "why", "gas", "--text", "Lieferstopp: ein Tor am Markt\n\nMehr")

    assert (told.code, told.err) == (1, "excluded: vetoed by sport: Tor\n")


def test_a_near_miss_is_told_with_what_is_wrong_with_it(terminal: Terminal) -> None:
    terminal.write("topics/gas.yaml", SCORED)

    told = terminal.run("topics", "why", "gas", "--text", "Ein Lieferstopp am Markt\n\nMehr", "--language", "en")

    assert told.code == 1
    assert "gas\tde: Lieferstopp\tLieferstopp\ttitle\t4\t\tlisted for another language; the article is in en" in told.out.splitlines()


def test_json_is_one_object_with_all_of_it(terminal: Terminal) -> None:
    terminal.write("topics/gas.yaml", SCORED)

    (yes,) = terminal.run("topics", "why", "gas", "--json", "--text", "Lieferstopp\n\nDie Märkte").rows
    (no,) = terminal.run("topics", "why", "gas", "--json", "--text", "Die Märkte").rows

    assert (yes["matched"], yes["reason"], yes["points"], yes["threshold"]) == (True, "matched", {"gas": 3, "market": 1}, 4)
    assert [(one["form"], one["start"], one["end"], one["weight"]) for one in yes["evidence"]] == [
        ("Lieferstopp", 0, 11, 3),
        ("Märkte", 4, 10, 1),
    ]
    assert (no["matched"], no["reason"], no["detail"]) == (False, "no_match", "gas is not found")
    assert yes.keys() == no.keys()


@pytest.mark.parametrize(("text", "code"), [(f"Treffen\n\n{BODY}", 0), (SPORT_BODY, 1)])
def test_a_text_comes_by_the_pipe_too(terminal: Terminal, text: str, code: int) -> None:
    process = terminal.start("topics", "why", "nato-russia")

    process.communicate(text, timeout=30)

    assert process.returncode == code


def test_a_stored_article_is_named_by_its_address(terminal: Terminal) -> None:
    yes, no = (terminal.run("topics", "why", address, "nato-russia") for address in (NEWS[1], SPORT[1]))

    assert (yes.code, no.code) == (0, 1)
    assert yes.out.startswith("nato\tNato\tNato\ttitle\t0")


def test_a_stored_article_is_named_by_its_id(terminal: Terminal) -> None:
    (alert,) = terminal.run("alerts", "list", "--json").rows

    assert terminal.run("topics", "why", alert["articles"][0]["article_id"], "nato-russia").code == 0


def test_a_draft_is_asked_about_a_stored_article(terminal: Terminal, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(SCORED.replace("gas and market", "sport").replace("[sport]", "[gas]").replace("threshold: 4", "threshold: 3"))

    assert terminal.run("topics", "why", SPORT[1], "gas", "--topics", str(draft)).code == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["nato", "--text", "x"], "there is no topic nato; there are: nato-russia"),
        (["ffff", "nato-russia", "--text", "x"], "a topic and --text"),
        (["ffff", "nato-russia", "--language", "de"], "--language is for a text"),
        (["nato-russia", "--text", "x", "--language", "german"], "two small letters"),
    ],
)
def test_what_cannot_be_asked_says_so(terminal: Terminal, typed: list[str], words: str) -> None:
    refused = terminal.run("topics", "why", *typed)

    assert (refused.code, refused.out) == (2, "")
    assert words in " ".join(refused.err.split())


@pytest.mark.parametrize("subject", ["http://nowhere.test/", "ffff"])
def test_an_article_that_is_not_stored_is_no(terminal: Terminal, subject: str) -> None:
    refused = terminal.run("topics", "why", subject, "nato-russia")

    assert (refused.code, refused.out) == (1, "")
    assert f"no article is stored as {subject}" in " ".join(refused.err.split())
