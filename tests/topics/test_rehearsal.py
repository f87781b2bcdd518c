"""A topic over articles of the past: counted, compared with an edited version, and held against labels."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schemas.article import Article, Origin
from schemas.label import Label
from schemas.topic import Topic
from tests.topics import articles
from tests.topics.articles import topic
from topics.compounds import Compound, Compounds
from topics.rehearsal import Quality, Rehearsal, quality, rehearsal

NOON = datetime(2021, 10, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PLAIN = topic("x", x="[Nato]")
WIDER = topic("x", x="[Nato, Bündnis]")


def article(name: str, title: str, *, seen: datetime = NOON, language: str = "de", published: datetime | None = None) -> Article:
    plain = articles.article(title=title, language=language)
    return replace(plain, article_id=name, content_hash=name, url=f"http://a.test/{name}", first_seen_dt=seen, published_dt=published)


def label(name: str, relevant: bool) -> Label:
    return Label(topic_id="t", article_id=name, relevant=relevant, url=f"http://a.test/{name}", title=name, labelled_dt=NOON)


def run(
    found: Sequence[Article], of: Topic = PLAIN, edited: Topic | None = None, labelled: Sequence[tuple[Label, Article | None]] = ()
) -> Rehearsal:
    return rehearsal(found, of, edited, labelled=labelled, since=NOON - 30 * DAY, until=NOON + 30 * DAY)


NATO, ALLIANCE, SPORT = article("1", "Nato tagt"), article("2", "Bündnis tagt"), article("3", "Tor in Minute 90")


def test_articles_are_counted_by_day_and_days_without_any_stand_between() -> None:
    days = run([NATO, SPORT, article("4", "Nato tagt wieder", seen=NOON + 2 * DAY)]).days

    assert [(day.name, day.read, day.found) for day in days] == [("2021-10-22", 2, 1), ("2021-10-23", 0, 0), ("2021-10-24", 1, 1)]


def test_articles_are_counted_by_language_and_the_unknown_is_one() -> None:
    found = [NATO, article("5", "Nato meets", language="en-GB"), article("6", "Nato", language=""), SPORT]

    assert [(one.name, one.read, one.found) for one in run(found).languages] == [("de", 2, 1), ("en", 1, 1), ("unknown", 1, 1)]


def test_matches_come_in_the_order_of_their_time() -> None:
    later = article("9", "Nato tagt", seen=NOON + DAY)

    assert [match.article.article_id for _, match in run([later, NATO]).matches] == ["1", "9"]


def test_what_lies_outside_of_the_days_is_not_counted() -> None:
    assert run([article("old", "Nato", seen=NOON - 31 * DAY), article("new", "Nato", seen=NOON + 31 * DAY)]).days == ()


@pytest.mark.parametrize(("origin", "day"), [(Origin.LIVE, "2021-10-22"), (Origin.SEED, "2021-10-20")])
def test_what_was_old_news_when_its_feed_was_new_counts_when_it_was_published(origin: Origin, day: str) -> None:
    old = replace(article("1", "Nato", published=NOON - 2 * DAY), origin=origin)

    assert [one.name for one in run([old]).days] == [day]


def test_a_publication_that_lies_ahead_is_not_believed() -> None:
    ahead = replace(article("1", "Nato", published=NOON + DAY), origin=Origin.SEED)

    assert [one.name for one in run([ahead]).days] == ["2021-10-22"]


def test_an_edit_shows_what_it_gains_and_loses() -> None:
    forward, back = run([NATO, ALLIANCE, SPORT], PLAIN, WIDER), run([NATO, ALLIANCE, SPORT], WIDER, PLAIN)

    assert ([one.title for one in forward.gained], forward.lost) == (["Bündnis tagt"], ())
    assert (back.gained, [one.url for one in back.lost]) == ((), ["http://a.test/2"])


def test_an_edit_that_changes_no_verdict_gains_and_loses_nothing() -> None:
    same = run([NATO, ALLIANCE], PLAIN, replace(PLAIN, title="Another"))

    assert (same.gained, same.lost, len(same.edited_matches)) == ((), (), 1)


@pytest.mark.parametrize(
    ("of", "edited", "name", "relevant", "broken"),
    [
        (WIDER, PLAIN, "2", True, True),
        (WIDER, PLAIN, "2", False, False),
        (PLAIN, WIDER, "2", False, True),
        (PLAIN, WIDER, "2", True, False),
        (PLAIN, WIDER, "1", True, False),
        (PLAIN, WIDER, "3", True, False),
    ],
)
def test_an_edit_is_broken_where_it_loses_what_is_relevant_or_gains_what_is_not(
    of: Topic, edited: Topic, name: str, relevant: bool, broken: bool
) -> None:
    stored = {one.article_id: one for one in (NATO, ALLIANCE, SPORT)}

    (judged,) = run([], of, edited, [(label(name, relevant), stored[name])]).judged

    assert judged.is_broken is broken


def test_a_labelled_article_that_an_old_day_holds_is_lost_too() -> None:
    old = article("2", "Bündnis tagt", seen=NOON - 90 * DAY)

    assert [one.article_id for one in run([], WIDER, PLAIN, [(label("2", True), old)]).lost] == ["2"]


def test_a_label_without_its_article_is_told_apart() -> None:
    found = run([NATO], labelled=[(label("gone", True), None), (label("1", True), NATO)])

    assert [one.article_id for one in found.unstored] == ["gone"]
    assert [one.label.article_id for one in found.judged] == ["1"]


def test_precision_and_recall_come_from_labels() -> None:
    labelled = [(label("1", True), NATO), (label("2", True), ALLIANCE), (label("3", False), SPORT)]

    judged = run([], PLAIN, WIDER, labelled).judged

    assert quality(judged) == Quality(precision=1.0, recall=0.5)
    assert quality(judged, edited=True) == Quality(precision=1.0, recall=1.0)


def test_without_labels_there_is_no_precision_and_no_recall() -> None:
    assert quality(()) == Quality(precision=None, recall=None)


def compounds(of: Topic, *titles: str, language: str = "de") -> tuple[Compound, ...]:
    counting = Compounds(of)
    for title in titles:
        counting.see(article("1", title, language=language))
    return counting.found()


def test_a_compound_that_no_term_hits_is_listed_from_five_times_on() -> None:
    found = compounds(PLAIN, *["Die Natopartner tagen"] * 5, *["Ein Natomanöver"] * 4)

    assert found == (Compound(concept="x", term="Nato", word="Natopartner", count=5),)


def test_what_ends_in_a_listed_word_is_a_compound_and_what_has_it_inside_is_none() -> None:
    found = compounds(topic("x", x='["de: Nato", "de: Manöver"]'), *["Senatoren beim Seemanöver"] * 5)

    assert [one.word for one in found] == ["Seemanöver"]


def test_a_compound_that_a_star_hits_is_not_listed() -> None:
    assert compounds(topic("x", x='[Nato, "de: Nato*"]'), *["Natopartner"] * 9) == ()


def test_only_german_glues_and_only_german_terms_are_asked_for() -> None:
    assert compounds(PLAIN, *["Natopartners"] * 9, language="en") == ()
    assert compounds(topic("x", x='["en: Nato"]'), *["Natopartner"] * 9) == ()
