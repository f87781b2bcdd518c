"""The site's pages are like those of real papers: what is around a text does not get into it, and each odd shape is what it says."""

import pytest
import trafilatura

from demo.article import Shape, articles
from demo.news_site import Site
from demo.printed import Printed
from tests.demo.reading import BASE, NATO, RUSSIA, Clock

ARTICLES = articles()
CLOCK = Clock()
SITE = Site(ARTICLES, CLOCK)
CLOCK.now = SITE.complete_dt
PRINTS = SITE.released()


def html(printed: Printed) -> bytes:
    document = SITE.page(printed.path, BASE)
    assert document
    return document.body


def text(printed: Printed) -> str:
    return str(trafilatura.extract(html(printed), url=BASE + printed.path, include_comments=False) or "")


def shaped(shape: Shape) -> Printed:
    return next(p for p in PRINTS if p.article.shape is shape)


@pytest.mark.parametrize("printed", [p for p in PRINTS if p.article.shape is Shape.NORMAL], ids=lambda p: p.path)
def test_a_normal_page_gives_its_text(printed: Printed) -> None:
    wanted = printed.article.text.split()

    found = set(text(printed).split())

    assert sum(word in found for word in wanted) >= 0.8 * len(wanted)


@pytest.mark.parametrize("printed", [p for p in PRINTS if p.article.shape is not Shape.MISSING], ids=lambda p: p.path)
def test_the_margins_of_a_page_do_not_ring(printed: Printed) -> None:
    found = "\n".join([printed.article.title, printed.article.lead, text(printed)])

    assert bool(NATO.search(found) and RUSSIA.search(found)) == (printed.article.topic == "nato-russia")


def test_the_seed_is_as_hard_as_a_page() -> None:
    body = text(next(p for p in PRINTS if p.article.slug == "nato-treffen"))

    first = RUSSIA.search(body)

    assert first and first.start() > 0.6 * len(body)


def test_an_undated_page_tells_no_year() -> None:
    printed = shaped(Shape.UNDATED)

    assert b"datePublished" not in html(printed) and b"published_time" not in html(printed)
    assert printed.published.strftime("%d/%m/%Y").encode() not in html(printed)


def test_a_page_with_a_stand_tells_its_date_to_readers_alone() -> None:
    printed = shaped(Shape.STAND)

    assert b"ld+json" not in html(printed) and b"og:" not in html(printed)
    assert printed.local_dt.strftime("Stand: %d.%m.%Y %H:%M Uhr") in html(printed).decode()


def test_the_cyrillic_page_is_not_unicode() -> None:
    printed = shaped(Shape.CP1251)

    assert printed.article.title in html(printed).decode("windows-1251")
    assert "Песков" in text(printed)


def test_a_paywall_leaves_one_paragraph() -> None:
    printed = shaped(Shape.PAYWALL)
    page = html(printed).decode()

    assert printed.article.body[0].text in page and printed.article.body[1].text not in page
    assert '"isAccessibleForFree": false' in page


def test_a_consent_wall_has_nothing_of_the_article() -> None:
    printed = shaped(Shape.CONSENT)

    assert "Ваша приватність" in html(printed).decode()
    assert printed.article.lead not in html(printed).decode()
