"""A publisher's log tells who was rude."""

from dataclasses import replace

import pytest

from demo.manners import broken
from demo.visits import Visit

GOOD = {"user-agent": "reader/1.0 (+https://reader.example)", "accept": "application/rss+xml", "accept-encoding": "gzip"}
FIRST = Visit(
    begun=0, ended=0.1, host="paper.example", method="GET", path="/feed.xml", query="", status=200, asked=GOOD, told={"etag": '"1"'}
)
AGAIN = replace(FIRST, begun=600, ended=600.1, status=304, asked=GOOD | {"if-none-match": '"1"'}, told={})


def breaches(*visits: Visit) -> list[str]:
    return [breach.partition(": ")[2] for breach in broken(visits)]


def test_a_conditional_visit_every_ten_minutes_breaks_nothing() -> None:
    assert breaches(FIRST, AGAIN, replace(AGAIN, begun=1_200, ended=1_200.1)) == []


def test_whoever_forgets_the_validator_is_told() -> None:
    assert breaches(FIRST, replace(FIRST, begun=600, ended=600.1)) == ["asked without conditions 600 s after the last time"]


def test_once_a_day_a_whole_body_may_be_asked_for() -> None:
    assert breaches(FIRST, replace(FIRST, begun=86_401, ended=86_402)) == []


def test_a_validator_that_was_never_given_is_told() -> None:
    made_up = replace(AGAIN, asked=GOOD | {"if-none-match": '"2"'})

    assert breaches(FIRST, made_up) == ['if-none-match: "2" was not the last: "1"']


def test_a_visit_within_max_age_is_too_early() -> None:
    assert breaches(replace(FIRST, told={"cache-control": "max-age=3600"} | FIRST.told), AGAIN) == [
        "asked again after 599.9 s of a max-age of 3600"
    ]


def test_a_rest_counts_for_the_whole_host() -> None:
    busy = replace(FIRST, status=429, told={"retry-after": "900"})

    assert breaches(busy, replace(AGAIN, path="/page.html", asked=GOOD)) == ["asked for /page.html 599.9 s into a rest of 900 s"]


def test_two_visits_at_once_are_one_too_many() -> None:
    assert breaches(replace(FIRST, ended=700), replace(AGAIN, path="/page.html", asked=GOOD)) == [
        "asked for /page.html while /feed.xml was being answered"
    ]


def test_what_is_gone_is_let_alone() -> None:
    assert breaches(replace(FIRST, status=410, told={}), replace(AGAIN, asked=GOOD)) == ["asked 1 times more after it was gone"]


@pytest.mark.parametrize(
    ("header", "value", "breach"),
    [
        ("cookie", "a=b", "sent a cookie"),
        ("referer", "https://reader.example", "sent a referer"),
        ("user-agent", "python", "named itself without version and address: python"),
        ("accept", "*/*", "did not say that it wants feeds"),
        ("accept-encoding", "br", "did not take gzip"),
    ],
)
def test_headers_are_part_of_manners(header: str, value: str, breach: str) -> None:
    assert breaches(replace(FIRST, asked=GOOD | {header: value})) == [breach]


def test_what_is_sent_to_a_webhook_is_no_visit() -> None:
    busy = replace(FIRST, status=503, told={"retry-after": "900"})

    assert breaches(busy, replace(AGAIN, method="POST", path="/hook", asked=GOOD)) == []


def test_a_publisher_whose_body_changed_under_its_validator_is_asked_without_it() -> None:
    other = replace(FIRST, begun=90_000, ended=90_000.1, digest="b")

    assert breaches(replace(FIRST, digest="a"), other, replace(other, begun=91_000, ended=91_000.1)) == []
