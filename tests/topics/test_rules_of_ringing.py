"""The rules of matching, each as written in a topic file: when a topic rings, of countries, days, scores, revisions and live blogs."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from schemas.article import Article, ArticleKind, Block, BlockKind
from schemas.match import Match
from schemas.topic import Topic
from tests.topics.articles import article, inflect, topic
from topics.explain import explanation
from topics.match import matcher
from topics.verdict import Outcome


def found(of: Topic, seen: Article) -> Match | None:
    return next(iter(matcher((of,)).matches(seen)), None)


def forms(of: Topic, title: str = "", body: str = "", lead: str = "", language: str | None = None) -> list[str]:
    match = found(of, article(title=title, lead=lead, body=body, language=language))
    return [hit.form for hit in match.evidence] if match else []


def outcome(of: Topic, seen: Article) -> Outcome:
    return explanation(of, seen).outcome


# 10: unless


def test_unless_vetoes_the_whole_article_and_is_told_as_excluded_with_its_term() -> None:
    told = explanation(topic(x="[Nato]", unless="[{any: [Eishockey]}]"), article(title="Nato", body="Eishockey"))

    assert told.outcome is Outcome.EXCLUDED
    assert "Eishockey" in told.reason


def test_unless_with_a_field_vetoes_by_that_field() -> None:
    of = topic(x="[Nato]", unless="[{field: title, any: [Eishockey]}]")

    assert outcome(of, article(title="Nato", body="Eishockey")) is Outcome.MATCHED
    assert outcome(of, article(title="Nato, Eishockey")) is Outcome.EXCLUDED


# 11: when it rings


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Nato und Kreml", "", Outcome.MATCHED),
        ("Nato", "Kreml", Outcome.MATCHED),
        ("", "Nato, Kreml", Outcome.BELOW_THRESHOLD),
        ("", "Nato, Nato, Nato, Nato, Kreml", Outcome.BELOW_THRESHOLD),
        ("Nato", "", Outcome.NO_MATCH),
        ("Nato und Kreml", "Eishockey", Outcome.EXCLUDED),
    ],
)
def test_it_rings_when_match_holds_nothing_vetoes_and_the_score_reaches_the_threshold(title: str, body: str, expected: Outcome) -> None:
    of = topic(match="x and y", x="[Nato]", y="[Kreml]", unless="[{any: [Eishockey]}]", more="score: {title: 3, body: 1, threshold: 4}")

    assert outcome(of, article(title=title, body=body)) is expected


def test_without_a_score_block_there_is_no_threshold() -> None:
    match = found(topic(x="[Nato]"), article(body="Nato"))

    assert match
    assert (match.score, match.threshold) == (None, None)


def test_the_sum_runs_over_the_concepts_that_speak_for_match() -> None:
    of = topic(match="x and not y", x="[Nato]", y="[Tor]", z="[Kreml]", more="score: {title: 3, body: 1, threshold: 3}")

    match = found(of, article(title="Nato, Kreml"))

    assert match
    assert match.score == 3


# 12: countries


@pytest.mark.parametrize(
    ("text", "hit"),
    [("Russlands Antwort", True), ("die russische Antwort", True), ("die Russen", True), ("Moskau antwortet", False), ("der Kreml", False)],
)
def test_a_country_is_its_names_adjective_and_people(text: str, hit: bool) -> None:
    assert bool(forms(topic(x="[{country: RU}]", inflect=inflect), text, language="de")) == hit


def test_a_country_is_its_capital_where_that_part_is_asked_for() -> None:
    assert forms(topic(x="[{country: RU, parts: [name, capital]}]", inflect=inflect), "Moskaus Antwort", language="de")


@pytest.mark.parametrize(
    ("title", "body", "first"),
    [
        ("Turkey votes", "", "Turkey"),
        ("How to roast a turkey", "", None),
        ("HOW TO ROAST A TURKEY", "", None),
        ("HOW TO ROAST A TURKEY", "A turkey needs three hours.", None),
        ("TURKEY VOTES", "Turkish voters went out.", "TURKEY"),
        ("TURKEY VOTES: TURKISH PARTIES WAIT", "", "TURKEY"),
    ],
)
def test_a_country_that_is_a_common_word_needs_its_capital_and_where_all_are_capitals_a_second_form(
    title: str, body: str, first: str | None
) -> None:
    hits = forms(topic(x="[{country: TR}]", inflect=inflect), title, body, language="en")

    assert (hits[0] if hits else None) == first


@pytest.mark.parametrize(("text", "hit"), [("America votes", True), ("South America votes", False), ("American Samoa", False)])
def test_a_country_does_not_hit_inside_a_longer_name_of_something_else(text: str, hit: bool) -> None:
    assert bool(forms(topic(x="[{country: US}]", inflect=inflect), text, language="en")) == hit


# 13: transliteration


def test_transliteration_is_never_automatic() -> None:
    assert not forms(topic(x='["ru: Россия", Россия]', inflect=inflect), "Rossiya")


# 14: no body


def test_without_a_body_the_same_rule_runs_and_the_match_says_headline_only() -> None:
    match = found(topic(match="x and y", x="[Nato]", y="[Kreml]"), article(title="Nato", lead="Kreml"))

    assert match
    assert match.headline_only


def test_with_a_body_a_match_does_not_say_headline_only() -> None:
    match = found(topic(x="[Nato]"), article(title="Nato", body="Text"))

    assert match
    assert match.headline_only is None


@pytest.mark.parametrize(("match", "rings"), [("x and body(y)", False), ("x and not body(y)", True)])
def test_a_missing_field_fails_what_asks_of_it_and_never_a_not(match: str, rings: bool) -> None:
    assert bool(found(topic(match=match, x="[Nato]", y="[Kreml]"), article(title="Nato, Kreml"))) == rings


# 15: days and weights


@pytest.mark.parametrize(("day", "hit"), [(1, True), (2, False)])
def test_a_dated_name_is_compared_with_the_day_of_publication(day: int, hit: bool) -> None:
    seen = replace(article(title="Stoltenberg"), published_dt=datetime(2024, 10, day, 12, tzinfo=UTC))

    assert bool(found(topic(x="[{term: Stoltenberg, until: 2024-10-01}]"), seen)) == hit


def test_without_a_day_of_publication_it_is_that_of_the_first_sight() -> None:
    assert not forms(topic(x="[{term: Stoltenberg, since: 2024-10-01}]"), "Stoltenberg")


def test_a_concept_weighs_one_unless_the_file_says_more() -> None:
    of = topic(match="x and y", x="[Nato]", y="[Kreml]", more="score: {title: 3, threshold: 1}\nweights: {x: 2}")

    match = found(of, article(title="Nato, Kreml"))

    assert match
    assert match.score == 9
    assert [hit.weight for hit in match.evidence] == [6, 3]


# 16: revisions (kept, gained and lost are the tracker's, which compares them; here: each is matched by itself)


def test_every_revision_is_matched_by_its_own_text() -> None:
    of, first = topic(x="[Nato]"), article(title="Nato")
    second = replace(first, revision=2, title="Kreml")

    assert (found(of, first) is not None, found(of, second) is not None) == (True, False)


# 17: articles of many things (what has been told already is the ring's; here: the block and its hash)


def live(body: str, *headings: str, title: str = "Liveblog", kind: ArticleKind = ArticleKind.LIVE_BLOG) -> Article:
    blocks = tuple(Block(start=body.index(heading), kind=BlockKind.H) for heading in headings)
    return replace(article(title=title, body=body), kind=kind, blocks=blocks)


@pytest.mark.parametrize("kind", [ArticleKind.LIVE_BLOG, ArticleKind.ROUNDUP])
@pytest.mark.parametrize(
    ("body", "headings", "rings"),
    [
        ("10 Uhr\n\nNato.\n\nKreml.\n\n11 Uhr\n\nWetter.", ("10 Uhr", "11 Uhr"), True),
        ("10 Uhr\n\nNato.\n\n11 Uhr\n\nKreml.", ("10 Uhr", "11 Uhr"), False),
        ("Nato.\n\nKreml.", (), False),
        ("Wetter.\n\nNato und Kreml.", (), True),
        ("Nato, Kreml.\n\n11 Uhr\n\nWetter", ("11 Uhr",), True),
    ],
)
def test_in_a_live_blog_or_a_roundup_match_must_hold_inside_one_block(
    kind: ArticleKind, body: str, headings: tuple[str, ...], rings: bool
) -> None:
    assert bool(found(topic(match="x and y", x="[Nato]", y="[Kreml]"), live(body, *headings, kind=kind))) == rings


def test_a_veto_in_another_block_vetoes_and_an_absence_in_one_block_does_not() -> None:
    body = "Nato und Kreml.\n\nEishockey."

    assert not found(topic(match="x and y", x="[Nato]", y="[Kreml]", unless="[{any: [Eishockey]}]"), live(body))
    assert found(topic(match="x and y", x="[Nato]", y="[Kreml]", z="[Eishockey]", unless="[not z]"), live(body))


def test_the_evidence_is_of_the_block_and_the_match_carries_its_hash() -> None:
    of = topic(match="x and y", x="[Nato]", y="[Kreml]")

    one = found(of, live("Die Nato rief.\n\nNato und Kreml."))
    other = found(of, live("Nato und Kreml.\n\nNeues vom Wetter. Nato."))
    changed = found(of, live("Nato und der Kreml."))

    assert one
    assert other
    assert changed
    assert [hit.start for hit in one.evidence] == [16, 25]
    assert one.block_hash != changed.block_hash
    assert other.block_hash


def test_a_block_keeps_its_hash_when_others_come_before_it() -> None:
    of = topic(match="x and y", x="[Nato]", y="[Kreml]")

    hashes = {match.block_hash for body in ("Nato und Kreml.", "Neues vom Wetter.\n\nNato und Kreml.") if (match := found(of, live(body)))}

    assert len(hashes) == 1


def test_an_article_of_one_thing_has_no_block() -> None:
    match = found(topic(x="[Nato]"), article(body="Nato.\n\nKreml."))

    assert match
    assert match.block_hash is None


def test_what_stands_in_the_lead_of_a_live_blog_and_in_a_block_counts_in_the_block() -> None:
    seen = replace(live("Die Nato tagt.\n\nDer Kreml.\n\n9 Uhr\n\nWetter.", "9 Uhr"), lead="Die Nato tagt.")

    assert found(topic(match="x and y", x="[Nato]", y="[Kreml]"), seen)
