"""When a feed is due again, and the named reason for every outcome."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from articles import schedule
from articles.feeds import FeedItem, Reading
from articles.schedule import Plan
from schemas.exchange import Failure, Request, Response
from schemas.feed import DueFeed, Feed, FeedState, Source
from schemas.reasons import Reason

NOW = datetime(2021, 10, 22, 16, 0, tzinfo=UTC)
EVERY = timedelta(minutes=5)
FEED = Feed(feed_id="example", url="https://news.example/feed", every=EVERY, source=Source(source_id="news", name="News"))
NEW = FeedState(feed_id="example", url=FEED.url)
KNOWN = replace(NEW, polled_dt=NOW - EVERY, reason=Reason.NOTHING_NEW, reason_since_dt=NOW - EVERY, entries=3)
READING = Reading(items=(FeedItem(guid="1", url="https://news.example/a", title="a", published_dt=NOW),))


def plan(
    before: FeedState = KNOWN,
    status: int = 200,
    reading: Reading | None = READING,
    new: int = 1,
    failed_worker: str | None = None,
    failure: Failure | None = None,
    speed: float = 1,
    **headers: str,
) -> Plan:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = Response(
        url=FEED.url, status=0 if failure else status, headers=named, failure=failure, detail="the detail" if failure else ""
    )
    return schedule.after_poll(FEED, before, response, reading, new, failed_worker, NOW, speed)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (304, Reason.NOT_MODIFIED),
        (401, Reason.FORBIDDEN),
        (403, Reason.FORBIDDEN),
        (404, Reason.NOT_FOUND),
        (410, Reason.GONE),
        (418, Reason.CLIENT_ERROR),
        (429, Reason.RATE_LIMITED),
        (500, Reason.SERVER_ERROR),
        (503, Reason.SERVER_ERROR),
        (302, Reason.BAD_ANSWER),
    ],
)
def test_every_status_has_its_reason(status: int, reason: Reason) -> None:
    """And a detail where it is no good one."""
    found = plan(status=status, reading=None)

    assert found.reason is reason and (str(status) in found.detail) is (status != 304)


@pytest.mark.parametrize("failure", Failure)
def test_every_failure_has_the_reason_of_its_name(failure: Failure) -> None:
    """For feeds and for pages."""
    found = plan(failure=failure, reading=None)

    assert found.reason.value == failure.value and found.detail == "the detail"
    assert schedule.after_page(Response(url="u", failure=failure)) is found.reason


@pytest.mark.parametrize(
    ("before", "reading", "new", "reason"),
    [
        (NEW, READING, 1, Reason.SEEDED),
        (KNOWN, READING, 1, Reason.FOUND_ENTRIES),
        (KNOWN, READING, 0, Reason.NOTHING_NEW),
        (KNOWN, Reading(problem=Reason.NOT_A_FEED, detail="it is an HTML page"), 0, Reason.NOT_A_FEED),
        (KNOWN, Reading(problem=Reason.EMPTY_FEED), 0, Reason.EMPTY_FEED),
    ],
)
def test_what_was_read_has_its_reason(before: FeedState, reading: Reading, new: int, reason: Reason) -> None:
    """First poll, news, none, a problem."""
    assert plan(before, reading=reading, new=new).reason is reason


def test_a_worker_that_failed_is_named() -> None:
    """With its problem."""
    found = plan(reading=None, failed_worker="deadline")

    assert (found.reason, found.detail, found.state.failures) == (Reason.WORKER_FAILED, "deadline", 1)


def test_a_good_poll_is_due_after_the_feeds_own_interval() -> None:
    """Divided by the speed of the demo."""
    assert plan().due_dt == NOW + EVERY
    assert plan(speed=60).due_dt == NOW + timedelta(seconds=5)


@pytest.mark.parametrize(("failures", "pause"), [(0, 10), (1, 20), (3, 80), (8, 1440), (10_000, 1440)])
def test_failures_in_a_row_double_the_pause_up_to_a_day(failures: int, pause: int) -> None:
    """In minutes."""
    found = plan(replace(KNOWN, failures=failures), status=500, reading=None)

    assert found.due_dt == NOW + timedelta(minutes=pause) and found.state.failures == failures + 1


def test_a_good_poll_forgets_the_failures() -> None:
    """At once."""
    found = plan(replace(KNOWN, failures=7, reason=Reason.TIMEOUT))

    assert found.state.failures == 0 and found.due_dt == NOW + EVERY


def test_a_feed_that_is_gone_is_never_asked_again() -> None:
    """410 says so on purpose, 404 may be an accident."""
    assert plan(status=410, reading=None).due_dt is None
    assert plan(status=404, reading=None).due_dt


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("asked", "pause"),
    [
        ("3600", timedelta(hours=1)),
        ("Fri, 22 Oct 2021 18:00:00 GMT", timedelta(hours=2)),
        ("999999999999", timedelta(days=1)),
        ("Fri, 22 Oct 2031 18:00:00 GMT", timedelta(days=1)),
        ("1", timedelta(minutes=10)),
        ("Fri, 22 Oct 2021 08:00:00 GMT", timedelta(minutes=10)),
        ("soon", timedelta(minutes=10)),
    ],
)
def test_retry_after_is_obeyed(status: int, asked: str, pause: timedelta) -> None:
    """Seconds and dates, a day at most, and never earlier than our own back-off."""
    assert plan(status=status, reading=None, retry_after=asked).due_dt == NOW + pause


@pytest.mark.parametrize(
    ("control", "minutes"), [("max-age=600", 10), ("public, MAX-AGE=60", 5), ("max-age=99999", 60), ("no-store", 5), ("max-age=x", 5)]
)
@pytest.mark.parametrize("status", [200, 304])
def test_a_cache_lifetime_lengthens_the_pause(status: int, control: str, minutes: int) -> None:
    """To an hour at most."""
    assert plan(status=status, cache_control=control).due_dt == NOW + timedelta(minutes=minutes)


def test_only_a_poll_that_was_read_counts_as_one() -> None:
    """An empty or failed first poll leaves the first poll to come."""
    assert plan(NEW).state.polled_dt == NOW
    assert plan(status=304, reading=None).state.polled_dt == NOW
    assert plan(NEW, reading=Reading(problem=Reason.EMPTY_FEED)).state.polled_dt is None
    assert plan(status=500, reading=None).state.polled_dt == KNOWN.polled_dt


def test_the_state_remembers_since_when_its_reason_holds() -> None:
    """And what was found."""
    same, other = plan(new=0).state, plan(new=1).state

    assert same.reason_since_dt == KNOWN.reason_since_dt and other.reason_since_dt == NOW
    assert (other.entries, other.newest_dt, other.due_dt) == (4, NOW, NOW + EVERY)


def test_seeding_all_ends_with_the_first_poll_that_is_read() -> None:
    """Not before."""
    lost = replace(NEW, seed_all=True)

    assert not plan(lost).state.seed_all
    assert plan(lost, status=500, reading=None).state.seed_all


def test_a_page_that_answers_well_has_no_reason() -> None:
    """Others have the feed's."""
    assert schedule.after_page(Response(url="u", status=200)) is None
    assert schedule.after_page(Response(url="u", status=404)) is Reason.NOT_FOUND


def test_only_what_can_never_pass_is_permanent() -> None:
    """A forbidden page may be allowed tomorrow."""
    permanent = {reason for reason in Reason if schedule.permanent(reason)}

    assert permanent == {Reason.NOT_FOUND, Reason.GONE, Reason.REFUSED_ADDRESS, Reason.REFUSED_SCHEME, Reason.TOO_LARGE}


def test_a_feed_that_was_never_polled_is_not_failing() -> None:
    """So its first good poll changes nothing in its health."""
    assert not schedule.failing(None) and not schedule.failing(Reason.EMPTY_FEED) and schedule.failing(Reason.TIMEOUT)


def test_a_first_poll_asks_for_every_format_of_feeds_within_its_bounds() -> None:
    accept = "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"

    asked = schedule.request(DueFeed(feed_id="a", url="https://news.example/"))

    assert asked == Request(url="https://news.example/", accept=accept, limit=10 * 2**20, deadline=30.0)
