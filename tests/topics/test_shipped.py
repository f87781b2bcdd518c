"""The shipped topic: it rings for NATO and Russia in each language, wherever in the article they stand."""

import pytest

from connectors.files import read_text
from schemas.match import Field
from schemas.settings import Settings
from schemas.topic import Topic
from tests.topics.articles import article
from topics.catalog import topics
from topics.lint import lint
from topics.match import matcher

FILLER = "Die Minister berieten über Geld, Technik und die Lehren aus dem letzten Einsatz. "


@pytest.fixture
def shipped(pytestconfig: pytest.Config) -> Topic:
    (topic,) = topics(read_text(pytestconfig.rootpath / "config/topics/nato-russia.yaml"), "topics/nato-russia.yaml", {})
    return topic


def test_it_rings_where_russia_is_named_only_late_in_the_body(shipped: Topic) -> None:
    body = FILLER * 30 + "Scharf fiel die Antwort aus dem Kreml aus.\n\n" + FILLER * 10
    seen = article(title="Nato-Treffen: Neuer Plan", lead="Die NATO tagt in Brüssel.", body=body, language="de", confidence=0.99)

    (match,) = matcher((shipped,)).matches(seen)

    assert [(hit.concept, hit.form, hit.field) for hit in match.evidence] == [
        ("nato", "Nato", Field.TITLE),
        ("nato", "NATO", Field.LEAD),
        ("russia", "Kreml", Field.BODY),
    ]
    assert match.evidence[-1].start > len(body) * 0.6


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Nato antwortet auf russische Drohung"),
        ("de", "Natogipfel: Moskauer Botschafter reist ab"),
        ("en", "Kremlin dismisses NATO warning"),
        ("fr", "Moscou rompt avec l’OTAN"),
        ("es", "La OTAN acusa a Rusia"),
        ("it", "La Nato espelle otto diplomatici russi"),
        ("pl", "Kreml odpowiada Sojuszowi Północnoatlantyckiemu"),
        ("cs", "NATO varuje před ruskými jednotkami"),
        ("ru", "В Кремлём не согласованном заявлении НАТО"),
        ("ru", "Россия и НАТО"),
        ("uk", "Міністри НАТО про російську загрозу"),
    ],
)
def test_it_rings_in_each_language(shipped: Topic, language: str, title: str) -> None:
    assert matcher((shipped,)).matches(article(title=title, language=language, confidence=0.99))


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Senator besucht Moskau"),
        ("de", "Eishockey: Nato-Auswahl verliert gegen Russland"),
        ("en", "Learn the Nato alphabet in a week"),
        ("it", "Il regista, nato a Mosca, torna in Russia"),
        ("es", "Un líder nato que vivió en Rusia"),
        ("pl", "Muzeum w Moskwie otwarte"),
        ("uk", "Динамо грає у Москві"),
    ],
)
def test_it_stays_silent_for_what_only_looks_alike(shipped: Topic, language: str, title: str) -> None:
    assert not matcher((shipped,)).matches(article(title=title, language=language, confidence=0.99))


def test_lint_has_nothing_to_say_of_it(shipped: Topic) -> None:
    assert lint(shipped, Settings().languages) == ()
