"""Pages to what they hold."""

import json
from datetime import UTC, datetime

import pytest

from articles import extract
from schemas.article import BlockKind, DateSource, Page, Precision

URL = "https://www.news.example/politik/nato-treffen"
LANGUAGES = ("de", "en", "fr", "ru", "uk", "pl")
TITLE = "Verteidigungsminister beraten in Brüssel"
LEAD = "Die Allianz sucht nach einer gemeinsamen Antwort auf neue Bedrohungen im Osten Europas."
ONE = (
    "Die Verteidigungsminister des Bündnisses sind am Freitag zu ihrem zweiten Beratungstag zusammengekommen. "
    "Auf der Tagesordnung stehen die Abschreckung, die Ausrüstung der Streitkräfte und die Lage in Afghanistan."
)
TWO = (
    "Der Generalsekretär sagte, die Verbündeten hätten sich auf einen Plan zur Verteidigung geeinigt. "
    "Er werde in den kommenden Monaten ausgearbeitet und den Regierungen der Mitgliedstaaten vorgelegt."
)
LD = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": TITLE,
    "description": LEAD,
    "author": [{"@type": "Person", "name": "Von Anna Beispiel"}, {"name": "Ben Muster"}],
    "datePublished": "2021-10-22T17:40:00+02:00",
    "dateModified": "2021-10-22T18:05:00+02:00",
    "articleSection": "Ausland",
    "keywords": "NATO, Brüssel",
    "image": {"url": "/bild.jpg"},
}


def html(body: str, head: str = "", lang: str = "de") -> bytes:
    noise = '<nav><a href="/">Start</a> <a href="/sport">Sport</a></nav>'
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{noise}{body}</body></html>'.encode()


def article(inside: str, head: str = "", lang: str = "de") -> Page:
    found = extract.page(html(f"<main><article>{inside}</article></main><footer>Impressum</footer>", head, lang), URL, LANGUAGES)
    assert found
    return found


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def linked(**told: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({**LD, **told}, ensure_ascii=False)}</script>'


def test_a_page_is_read_whole() -> None:
    """Body, lead and everything that it says of itself."""
    inside = f'<h1>{TITLE}</h1><p class="lead">{LEAD}</p>{paragraphs(ONE, TWO)}'

    page = article(inside, linked() + '<link rel="canonical" href="/politik/nato-1">')

    assert (page.title, page.lead, page.language) == (TITLE, LEAD, "de")
    assert ONE in page.body_text and TWO in page.body_text and "Impressum" not in page.body_text
    assert page.authors == ("Anna Beispiel", "Ben Muster") and page.tags == ("NATO", "Brüssel") and page.section == "Ausland"
    assert page.published_dt == datetime(2021, 10, 22, 15, 40, tzinfo=UTC) and page.modified_dt == datetime(2021, 10, 22, 16, 5, tzinfo=UTC)
    assert (page.published_source, page.published_precision) == (DateSource.JSON_LD, Precision.MINUTE)
    assert page.canonical_url == "https://www.news.example/politik/nato-1" and page.image == "https://www.news.example/bild.jpg"
    assert page.language_confidence and page.language_confidence > 0.9
    assert page.extraction.tool == "trafilatura"


def test_paragraphs_end_with_an_empty_line_and_blocks_know_where_they_start() -> None:
    """Headings, list items and quotations are told apart; a line break stays inside its paragraph."""
    inside = paragraphs(ONE) + f"<h2>Neue Pläne</h2><p>{TWO}<br>Und mehr.</p><ul><li>Punkt eins der Liste</li><li>Punkt zwei</li></ul>"
    inside += f"<blockquote><p>{ONE[::-1]}</p></blockquote>"

    page = article(inside, f"<title>{TITLE}</title>")

    pieces = page.body_text.split("\n\n")
    starts = [page.body_text.index(piece) for piece in pieces]
    assert pieces[:3] == [ONE, "Neue Pläne", f"{TWO}\nUnd mehr."]
    assert [block.start for block in page.blocks] == starts
    kinds = [block.kind for block in page.blocks]
    assert kinds == [BlockKind.P, BlockKind.H, BlockKind.P, BlockKind.LI, BlockKind.LI, BlockKind.QUOTE]


def test_the_title_is_not_repeated_in_the_body() -> None:
    """trafilatura keeps it on every third page."""
    page = article(f"<h1>{TITLE} </h1>" + paragraphs(ONE, TWO), linked())

    assert page.body_text.startswith(ONE[:40])


@pytest.mark.parametrize("description", ["Elf Dinge, die niemand zeigt", "Die Verteidigungsminister des Bündnisses …", ""])
def test_a_description_that_the_page_does_not_show_is_no_lead(description: str) -> None:
    """Or shows only in part."""
    assert article(paragraphs(ONE, TWO), linked(description=description)).lead is None


@pytest.mark.parametrize(
    "stamp", ["Stand: 22.10.2021 17:40 Uhr", "Veröffentlicht am 22. Oktober 2021, 17.40 Uhr", "<b>Stand:</b> 22.10.2021 • 17:40"]
)
def test_a_german_stamp_is_read_to_the_minute_in_berlin(stamp: str) -> None:
    """Where the page tells machines nothing."""
    page = article(f"<h1>{TITLE}</h1><p>{stamp}</p>" + paragraphs(ONE, TWO))

    assert page.published_dt == datetime(2021, 10, 22, 15, 40, tzinfo=UTC)
    assert (page.published_source, page.published_precision) == (DateSource.PAGE, Precision.MINUTE)


def test_a_stamp_without_a_label_counts_on_the_known_day_alone() -> None:
    """Other dates on the page are of other things."""
    head = '<meta property="article:published_time" content="2021-10-22">'

    page = article("<p>19.10.2021, 08:00</p><p>22.10.2021, 17:40</p>" + paragraphs(ONE, TWO), head)

    assert page.published_dt == datetime(2021, 10, 22, 15, 40, tzinfo=UTC)


def test_a_bare_day_keeps_its_precision() -> None:
    """No midnight is invented."""
    page = article(paragraphs(ONE, TWO), '<meta property="article:published_time" content="2021-10-22">')

    assert (page.published_dt, page.published_precision) == (datetime(2021, 10, 22, tzinfo=UTC), Precision.DAY)


def test_open_graph_stands_in_for_json_ld() -> None:
    """And broken JSON-LD is passed over."""
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
        f'<meta property="og:title" content="{TITLE}"><meta name="author" content="Anna Beispiel">'
        '<meta property="article:published_time" content="2021-10-22T17:40:00+02:00">'
        '<meta property="article:tag" content="NATO"><meta property="article:tag" content="Brüssel">'
    )

    page = article(paragraphs(ONE, TWO), head)

    assert (page.title, page.authors, page.tags) == (TITLE, ("Anna Beispiel",), ("NATO", "Brüssel"))
    assert page.published_source is DateSource.META


@pytest.mark.parametrize(
    "canonical",
    [
        "https://elsewhere.example.net/a",
        "javascript:alert(1)",
        "https://www.news.example/",
        "/",
        "https://user:pw@www.news.example/a",
        "http://[bad",
    ],
)
def test_a_canonical_link_that_would_mislead_is_not_taken(canonical: str) -> None:
    """Another site, no web address, or the front page."""
    assert article(paragraphs(ONE, TWO), f'<link rel="canonical" href="{canonical}">').canonical_url is None


def test_a_canonical_link_of_the_same_domain_is_taken() -> None:
    """m. and www. are one site."""
    url = "https://m.news.example/a?id=5"

    assert article(paragraphs(ONE, TWO), f'<link rel="canonical" href="{url}">').canonical_url == url


@pytest.mark.parametrize("body", [b"", b"\x00\x01\x02", html(""), html("<p>Zu kurz.</p>"), b"%PDF-1.4 binary", b'{"json": true}'])
def test_a_page_without_text_is_none(body: bytes) -> None:
    """Not an article of nothing."""
    assert extract.page(body, URL, LANGUAGES) is None


def test_a_breaking_one_sentence_page_is_an_article() -> None:
    """25 letters are enough."""
    assert article("<h1>Eilmeldung</h1><p>Die Minister haben ihre Beratungen in Brüssel soeben abgebrochen.</p>").body_text


def test_a_long_body_is_cut_on_a_character() -> None:
    """At 256 KiB of UTF-8, with no block behind its end."""
    long = [f"Абзац {n}: министры обороны стран альянса обсудили в Брюсселе новую обстановку на востоке Европы." for n in range(2_500)]

    page = article(paragraphs(*long), lang="ru")

    assert page.body_truncated and 256 * 1024 - 4 < len(page.body_text.encode()) <= 256 * 1024
    assert page.blocks[-1].start < len(page.body_text) and page.language == "ru"


def test_unseen_characters_are_gone_everywhere() -> None:
    """Bidi overrides, soft hyphens, control characters."""
    page = article(paragraphs("Ver\xadtei\xaddigungs\u202eminister " + ONE, TWO), linked(headline="Ti\u202etel\x1b[0m"))

    assert page.body_text.startswith("Verteidigungsminister") and page.title == "Titel[0m"


def test_a_page_in_an_old_charset_is_read() -> None:
    """What it declares is believed, where its bytes are no UTF-8."""
    body = html(f"<article>{paragraphs(ONE, TWO)}</article>").replace(b"utf-8", b"iso-8859-1").decode().encode("latin-1")

    page = extract.page(body, URL, LANGUAGES)

    assert page and "Bündnisses" in page.body_text


def test_the_language_is_one_of_those_that_are_watched() -> None:
    """However many others there are."""
    page = extract.page(html(f"<article>{paragraphs(ONE, TWO)}</article>"), URL, ("en", "fr", "xx"))

    assert page and page.language in ("en", "fr")
