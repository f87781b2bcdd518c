"""The rules of matching, each as written in a topic file: what a term hits, and where."""

import pytest

from schemas.article import Article
from schemas.match import Field, Match
from schemas.topic import Topic
from tests.topics.articles import article, inflect, topic
from topics.fold import PARAGRAPH, fold
from topics.look import look, scanned
from topics.match import matcher

LONG = "Vierzig Buchstaben und einige mehr stehen in diesem Satz."


def found(of: Topic, seen: Article) -> Match | None:
    return next(iter(matcher((of,)).matches(seen)), None)


def forms(of: Topic, title: str = "", body: str = "", lead: str = "", language: str | None = None) -> list[str]:
    match = found(of, article(title=title, lead=lead, body=body, language=language))
    return [hit.form for hit in match.evidence] if match else []


# 1: tags


@pytest.mark.parametrize(
    ("language", "confidence", "text", "hit"),
    [
        ("de", 0.99, f"Der Kreml. {LONG}", True),
        ("de-AT", 0.99, f"Der Kreml. {LONG}", True),
        (None, None, "Der Kreml", True),
        ("en", 0.89, f"Der Kreml. {LONG}", True),
        ("en", 0.99, "Der Kreml", True),
        ("en", 0.9, f"Der Kreml. {LONG}", False),
        ("en", None, "Der Kreml", False),
    ],
)
def test_a_tagged_term_hits_articles_in_its_language_and_of_unknown_language(
    language: str | None, confidence: float | None, text: str, hit: bool
) -> None:
    assert bool(found(topic(x='["de: Kreml"]'), article(title=text, language=language, confidence=confidence))) == hit


# 2: no tag


@pytest.mark.parametrize(("text", "language"), [("Des Kremls", "de"), ("Kremlem", "pl"), ("The Kreml", "en"), ("Le Kreml", "fr")])
def test_an_untagged_term_hits_in_every_language_and_takes_the_forms_of_each_that_has_it(text: str, language: str) -> None:
    assert forms(topic(x="[Kreml]", inflect=inflect), text, language=language)


@pytest.mark.parametrize(
    ("term", "text", "language", "hit"),
    [
        ("Gaza", "Le prix du gaz augmente", "fr", False),
        ("Meta", "Biden met Xi in San Francisco", "en", False),
        ("Rat", "The rate of inflation", "en", False),
        ("Riga", "Les righe de Riga", "fr", True),
        ("Putin", "Putins Krieg", "de", True),
        ("Putin", "The Putins of this world", "en", True),
        ("Putin", "Putins Krieg", "fr", False),
        ("кибератака", "Ответ на кибератаку", "ru", True),
        ("Зелба", "Говорят о Зелбе", "ru", True),
        ("Gipfel", "Die Gipfeln", None, True),
    ],
)
def test_the_forms_of_an_untagged_term_hit_in_the_language_that_they_come_from(
    term: str, text: str, language: str | None, hit: bool
) -> None:
    assert bool(forms(topic(x=f"[{term}]", inflect=inflect), text, language=language)) == hit


@pytest.mark.parametrize(("term", "text"), [("école", "Une Ecole ferme"), ("État", "L’Etat islamique"), ("Œuvre", "Les Oeuvres")])
def test_french_is_found_as_it_is_printed(term: str, text: str) -> None:
    assert forms(topic(x=f"[{term}]", inflect=inflect), text, language="fr")


@pytest.mark.parametrize(("text", "hit"), [("NATO warns", True), ("NATO's chief", True), ("È nata a Mosca", False), ("I nati", False)])
def test_a_term_all_in_capitals_takes_no_dictionary_forms(text: str, hit: bool) -> None:
    assert bool(forms(topic(x="[NATO]", inflect=inflect), text)) == hit


def test_a_term_all_in_capitals_takes_the_listed_endings_of_acronyms() -> None:
    assert forms(topic(x="[NATO]", inflect=inflect), "Szczyt w NATO i z NATO-wskim planem, o NATO") == ["NATO", "NATO", "NATO"]


# 3: homographs


@pytest.mark.parametrize(
    ("text", "language", "form"),
    [
        ("È nato a Mosca", "it", None),
        ("La NATO a Mosca", "it", "NATO"),
        ("Die Nato in Moskau", "de", "Nato"),
        ("NATO chief warns Moscow", None, "NATO"),
        ("È nato a Mosca", None, None),
    ],
)
def test_a_tagged_term_replaces_an_untagged_homograph_in_its_language_and_the_stricter_stands_where_it_is_unknown(
    text: str, language: str | None, form: str | None
) -> None:
    assert forms(topic(x='[NATO, "it: ==NATO"]', inflect=inflect), text, language=language) == ([form] if form else [])


def test_the_derived_forms_of_a_replaced_term_go_with_it() -> None:
    of = topic(x='[Kreml, "de: =Kreml"]', inflect=inflect)

    assert not forms(of, "Des Kremls", language="de")
    assert forms(of, "Kremlem", language="pl")


# 4: stars


@pytest.mark.parametrize("text", ["Manöver", "in den Seemanövern", "Das NATO-Großmanöver"])
def test_a_star_is_zero_or_more_letters_and_the_fixed_part_is_inflected(text: str) -> None:
    assert forms(topic(x='["de: *manöver"]', inflect=inflect), text)


@pytest.mark.parametrize(("term", "hit"), [("NATO", False), ("Nato*", True), ("*partner", True), ("*topart*", True), ("*nato", False)])
def test_a_plain_term_never_matches_inside_a_compound(term: str, hit: bool) -> None:
    assert bool(forms(topic(x=f'["{term}"]', inflect=inflect), "Die Natopartner beraten")) == hit


@pytest.mark.parametrize(
    ("text", "hit"), [("Räte", True), ("Rote", True), ("Rte", False), ("Raaate", False), ("R-te", False), ("Räten", False)]
)
def test_a_question_mark_is_exactly_one_letter(text: str, hit: bool) -> None:
    assert bool(forms(topic(x='["R?te"]'), text)) == hit


# 5: part of speech


def test_forms_ignore_part_of_speech() -> None:
    assert forms(topic(x='["en: strike"]', inflect=inflect), "They struck; the strikes go on, striking") == [
        "struck",
        "strikes",
        "striking",
    ]


# 6: fields


@pytest.mark.parametrize(
    ("match", "seen", "rings"),
    [
        ("title(x)", article(title="Nato", body="-"), True),
        ("title(x)", article(title="-", body="Nato"), False),
        ("lead(x or y)", article(lead="Kreml"), True),
        ("body(x or y)", article(lead="Kreml", body="Wetter"), False),
        ("any(x)", article(body="Nato"), True),
    ],
)
def test_a_field_in_match_takes_a_concept_or_an_or_of_concepts(match: str, seen: Article, rings: bool) -> None:
    assert bool(found(topic(match=match, x="[Nato]", y="[Kreml]"), seen)) == rings


def test_a_field_in_unless_looks_at_that_field_alone() -> None:
    of = topic(x="[Nato]", y="[Eishockey]", z="[Tor]", unless="[title(y or z)]")

    assert found(of, article(title="Nato", body="Eishockey"))
    assert not found(of, article(title="Nato und ein Tor"))


# 7: near


@pytest.mark.parametrize(
    ("text", "within", "rings"),
    [
        ("Nato Kreml", 1, True),
        ("Kreml Nato", 1, True),
        ("Nato-Kreml", 1, True),
        ("Nato und Kreml", 1, False),
        ("Nato und Kreml", 2, True),
        ("Nato über den Kreml-Plan", 2, False),
        ("Nato alt-neu Kreml", 2, False),
        ("Nato alt-neu Kreml", 3, True),
        ("Nato東京Kreml", 2, False),
        ("Nato東京Kreml", 3, True),
    ],
)
def test_near_counts_words_between_the_nearest_ends_a_hyphen_separates_and_a_chinese_character_is_a_word(
    text: str, within: int, rings: bool
) -> None:
    assert bool(forms(topic(match=f"near(x, y, {within})", x="[Nato]", y="[Kreml]"), text)) == rings


def test_near_holds_within_one_field() -> None:
    assert not forms(topic(match="near(x, y, 5)", x="[Nato]", y="[Kreml]"), title="Nato", body="Kreml")


def test_overlapping_hits_are_never_near() -> None:
    assert not forms(topic(match="near(x, y, 5)", x="[Nato Gipfel]", y="[Gipfel]"), title="Nato-Gipfel")


def test_a_phrase_is_anchored_on_one_word_whatever_the_forms_of_the_others() -> None:
    one = topic(x='["pl: Sojusz Północnoatlantycki"]', inflect=inflect)
    (shape,) = one.concepts[0].shapes

    assert len(scanned(look("x", shape, 0))) == len(shape.words[0])
    assert forms(one, "W Sojuszu Północnoatlantyckim") == ["Sojuszu Północnoatlantyckim"]


# 8: what stands twice


def test_a_lead_that_stands_in_the_body_counts_once_as_lead() -> None:
    lead = "Die Nato tagt in Brüssel."

    match = found(topic(x="[Nato]"), article(title="Treffen", lead=lead, body=f"{lead}\n\nDie Nato schweigt."))

    assert match
    assert [(hit.field, hit.start) for hit in match.evidence] == [(Field.LEAD, 4), (Field.BODY, 31)]


def test_a_phrase_that_begins_in_the_leads_copy_and_ends_behind_it_counts() -> None:
    assert forms(topic(x="[Nato Gipfel]"), lead="Es tagt die Nato", body="Es tagt die Nato-Gipfel-Runde") == ["Nato-Gipfel"]


@pytest.mark.parametrize(("lead", "body"), [("Die Nato tagt", ""), ("", "Die Nato tagt"), ("Die Nato tagt", "Die Nato tagt")])
def test_a_text_that_is_title_only_counts_once(lead: str, body: str) -> None:
    match = found(topic(x="[Nato]"), article(title="Die Nato tagt", lead=lead, body=body))

    assert match
    assert [hit.field for hit in match.evidence] == [Field.TITLE]


# 9: ends of paragraphs


@pytest.mark.parametrize(("gap", "hit"), [("\n", True), ("\r\n", True), ("\n\n", False), ("\n \n", False), ("\u2029", False)])
def test_a_phrase_crosses_a_single_line_break_never_a_paragraph(gap: str, hit: bool) -> None:
    assert bool(forms(topic(x="[Nato Gipfel]"), body=f"Die Nato{gap}Gipfel")) == hit


@pytest.mark.parametrize(("gap", "hit"), [("-", True), ("- ", True), (" - ", False), (" \u2013 ", False), ("\u2014", False)])
def test_a_phrase_crosses_no_dash_between_clauses(gap: str, hit: bool) -> None:
    assert bool(forms(topic(x="[prime minister]"), f"In her prime{gap}minister resigns")) == hit


@pytest.mark.parametrize(("gap", "hit"), [("\n", True), (" ", True), ("\n\n", False), (". ", False)])
def test_the_end_of_a_paragraph_or_heading_ends_a_sentence(gap: str, hit: bool) -> None:
    assert bool(forms(topic(match="same_sentence(x, y)", x="[Nato]", y="[Kreml]"), body=f"Die Nato{gap}Kreml")) == hit


def test_folding_turns_the_end_of_a_paragraph_into_a_separator_that_is_no_space() -> None:
    assert fold("a\n\nb") == f"a{PARAGRAPH}b"


# 18: folding


@pytest.mark.parametrize(
    ("term", "text", "hit"),
    [
        ("об'єднання", "це об’єднання країн", True),
        ("об", "це об’єднання країн", False),
        ("OTAN", "l’OTAN", True),
        ("Russia", "Russia's answer", True),
        ("самолёт", "Самолет сел", True),
        ("самолет", "Самолёт сел", True),
        ("fin", "ﬁn", True),
        ("وزارة", "وزارة الدفاع", True),
        ("وزارة", "والوزارة", True),
        ("زارة", "قزارة", False),
    ],
)
def test_folding_makes_equal_what_readers_read_alike(term: str, text: str, hit: bool) -> None:
    assert bool(forms(topic(x=f'["{term}"]', inflect=inflect), text)) == hit


def test_a_small_word_that_is_written_in_front_in_arabic_is_never_folded_away() -> None:
    assert fold("وزارة") == "وزارة"


@pytest.mark.parametrize("text", ["Fo\u00adlge", "F\u200bolge", "ＦＯＬＧＥ", "Fo\u0301lge".replace("\u0301", "\u034f")])
def test_what_no_reader_sees_makes_no_difference(text: str) -> None:
    assert forms(topic(x="[Folge]"), text)
