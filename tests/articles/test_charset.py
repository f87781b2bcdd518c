"""Bytes to text where the declaration is missing or lies."""

import pytest

from articles import charset

RU = "Министры обороны стран НАТО встретились в Брюсселе, Москва отозвала миссию."
UK = "Міністри оборони країн НАТО зустрілися у Брюсселі, їхні рішення чекає Київ."
DE = "Die Verteidigungsminister beraten in Brüssel über größere Übungen."
PL = "Ministrowie źle ocenili sytuację, łączność się pogorszyła."
CS = "Příští rok začne větší cvičení, řekl šéf aliance."
ES = "Mañana habrá más información según España. ¿Qué pasó?"
FR = "Déjà l'été à Bruxelles, ça dépend où l'on regarde."


@pytest.mark.parametrize(
    ("words", "codec"),
    [
        *[(RU, codec) for codec in ("cp1251", "koi8-r", "iso8859-5")],
        *[(UK, codec) for codec in ("cp1251", "koi8-u")],
        *[(DE, "cp1252"), (ES, "cp1252"), (FR, "cp1252")],
        *[(words, codec) for words in (PL, CS) for codec in ("cp1250", "iso8859-2")],
    ],
)
@pytest.mark.parametrize("declared", ["utf-8", None])
def test_legacy_text_that_says_utf_8_or_nothing_is_rescued(words: str, codec: str, declared: str | None) -> None:
    """No keyword matches Latin rubbish."""
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    document = f"{head}<rss><title>{words}</title></rss>"

    assert charset.decode(document.encode(codec)) == document


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_by_its_mark_or_its_look(codec: str) -> None:
    """With and without a byte order mark."""
    document = f'<?xml version="1.0"?><a>{RU}</a>'

    assert charset.decode(document.encode(codec)) == document


def test_a_few_bad_bytes_do_not_spoil_utf_8() -> None:
    """One advertisement in another charset is one damaged word."""
    body = f"<a>{DE} {RU}".encode() + b"\xfc\xff</a>"

    assert charset.decode(body) == f"<a>{DE} {RU}\ufffd\ufffd</a>"


def test_a_true_declaration_is_believed() -> None:
    """A codec that no guess would find."""
    document = '<meta charset="shift_jis"><p>ニュース</p>'

    assert charset.decode(document.encode("shift_jis")) == document


@pytest.mark.parametrize("codec", ["unicode_escape", "idna", "punycode", "zlib_codec", "rot13", "utf-7", "no-such-codec"])
def test_no_document_chooses_a_codec_that_does_more_than_text(codec: str) -> None:
    """Python would take them by name."""
    body = f'<?xml encoding="{codec}"?><a>\\x3cb\\x3e \xe4</a>'.encode("latin-1")

    assert "<b>" not in charset.decode(body)
