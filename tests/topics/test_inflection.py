"""Words and their forms: what is found, what is left alone, and how little is read for it."""

from importlib import resources
from itertools import islice

import pytest

from ops.learn_endings import learn, lines
from topics.fold import fold
from topics.inflection import LANGUAGES, blocks, dictionary, inflected, inflections, inverted, irregular, is_acronym

CONFIGURED = ("de", "en", "fr", "es", "it", "pl", "cs", "ru", "uk")


def forms(language: str, word: str) -> set[str]:
    return {fold(form) for form in inflected({(language, word)})[language, word]}


@pytest.mark.parametrize(
    ("language", "word", "form"),
    [
        ("de", "Haus", "Häusern"),
        ("en", "mouse", "mice"),
        ("fr", "cheval", "chevaux"),
        ("es", "voz", "voces"),
        ("it", "amico", "amici"),
        ("pl", "książka", "książek"),
        ("cs", "kniha", "knihou"),
        ("sk", "kniha", "knihách"),
        ("sl", "knjiga", "knjigami"),
        ("hr", "knjiga", "knjigom"),
        ("bg", "книга", "книгата"),
        ("ru", "книга", "книгами"),
        ("uk", "книга", "книзі"),
    ],
)
def test_a_word_has_the_forms_of_its_language(language: str, word: str, form: str) -> None:
    assert fold(form) in forms(language, word)


@pytest.mark.parametrize(
    ("language", "word", "form"), [("de", "gut", "besser"), ("en", "go", "went"), ("cs", "mladý", "nejmladšího"), ("pl", "dobry", "lepszy")]
)
def test_a_form_may_begin_unlike_its_lemma(language: str, word: str, form: str) -> None:
    assert form in forms(language, word)


@pytest.mark.parametrize("word", ["sanktion", "Sanktion"])
def test_the_case_in_which_a_word_is_written_does_not_matter(word: str) -> None:
    assert "sanktionen" in forms("de", word)


@pytest.mark.parametrize(
    ("language", "word", "lemma"), [("de", "Sanktionen", "sanktion"), ("en", "sanctions", "sanction"), ("ru", "санкции", "санкция")]
)
def test_a_word_written_in_another_form_has_its_lemma_among_its_forms(language: str, word: str, lemma: str) -> None:
    assert lemma in forms(language, word)


def test_a_lemma_does_not_take_the_forms_of_what_it_is_a_form_of() -> None:
    assert "find" not in forms("en", "found")


@pytest.mark.parametrize(
    ("language", "name", "form"),
    [
        ("pl", "Quarnow", "Quarnowa"),
        ("pl", "Zelby", "Zelby'ego"),
        ("cs", "Quarnow", "Quarnowovi"),
        ("cs", "Quarnowová", "Quarnowové"),
        ("sk", "Quarnow", "Quarnowom"),
        ("sl", "Quarnow", "Quarnowova"),
        ("hr", "Quarnow", "Quarnowu"),
        ("ru", "Кварнов", "Кварнову"),
        ("uk", "Кварнов", "Кварнову"),
        ("bg", "Кварнова", "Кварнова"),
    ],
)
def test_a_name_that_no_dictionary_knows_is_declined(language: str, name: str, form: str) -> None:
    assert fold(form) in forms(language, name)


@pytest.mark.parametrize(
    ("language", "name", "form"),
    [
        ("ru", "Токаев", "Токаевым"),  # spelt as a form of токай
        ("ru", "Кварнин", "Кварниным"),
        ("ru", "Кварный", "Кварного"),
        ("cs", "Kvarnskyj", "Kvarnského"),
        ("cs", "Quarne", "Quarneho"),
        ("sk", "Kvarnskyj", "Kvarnskému"),
        ("de", "Quarnskyj", "Quarnskyjs"),
        ("pl", "Cherson", "Chersonia"),
    ],
)
def test_a_name_is_declined_by_its_last_letters(language: str, name: str, form: str) -> None:
    assert fold(form) in forms(language, name)


@pytest.mark.parametrize("name", ["Quarnas", "Quarnaß", "Quarnax", "Quarnaz"])
def test_a_german_name_that_ends_in_a_hiss_takes_no_s(name: str) -> None:
    assert fold(name + "s") not in forms("de", name)


def test_an_unknown_name_in_small_letters_is_declined_as_well() -> None:
    assert "quarnowovi" in forms("cs", "quarnow")


def test_an_unknown_compound_is_inflected_by_its_head() -> None:
    assert "quarnhäusern" in forms("de", "Quarnhaus")


@pytest.mark.parametrize(
    ("noun", "form"),
    [("Typ", "Typen"), ("Glaube", "Glauben"), ("Junge", "Jungen"), ("Lette", "Letten"), ("Ire", "Iren"), ("Schwede", "Schweden")],
)
def test_a_german_noun_has_its_plural_though_it_is_a_word_of_its_own(noun: str, form: str) -> None:
    assert fold(form) in forms("de", noun)


def test_a_german_noun_whose_plural_is_known_takes_no_verb_for_one() -> None:
    assert "raten" not in forms("de", "Rat")


@pytest.mark.parametrize("noun", ["Gefangener", "Beamter", "Wahlberechtigter", "Gesandte"])
def test_an_adjective_that_is_a_german_noun_keeps_its_endings(noun: str) -> None:
    base = noun.removesuffix("r").lower()

    assert {base, base + "m", base + "n", base + "r"} <= forms("de", noun)


def test_a_german_noun_in_er_is_no_adjective() -> None:
    assert "richte" not in forms("de", "Richter")


@pytest.mark.parametrize(
    ("language", "word", "form"),
    [
        ("en", "thief", "thieves"),
        ("de", "verlieren", "verlorene"),
        ("fr", "mourir", "morts"),
        ("es", "morir", "muerto"),
        ("it", "uccidere", "uccisi"),
        ("pl", "zabić", "zabito"),
        ("cs", "zatknout", "zatčen"),
    ],
)
def test_an_irregular_form_is_listed(language: str, word: str, form: str) -> None:
    assert fold(form) in forms(language, word)


@pytest.mark.parametrize("language", ["cs", "de", "en", "es", "fr", "it", "pl"])
def test_a_word_is_listed_once_with_no_form_twice(language: str) -> None:
    rows = [line.split() for line in (resources.files(irregular) / f"{language}.txt").read_text(encoding="utf-8").splitlines()]

    assert len({lemma for lemma, *_ in rows}) == len(rows) and all(len(row) == len(set(row)) > 1 for row in rows)


@pytest.mark.parametrize(
    ("language", "verb", "form"),
    [("it", "dimettersi", "dimesso"), ("it", "arrendersi", "arresero"), ("es", "manifestarse", "manifestaron")],
)
def test_a_reflexive_verb_has_the_forms_of_the_plain_one(language: str, verb: str, form: str) -> None:
    assert form in forms(language, verb)


def test_what_only_ends_as_reflexive_verbs_do_is_none() -> None:
    assert "vero" not in forms("it", "versi")


def test_a_form_that_holds_another_behind_a_hyphen_is_not_listed() -> None:
    assert "най-добър" not in inflected({("bg", "добър")})["bg", "добър"]


@pytest.mark.parametrize("language", CONFIGURED)
def test_an_acronym_takes_no_form_from_a_dictionary(language: str) -> None:
    assert forms(language, "USA") <= {"usa", "usas"}


def test_an_acronym_takes_the_endings_that_are_listed() -> None:
    assert forms("de", "NATO") == {"nato", "natos"}


@pytest.mark.parametrize("word", ["NATO", "НАТО", "EU"])
def test_capitals_make_an_acronym(word: str) -> None:
    assert is_acronym(word)


@pytest.mark.parametrize("word", ["Nato", "PiS", "A", "北京", "16"])
def test_small_letters_a_single_one_and_scripts_without_case_make_none(word: str) -> None:
    assert not is_acronym(word)


@pytest.mark.parametrize(
    ("language", "word"),
    [("zh", "北京"), ("ja", "北京"), ("de", "Кремль"), ("ru", "Kreml"), ("de", "北京"), ("en", "737"), ("de", "4x4"), ("de", "")],
)
def test_a_word_that_the_language_cannot_have_stays_as_it_is_written(language: str, word: str) -> None:
    assert inflected({(language, word)}) == {(language, word): frozenset({word})}


def test_an_apostrophe_inside_a_ukrainian_word_is_a_letter() -> None:
    assert "об'єднанням" in forms("uk", "об'єднання")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_written_form_is_among_the_forms(language: str) -> None:
    for word in ("Quarnow", "Кварнов", "O'Brien", "NATO", "Haus", "дом"):
        assert word in inflected({(language, word)})[language, word]


def test_a_dictionary_that_has_the_word_is_known_by_it() -> None:
    known = {language for (language, _), found in inflections({(language, "Gipfel") for language in CONFIGURED}).items() if found.known}

    assert known == {"de"}


def test_a_word_known_in_another_form_is_known() -> None:
    assert inflections({("de", "Sanktionen")})["de", "Sanktionen"].known


def test_an_untagged_name_takes_forms_where_names_are_declined() -> None:
    found = inflections({(language, "Quarnow") for language in CONFIGURED})

    assert {language for (language, _), inflection in found.items() if inflection.untagged} == {"de", "en", "pl", "cs"}


def test_many_words_at_once_have_the_forms_they_have_alone() -> None:
    words = {(language, word) for language in ("de", "en") for word in ("Haus", "house", "Sanktionen", "Quarnhaus", "go")}

    assert inflected(words) == {key: inflected({key})[key] for key in words}


@pytest.mark.parametrize("language", sorted(inverted.LANGUAGES))
def test_a_search_finds_what_the_whole_dictionary_has(language: str) -> None:
    opened = dictionary.opened(language)
    records = [(form.decode(), lemma.decode()) for form, lemma in islice(opened.records(), 0, None, 2_501)]

    for form, lemma in records[:: 1 + len(records) // 60]:
        assert form in opened.search({lemma}).forms[lemma] and lemma in opened.search({form}).lemmas[form]


@pytest.mark.parametrize("language", sorted(inverted.LANGUAGES))
def test_the_tables_are_of_the_dictionary_that_is_installed(language: str) -> None:
    """Otherwise run ops/learn_endings.py: until then the blocks are counted anew in each process, which takes seconds."""
    assert blocks.is_current(language, dictionary.opened(language).stream)


def test_a_dictionary_of_another_release_has_its_blocks_counted_anew() -> None:
    opened = dictionary.opened("it")

    assert blocks.counted("it", opened.stream) == opened.blocks


def test_one_word_needs_few_blocks() -> None:
    table = dictionary.opened("pl").blocks

    assert len(table.of("pl", "sankcja")) < len(table.starts) / 50


def test_an_ending_is_learned_when_enough_lemmas_take_it() -> None:
    pairs = [(f"{stem}{ending}", f"{stem}orn") for stem in "bcdfghjklm" for ending in ("orn", "orns")]

    assert list(lines(learn([*pairs, ("kornes", "korn")]))) == ["n 0s"]


def test_an_ending_that_few_lemmas_have_is_not_learned() -> None:
    assert not learn([("born", "born"), ("borns", "born")])
