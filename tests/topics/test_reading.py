"""An article as it is read: its sentences, fields, blocks and language."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import ArticleKind, Block, BlockKind
from schemas.match import Field
from tests.topics.articles import article
from topics.reading import Reading, blocks, reading

TEXTS = st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from("Nato NATO\n\u00ad\u0301\u0903ß- '’НАТО½ﬁ")))


def sentences(body: str) -> list[str]:
    read = Reading("", "", body, None)
    starts = range(read.place(Field.BODY, 0), len(read.folded.text))
    parts: dict[int, str] = {}
    for at in starts:
        parts[read.sentence(at)] = parts.get(read.sentence(at), "") + read.folded.text[at]
    return [stripped for part in parts.values() if (stripped := part.strip(" \u2029"))]


@pytest.mark.parametrize(
    "text",
    [
        "Am 22. Oktober tagt die Nato.",
        "Die 3. Runde beginnt.",
        "J. F. Kennedy war da.",
        "Dr. Meier und Prof. Schulz kamen.",
        "The U.S. President spoke.",
        "On Feb. 24 it began.",
        "Der Plan, z. B. Gas, steht.",
        "Sie zögerte... und ging.",
        "Why? he asked.",
        "В 2014 г. Москва ответила.",
        "На ул. Ленина тихо.",
        "Ok. small letters go on.",
        "Das kostet 3.5 Millionen.",
        "Siehe example.test im Netz.",
        "Shares of Acme Inc. Europe rose.",
        "Boeing Co. Chief Ortberg spoke.",
        "Acme Ltd. Managers of Acme Corp. Asia met.",
        "Martin Luther King Jr. Day is today.",
        "Mme. Dupont est là.",
        "Gas, Öl usw. Die Preise steigen.",
        "Gas, oil etc. Prices rise.",
        "Mówił ks. Jan.",
        "В 2014-2015 гг. Москва ответила.",
        "За 100 руб. Москва продаёт.",
        "See no. 5 and Art. 5 of it.",
        "Seit dem 24. Februar",
    ],
)
def test_a_stop_that_ends_no_sentence(text: str) -> None:
    assert len(sentences(text)) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Die Nato tagt. Der Kreml schweigt.", 2),
        ("„Es ist aus.“ Der Kreml schweigt.", 2),
        ("»Es ist aus.« Der Kreml schweigt.", 2),
        ("(So ist es.) Der Kreml schweigt.", 2),
        ("Wer? Der Kreml!", 2),
        ("Im Jahr 2014. Danach kam viel.", 2),
        ("He said no. Moscow agreed.", 2),
        ("Es begann in 24. Der Kreml schweigt.", 2),
        ("That is plan B. Moscow agreed.", 2),
        ("It is state of the art. Moscow agreed.", 2),
        ("The article is no. Article 5 is.", 2),
        ("Themen:\n- Die Nato\n- Der Kreml", 3),
        ("Themen\n• Die Nato\n  * Der Kreml", 3),
        ("Die Nato\u2028Der Kreml", 2),
        ("Der Vor-\nfall der Nato-\nStaaten", 1),
        ("Überschrift\n\nText", 2),
        ("Eine Zeile\nund noch eine", 1),
        ("北约峰会。俄罗斯回应。", 2),
        ("北约？俄罗斯！回应", 3),
        ("Ende。iPhone", 2),
        ("Так сказал Путин. Россия ответила…", 2),
    ],
)
def test_a_stop_that_ends_a_sentence(text: str, number: int) -> None:
    assert len(sentences(text)) == number


def test_the_sentence_of_a_place_is_the_whole_of_it() -> None:
    read = Reading("Titel", "", "Eins ist da. Zwei kommt. Drei", None)
    at = read.folded.text.index("zwei")

    assert read.folded.text[slice(*read.sentence_of(at))].strip() == "zwei kommt."


@pytest.mark.parametrize("body", ["!" * 100_000 + "x", ".)" * 50_000 + "x", "a." * 50_000, "." * 100_000, ". " * 50_000])
def test_no_text_has_sentences_that_take_long(body: str) -> None:
    before = time.process_time()

    Reading("", "", body, None).sentence(0)

    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    ("title", "lead", "body"), [("Nato", "Nato rät", "Nato tut"), ("", "Nato rät", "Nato tut"), ("", "", "Nato"), ("Nato", "", "Nato tut")]
)
def test_a_place_knows_its_field_whichever_are_empty(title: str, lead: str, body: str) -> None:
    read = Reading(title, lead, body, None)
    texts = {Field.TITLE: title, Field.LEAD: lead, Field.BODY: body}
    places = [at for at in range(len(read.folded.text)) if read.folded.text.startswith("nato", at)]

    fields = {read.field(at, at + 4) for at in places}

    assert fields == {field for field, text in texts.items() if text}
    assert all(read.span(field, at, at + 4) == (0, 4) for at in places if (field := read.field(at, at + 4)))


@given(TEXTS, TEXTS, TEXTS)
def test_every_character_has_its_place_in_its_field(title: str, lead: str, body: str) -> None:
    read = Reading(title, lead, body, None, told_once=False)

    for at, character in enumerate(read.folded.text):
        field = read.field(at, at + 1)
        assert field
        start, end = read.span(field, at, at + 1)
        assert 0 <= start <= end <= len(read.written(field))
        assert start < end or character in " \u2029"


def test_the_signs_with_which_a_field_begins_are_its_own() -> None:
    read = Reading("Nato", "", "\u0903Nato", None)
    at = read.folded.text.index("\u0903")

    assert (read.field(at), read.span(Field.BODY, at, at + 1)) == (Field.BODY, (0, 1))


@pytest.mark.parametrize(
    ("lead", "body", "counted"),
    [
        ("Die Nato tagt.", "Die Nato tagt.\n\nNato", 2),
        ("Die Nato tagt.", "DIE NATO  TAGT.\n\nNato", 2),
        ("Die Nato tagt.", "Nato\n\nDie Nato tagt.", 2),
        ("Die Nato tagt.", "Die Nato schweigt.", 2),
        ("Nato", "Natopartner der Nato", 3),
        ("", "Nato", 1),
    ],
)
def test_the_copy_of_the_lead_in_the_body_counts_once(lead: str, body: str, counted: int) -> None:
    read = Reading("", lead, body, None)
    places = [at for at in range(len(read.folded.text)) if read.folded.text.startswith("nato", at)]

    assert sum(read.field(at, at + 4) is not None for at in places) == counted


def told(body: str, *starts: int, title: str = "T", lead: str = "") -> list[str]:
    listed = tuple(Block(start=start, kind=BlockKind.H) for start in starts)
    seen = replace(article(title=title, lead=lead, body=body), kind=ArticleKind.LIVE_BLOG, blocks=listed)
    read = reading(seen)
    return [read.folded.text[slice(*stretch)].strip("\u2029") for stretch in blocks(seen, read) or ()]


@pytest.mark.parametrize(
    ("body", "starts", "parts"),
    [
        ("Eins.\n\nZwei.", (), ["t", "eins.", "zwei."]),
        ("Eins.\n\nKopf\n\nZwei.", (7,), ["t", "eins.", "kopf\u2029zwei."]),
        ("Kopf\n\nZwei.", (0,), ["t", "kopf\u2029zwei."]),
        ("Eins.", (99,), ["t", "eins."]),
        ("", (), ["t"]),
        ("", (0,), ["t"]),
        ("  \n\n", (), ["t"]),
    ],
)
def test_a_live_blog_is_told_from_heading_to_heading_or_by_paragraphs(body: str, starts: tuple[int, ...], parts: list[str]) -> None:
    assert told(body, *starts) == parts


def test_title_and_lead_are_one_block() -> None:
    assert told("Eins.", lead="Wie es steht") == ["t\u2029wie es steht", "eins."]


@given(TEXTS, st.lists(st.integers(0, 50)))
def test_blocks_are_the_whole_text_and_overlap_nowhere(body: str, starts: list[int]) -> None:
    listed = tuple(Block(start=start, kind=BlockKind.H) for start in starts)
    seen = replace(article(title="T", body=body), kind=ArticleKind.ROUNDUP, blocks=listed)
    read = reading(seen)

    stretches = blocks(seen, read)

    assert stretches is not None
    assert "".join(read.folded.text[start:end] for start, end in stretches) == read.folded.text


def test_an_article_has_no_blocks() -> None:
    seen = article(title="T", body="Eins.\n\nZwei.")

    assert blocks(seen, reading(seen)) is None


@pytest.mark.parametrize(
    ("language", "confidence", "letters", "known"),
    [
        ("de", None, 1, "de"),
        ("de-AT", None, 1, "de"),
        ("DE", None, 1, "de"),
        ("de", 0.9, 40, "de"),
        ("de", 0.9, 39, None),
        ("de", 0.89, 400, None),
        ("", 0.99, 40, None),
        (None, None, 40, None),
    ],
)
def test_a_guessed_language_is_known_where_the_guess_is_sure_and_had_letters_enough(
    language: str | None, confidence: float | None, letters: int, known: str | None
) -> None:
    seen = article(title="a1 " * (letters // 2), body="b" * (letters - letters // 2), language=language, confidence=confidence)

    assert reading(seen).language == known


def test_an_article_of_white_space_has_no_body() -> None:
    assert not Reading("T", "", " \n", None).has_body
