"""The shipped topics: what an analyst relies on, and where the first of them rings."""

import pytest

from demo.article import Article as DemoArticle
from demo.article import articles
from schemas.match import Field
from tests.topics.articles import LANGUAGES, article
from tests.topics.parallel import rings, shipped
from topics.match import matcher

FILLER = "Die Minister berieten über Geld, Technik und die Lehren aus dem letzten Einsatz. "
ELSEWHERE = "Russland baut in Sibirien eine Straße. Im Streit um die Kosten gibt der Gouverneur nach. " + FILLER * 5
TOPICS = (
    "baltic-sea-incidents",
    "company-boeing",
    "energy-sanctions",
    "gpr-acts",
    "gpr-threats",
    "nato-russia",
    "nuclear-threats",
    "product-recalls",
    "strikes",
)
IN_NINE = tuple(topic for topic in TOPICS if not topic.startswith("gpr"))


def test_they_load_and_so_pass_their_own_tests() -> None:
    assert tuple(sorted(shipped())) == TOPICS


@pytest.mark.parametrize("topic", TOPICS)
def test_each_shows_what_should_ring_and_what_should_not(topic: str) -> None:
    least = 20 if topic == "nato-russia" else 8

    assert len(shipped()[topic].hits) >= least
    assert len(shipped()[topic].misses) >= least


@pytest.mark.parametrize("topic", IN_NINE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_tried_in_nine_languages(topic: str, language: str) -> None:
    assert language in {sample.language for sample in shipped()[topic].hits}


@pytest.mark.parametrize("seen", articles(), ids=lambda seen: seen.slug)
def test_of_the_demo_the_first_rings_for_what_is_about_it(seen: DemoArticle) -> None:
    assert rings("nato-russia", seen.title, seen.language, seen.lead, seen.text) == (seen.topic == "nato-russia")


def test_it_rings_where_russia_is_named_only_late_in_the_body() -> None:
    body = FILLER * 30 + "Scharf fiel die Antwort aus dem Kreml aus.\n\n" + FILLER * 10
    seen = article(title="Nato-Treffen: Neuer Plan", lead="Die NATO tagt in Brüssel.", body=body, language="de", confidence=0.99)

    (match,) = matcher((shipped()["nato-russia"],)).matches(seen)

    (kreml,) = (hit for hit in match.evidence if hit.concept == "russia")
    assert (kreml.form, kreml.field) == ("Kreml", Field.BODY)
    assert kreml.start > len(body) * 0.6


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
def test_it_rings_in_each_language(language: str, title: str) -> None:
    assert rings("nato-russia", title, language)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Senator besucht Moskau"),
        ("de", "Eishockey: Nato-Auswahl verliert gegen Russland"),
        ("en", "Learn the Nato alphabet in a week"),
        ("it", "Il regista, nato a Mosca, torna in Russia"),
        ("it", "Nato a Mosca nel 1970, il generale russo parla della guerra"),
        ("es", "Un líder nato que vivió en Rusia"),
        ("pl", "Muzeum w Moskwie otwarte"),
        ("uk", "Динамо грає у Москві"),
    ],
)
def test_it_stays_silent_for_what_only_looks_alike(language: str, title: str) -> None:
    assert not rings("nato-russia", title, language)


def test_it_stays_silent_where_both_are_named_apart() -> None:
    body = "Die Nato eröffnet einen Kindergarten. " + FILLER * 5 + "\n\n" + ELSEWHERE

    assert not rings("nato-russia", "Der Tag in Kürze", "de", FILLER, body)


def test_it_stays_silent_for_one_sentence_deep_in_a_text_about_something_else() -> None:
    aside = "Sein Großvater sprach oft über die Spannungen zwischen der Nato und Russland."

    assert not rings("nato-russia", "Ein Geigenbauer hört auf", "de", FILLER, FILLER * 10 + aside)


@pytest.mark.parametrize(
    ("topic", "title"),
    [
        ("gpr-threats", "Fears of war"),
        ("gpr-threats", "Boycott disrupts peace talks"),
        ("gpr-threats", "Warheads and a long blockade"),
        ("gpr-threats", "H-bomb and the next crisis"),
        ("gpr-threats", "Guerrilla menace"),
        ("gpr-acts", "War was declared"),
        ("gpr-acts", "Insurgents are advancing"),
        ("gpr-acts", "Terrorists hijack a plane"),
    ],
)
def test_each_category_of_the_geopolitical_risk_index_rings(topic: str, title: str) -> None:
    assert rings(topic, title, "en")


@pytest.mark.parametrize(
    "title", ["War far beyond the threats", "A warm arm and a ban", "Nuclear power and its dangers", "Threatened wards"]
)
def test_what_the_index_does_not_count_is_silent(title: str) -> None:
    assert not rings("gpr-threats", title, "en")


def test_the_excluded_words_of_the_index_veto_the_whole_article() -> None:
    assert rings("gpr-acts", "How the war began", "en", body="The old men were silent.")
    assert not rings("gpr-acts", "How the war began", "en", body="The old men saw a movie.")
