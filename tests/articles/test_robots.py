"""robots.txt as RFC 9309 has it: what an answer comes to, what it allows us, and how long it counts."""

from datetime import UTC, datetime, timedelta

import pytest

from articles import robots
from schemas.exchange import Failure, Response
from schemas.host import Robots

NOON = datetime(2021, 10, 22, 12, tzinfo=UTC)
PAGE = "https://paper.test/news/1?edition=late"


def answered(status: int, body: bytes = b"", failure: Failure | None = None) -> Robots:
    return robots.read(Response(url="https://paper.test/robots.txt", status=status, body=body, failure=failure), NOON)


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("", True),
        ("User-agent: *\nDisallow:\n", True),
        ("User-agent: *\nDisallow: /\n", False),
        ("User-agent: *\nDisallow: /news/\n", False),
        ("User-agent: *\nDisallow: /sport/\n", True),
        ("User-agent: *\nDisallow: /news/\nAllow: /news/1\n", True),
        ("User-agent: *\nDisallow: /*?edition=\n", False),
        ("User-agent: *\nDisallow: /news/1$\n", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: tocsin\nAllow: /\n", True),
        ("User-agent: Tocsin\nDisallow: /\n\nUser-agent: *\nAllow: /\n", False),
        ("User-agent: otherbot\nDisallow: /\n", True),
        ("User-agent: otherbot\nUser-agent: tocsin\nDisallow: /news # not for robots\n", False),
        ("user-agent:*\r\ndisallow:/news\r\n", False),
        ("<!DOCTYPE html><title>Not found</title>", True),
        ("Disallow: /\n", True),
    ],
)
def test_an_address_is_allowed_as_the_rules_for_us_say(text: str, may: bool) -> None:
    assert robots.allows(text, PAGE) is may


def test_an_address_in_other_letters_is_held_against_its_escaped_form() -> None:
    assert not robots.allows("User-agent: *\nDisallow: /новости\n", "https://paper.test/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_host_that_has_none_or_hides_it_allows_everything(status: int) -> None:
    assert answered(status, b"User-agent: *\nDisallow: /") == Robots(fetched_dt=NOON)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_host_in_trouble_allows_nothing_for_now(status: int) -> None:
    assert answered(status).problem == f"it answered {status}"


@pytest.mark.parametrize("failure", [Failure.TIMEOUT, Failure.DNS_FAILED, Failure.CONNECT_FAILED, Failure.TLS_FAILED, Failure.BAD_ANSWER])
def test_a_host_that_gives_no_answer_allows_nothing_for_now(failure: Failure) -> None:
    assert answered(0, failure=failure).problem


@pytest.mark.parametrize("failure", [Failure.TOO_MANY_REDIRECTS, Failure.REFUSED_ADDRESS])
def test_one_that_leads_nowhere_we_may_go_counts_as_none(failure: Failure) -> None:
    assert answered(0, failure=failure) == Robots(fetched_dt=NOON)


def test_its_first_500_kibibytes_are_read() -> None:
    line = b"Disallow: /%06d\n"
    body = b"User-agent: *\n" + b"".join(line % n for n in range(60_000))

    found = answered(200, body)

    assert len(found.text) == 500 * 1024
    assert found.text.encode() == body[: 500 * 1024]


def test_bytes_that_are_no_text_are_no_trouble() -> None:
    found = answered(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /\xff\xfe\n\x00")

    assert found.text.startswith("User-agent")
    assert robots.allows(found.text, PAGE)


@pytest.mark.parametrize(("said", "counts"), [("10", 10), ("0.5", 0.5), ("86400", 60), ("soon", 0), ("-1", 0), ("inf", 0)])
def test_the_pause_it_asks_for_is_kept_up_to_a_minute(said: str, counts: float) -> None:
    assert robots.rules(f"User-agent: *\nCrawl-delay: {said}\nDisallow: /private\n").delay_s == counts


@pytest.mark.parametrize(("rule", "closed"), [("Disallow: /", True), ("Disallow: /private", False), ("Disallow: /\nAllow: /news", True)])
def test_a_host_that_wants_no_robots_is_known_as_closed(rule: str, closed: bool) -> None:
    assert robots.rules(f"User-agent: *\n{rule}\n").closed is closed


def test_it_counts_for_a_day_and_trouble_for_five_minutes() -> None:
    good, trouble = Robots(fetched_dt=NOON), Robots(fetched_dt=NOON, problem="it answered 503")
    minutes = timedelta(minutes=1)

    assert not robots.is_old(good, NOON + 1439 * minutes, 1)
    assert robots.is_old(good, NOON + 1440 * minutes, 1)
    assert robots.is_old(good, NOON + 24 * minutes, 60)
    assert not robots.is_old(trouble, NOON + 4 * minutes, 1)
    assert robots.is_old(trouble, NOON + 5 * minutes, 1)


def test_one_from_the_future_is_asked_again() -> None:
    assert robots.is_old(Robots(fetched_dt=NOON), NOON - timedelta(days=365), 1)


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("https://paper.test/news/1", "https://paper.test/robots.txt"),
        ("http://paper.test:8080/?a=/robots.txt#x", "http://paper.test:8080/robots.txt"),
    ],
)
def test_it_is_asked_at_the_root_of_the_pages_own_host(page: str, asked: str) -> None:
    assert robots.request(page).url == asked
