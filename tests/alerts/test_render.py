"""An alert in words."""

import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from alerts import decide, render
from schemas.alert import Alert, AlertState, Delivery
from schemas.match import Evidence, Field
from schemas.reasons import Reason
from tests.alerts.news import HOUR, NOW, headline, match, opened, topic


def delivery(alert: Alert) -> Delivery:
    return Delivery(delivery_id="delivery-1", channel="desk", alert=alert)


def test_it_says_what_why_who_and_since_when() -> None:
    message = render.message(delivery(opened(topic())), attempt=1)

    assert message.title == "NATO and Russia: Ministers meet: first"
    assert message.text.splitlines()[0] == "nato-russia moves: 1 article since 2021-10-22 15:40 UTC."
    assert "Why: Nato (nato)" in message.text
    assert "- Ministers meet: first (example, seen 2021-10-22 15:40 UTC)\n  https://news.example/first" in message.text
    assert (message.id, message.attempt) == ("delivery-1", 1)


def test_an_update_says_how_many_are_new_and_shows_the_newest_five() -> None:
    alert = opened(topic())
    for name in "bcdefg":
        alert = decide.on_match(alert, None, match(name), topic(), NOW + HOUR, 1).alert or alert

    message = render.message(delivery(alert), attempt=2)

    assert message.title.startswith("Update: ")
    assert message.text.splitlines()[0] == "nato-russia goes on: 1 new, 7 articles since 2021-10-22 15:40 UTC."
    assert "- and 2 earlier" in message.text
    assert message.text.count("https://") == 5


def test_a_resolution_says_so_and_why() -> None:
    resolved = decide.on_wake(opened(topic()), None, NOW + HOUR, 1).alert
    assert resolved is not None

    message = render.message(delivery(resolved), attempt=1)

    assert message.title.startswith("Resolved: ")
    assert "is quiet again" in message.text
    assert "not in the configuration any more" in message.text


def test_a_term_is_named_once_in_the_form_that_stands_in_the_text() -> None:
    hits = [Evidence(concept="nato", term="NATO", form=form, field=Field.BODY, start=0, end=4) for form in ("Nato", "NATO", "НАТО")]

    message = render.message(delivery(replace(opened(topic()), evidence=tuple(hits))), attempt=1)

    assert "Why: Nato (nato), НАТО (nato)\n" in message.text


def test_a_link_that_is_not_http_is_left_out() -> None:
    bad = replace(headline("a"), url="javascript:alert(1)")

    assert "javascript" not in render.message(delivery(replace(opened(topic()), articles=(bad,))), attempt=1).text


def test_a_notice_is_told_in_its_own_words() -> None:
    notice = decide.notice(None, reason=Reason.STREAM_GAP, subject="news.article.v1/3", detail="12 records were lost.", now=NOW)

    message = render.message(delivery(notice), attempt=1)

    assert message.title == "Stream gap: news.article.v1/3"
    assert "12 records were lost." in message.text


@given(st.text(), st.sampled_from(AlertState))
def test_no_text_of_a_page_breaks_a_line_or_steers_a_terminal(text: str, state: AlertState) -> None:
    hit = Evidence(concept=text, term=text, form=text, field=Field.TITLE, start=0, end=1)
    hostile = replace(headline("a"), title=text, source_id=text, url="https://a.example/" + text)
    alert = replace(opened(topic()), title=text, state=state, articles=(hostile,), evidence=(hit,), detail=text, topic_id=text)

    message = render.message(delivery(alert), attempt=1)

    tame = replace(alert, title="t", articles=(headline("a"),), evidence=(), detail=None, topic_id="t")
    plain = render.message(delivery(tame), attempt=1)
    for line in (message.title, *message.text.split("\n")):
        assert not any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") for c in line)
        assert not any(unicodedata.bidirectional(c) in ("RLO", "LRO", "RLE", "LRE", "RLI", "LRI", "FSI", "PDF", "PDI") for c in line)
    assert message.text.count("\n") <= plain.text.count("\n") + 4
    assert len(message.title) <= 250


def test_the_titles_of_an_attack_become_one_line() -> None:
    assert render.one_line("a\r\nBcc: b\x1b[2J\u202etxt\u2028c", 80) == "a Bcc: b [2Jtxt c"
