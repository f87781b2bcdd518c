"""Whatever a publisher writes, the page keeps its shape; every reason and every moment has its words."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.alert import AlertState
from schemas.article import Headline
from schemas.reasons import Reason
from tests.web.filled import NEWS, NOON, alert, headline
from tests.web.reading import Read
from tocsin.web.facts import AlertFacts, AlertsPage, DeliveryFacts
from tocsin.web.pages import html
from tocsin.web.words import ago, linkable
from tocsin.words import words

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60) | st.sampled_from(
    ["</span><script>x</script>", '" onload="x', "{{ 7 * 7 }}", "{% raw %}", "<!--", "]]>", "&lt;", "\u202egnp.exe", "\x00"]
)


def shown(one: Headline, text: str) -> Read:
    found = replace(alert("topic", AlertState.OPENED, one, at=NOON), title=text, detail=text, topic_id=text)
    told = DeliveryFacts(channel=text, reason="channel_failed", words=text, detail=text, dt=NOON)
    page = AlertsPage(as_of_dt=NOON, alerts=(AlertFacts(alert=found, evidence=((text, text),), deliveries=(told,)),))
    return Read(bytes(html("alerts", "/", page).body).decode())


@settings(deadline=None)
@given(text=texts)
def test_no_text_changes_the_elements_of_a_page(text: str) -> None:
    hostile = replace(headline(NEWS), title=text, source_id=text, language=text, url=f"https://x.example/{text}")

    assert shown(hostile, text).shape == shown(headline(NEWS), "plain").shape


@settings(deadline=None)
@given(url=texts | st.sampled_from(["javascript:x", " https://x", "data:text/html,x", "//x", "HTTPS://x.example", "vbscript:x"]))
def test_only_a_web_address_becomes_a_link(url: str) -> None:
    hrefs = [link["href"] for link in shown(replace(headline(NEWS), url=url), "plain").all("a")]

    assert all(href.startswith(("/", "#")) or href.lower().startswith(("http://", "https://")) for href in hrefs)
    assert linkable(url) == url.lower().startswith(("http://", "https://"))


def test_direction_and_control_characters_do_not_reach_the_page() -> None:
    assert "\u202e" not in shown(headline(NEWS), "\u202egnp.exe").text
    assert "gnp.exe" in shown(headline(NEWS), "\u202egnp.exe").text


def test_every_reason_has_words_of_its_own() -> None:
    said = [words(reason) for reason in Reason]

    assert len(set(said)) == len(Reason) and not any("_" in sentence for sentence in said)
    assert words("reason_of_a_later_release") == "reason of a later release"


def test_how_long_ago_is_said_in_one_unit() -> None:
    said = {
        seconds: ago(NOON - timedelta(seconds=seconds), NOON) for seconds in (0, 59, 60, 7199, 7200, 172_799, 172_800, -30, -60, -90_000)
    }

    assert list(said.values()) == [
        "just now",
        "just now",
        "1 min ago",
        "119 min ago",
        "2 h ago",
        "47 h ago",
        "2 d ago",
        "in a moment",
        "in 1 min",
        "in 25 h",
    ]
