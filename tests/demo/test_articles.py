"""The site's texts are whole, of real length and true to what each is expected to ring."""

from collections import Counter
from datetime import timedelta

import pytest

from demo.article import Article, Shape, articles
from demo.papers import FEEDS
from tests.demo.reading import NATO, RUSSIA

ARTICLES = articles()
each = pytest.mark.parametrize("article", ARTICLES, ids=lambda a: f"{a.language}-{a.slug}")


def whole(article: Article) -> str:
    return "\n".join([article.kicker, article.title, article.lead, article.text, *article.tags])


def named(slug: str) -> Article:
    return next(a for a in ARTICLES if a.slug == slug)


def test_there_are_articles_in_each_language() -> None:
    assert Counter(a.language for a in ARTICLES) == {"de": 7, "en": 6, "fr": 4, "ru": 4, "pl": 4, "uk": 3}


def test_the_event_is_told_in_each_language() -> None:
    assert {a.language for a in ARTICLES if a.topic == "nato-russia"} == {"de", "en", "fr", "ru", "uk", "pl"}


@each
def test_an_article_has_the_length_of_a_real_one(article: Article) -> None:
    assert 250 <= len(article.text.split()) <= 600
    assert len(article.body) >= 5


@each
def test_an_article_says_all_of_itself(article: Article) -> None:
    assert all((article.title, article.kicker, article.lead, article.author, article.section, article.tags))
    assert article.published.year == 2021 and article.published.utcoffset() is not None
    assert article.feed in {f.feed_id for f in FEEDS}


@each
def test_an_article_names_both_sides_exactly_where_it_should_ring(article: Article) -> None:
    text = whole(article)

    assert bool(NATO.search(text) and RUSSIA.search(text)) == (article.topic == "nato-russia")


def test_a_missing_page_can_ring_from_its_summary() -> None:
    missing = next(a for a in ARTICLES if a.shape is Shape.MISSING)

    assert missing.topic == "nato-russia"
    assert NATO.search(missing.title) and RUSSIA.search(missing.lead)


def test_each_shape_of_page_occurs() -> None:
    assert {a.shape for a in ARTICLES} == set(Shape)


def test_the_seed_names_the_other_side_only_late() -> None:
    seed = named("nato-treffen")
    ahead = "\n".join([seed.kicker, seed.title, seed.lead, *seed.tags])

    assert NATO.search(ahead)
    assert not RUSSIA.search(ahead) and "Pesk" not in ahead and "Putin" not in ahead
    first = RUSSIA.search(seed.text)
    assert first and first.start() > 0.6 * len(seed.text)


def test_the_seed_tells_the_facts_of_that_day() -> None:
    seed = named("nato-treffen")

    assert seed.published.isoformat() == "2021-10-22T17:40:00+02:00"
    for name in ("Brüssel", "Stoltenberg", "Kramp-Karrenbauer", "Peskow", "Moskau", "Russland"):
        assert name in seed.text


def test_the_seed_comes_out_first() -> None:
    ringing = [a for a in ARTICLES if a.topic and a.release > timedelta(0)]

    assert ringing[0] is named("nato-treffen")
    assert ringing[0].release == timedelta(minutes=2.5)
    assert max(a.release for a in ARTICLES) <= timedelta(minutes=90)


@pytest.mark.parametrize(
    ("slug", "trap"),
    [
        ("krimi-kontor", "Senator"),
        ("krimi-kontor", "Krimi"),
        ("eishockey-schule", "Russisches Eishockey"),
        ("eishockey-schule", "Senators"),
        ("russian-salad", "Russian salad"),
        ("spelling-alphabet", "Nato phonetic alphabet"),
        ("otan-innovation", "OTAN"),
        ("konkurs-chopinowski", "natomiast"),
        ("czechy-po-wyborach", "senatorowie"),
        ("vaktsynatsiia", "натовп"),
        ("gaspreise", "Moskau"),
        ("cop26-preparations", "Kremlin"),
    ],
)
def test_an_unrelated_article_holds_its_trap(slug: str, trap: str) -> None:
    article = named(slug)

    assert trap in whole(article)
    assert article.topic is None


def test_half_of_the_site_is_about_something_else() -> None:
    assert sum(a.topic is None for a in ARTICLES) >= len(ARTICLES) / 2
