"""When a feed is due again, and the named reason for every outcome."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from articles import answers, schedule
from articles.feeds import FeedItem, Reading
from articles.pause import When
from articles.schedule import Met, Plan, Polled
from schemas.exchange import Failure, Request, Response
from schemas.feed import Auth, DueFeed, Feed, FeedMemory, FeedState, Source
from schemas.reasons import Reason

NOW = datetime(2021, 10, 22, 16, 0, tzinfo=UTC)
EVERY = timedelta(minutes=5)
FEED = Feed(feed_id="example", url="https://news.example/feed", every=EVERY, source=Source(source_id="news", name="News"))
NEW = FeedState(feed_id="example", url=FEED.url)
KNOWN = replace(NEW, polled_dt=NOW - EVERY, whole_dt=NOW - EVERY, reason=Reason.NOTHING_NEW, reason_since_dt=NOW - EVERY, entries=3)
READING = Reading(items=(FeedItem(guid="1", url="https://news.example/a", title="a", published_dt=NOW),))


DUE = DueFeed(feed_id="example", url=FEED.url, etag='"1"', last_modified="Fri, 22 Oct 2021 15:00:00 GMT", body_hash="one")
MEMORY = FeedMemory(feed_id="example", since_dt=NOW - timedelta(days=1), shown=("a", "b"))


def plan(
    before: FeedState = KNOWN,
    status: int = 200,
    reading: Reading | None = READING,
    new: int = 1,
    failed_worker: str | None = None,
    failure: Failure | None = None,
    speed: float = 1,
    due: DueFeed = DUE,
    shown: tuple[str, ...] = ("a", "b", "c"),
    body_hash: str = "two",
    network_down: bool = False,
    now: datetime = NOW,
    **headers: str,
) -> Plan:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    detail = "the detail" if failure else ""
    response = Response(url=due.url, status=0 if failure else status, headers=named, failure=failure, detail=detail)
    polled = Polled(response=response, body_hash=body_hash, reading=reading, failed_worker=failed_worker)
    met = Met(shown=shown if reading else (), fresh=new, came=(now,) * new)
    return schedule.after_poll(FEED, due, before, MEMORY, polled, met, When(now=now, speed=speed), network_down)


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
    assert answers.refused(Response(url="u", failure=failure)) is found.reason


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


@pytest.mark.parametrize(
    ("failed", "minutes"),
    [
        ({"status": 500}, (10, 20, 40)),
        ({"status": 404}, (10, 20, 40)),
        ({"status": 429}, (10, 20, 40)),
        ({"failure": Failure.TIMEOUT}, (10, 20, 40)),
        ({"failure": Failure.DNS_FAILED}, (7.5, 11.25, 16.875)),
        ({"failure": Failure.CONNECT_FAILED}, (7.5, 11.25, 16.875)),
    ],
)
def test_each_failure_in_a_row_lengthens_the_pause(failed: dict[str, Any], minutes: tuple[float, ...]) -> None:
    """Firmly where its server is in trouble, gently where we do not reach it: that may be our own side."""
    state = KNOWN
    for failures, pause in enumerate(minutes, start=1):
        found = plan(state, reading=None, **failed)
        assert (found.due_dt, found.state.failures) == (NOW + timedelta(minutes=pause), failures)
        state = found.state


def test_a_feed_that_never_answers_is_slow_not_dead() -> None:
    state = KNOWN
    for _ in range(2_000):
        state = plan(state, status=500, reading=None).state

    assert state.due_dt == NOW + timedelta(days=1)


def test_a_good_poll_forgets_the_failures() -> None:
    """At once."""
    found = plan(replace(KNOWN, failures=7, slower=128.0, reason=Reason.TIMEOUT))

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
    ("control", "minutes"), [("max-age=600", 10), ("public, MAX-AGE=60", 5), ("max-age=999999", 1440), ("no-store", 5), ("max-age=x", 5)]
)
@pytest.mark.parametrize("status", [200, 304])
def test_a_cache_lifetime_lengthens_the_pause(status: int, control: str, minutes: int) -> None:
    """To a day at most."""
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
    assert answers.refused(Response(url="u", status=200)) is None
    assert answers.refused(Response(url="u", status=404)) is Reason.NOT_FOUND


def test_only_what_can_never_pass_is_permanent() -> None:
    """A forbidden page may be allowed tomorrow."""
    permanent = {reason for reason in Reason if answers.permanent(reason)}

    assert permanent == {Reason.NOT_FOUND, Reason.GONE, Reason.REFUSED_ADDRESS, Reason.REFUSED_SCHEME, Reason.TOO_LARGE}


def test_a_feed_that_was_never_polled_is_not_failing() -> None:
    """So its first good poll changes nothing in its health."""
    assert not answers.failing(None) and not answers.failing(Reason.EMPTY_FEED) and answers.failing(Reason.TIMEOUT)


def test_a_first_poll_asks_for_every_format_of_feeds_within_its_bounds() -> None:
    accept = "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"

    asked = schedule.request(DueFeed(feed_id="a", url="https://news.example/"))

    assert asked == Request(url="https://news.example/", accept=accept, limit=10 * 2**20, deadline=30.0)


def test_a_whole_poll_asks_without_conditions() -> None:
    asked = schedule.request(replace(DUE, whole=True))

    assert (asked.etag, asked.last_modified) == (None, None)


def test_the_next_poll_asks_with_the_validators_of_the_last_answer_byte_for_byte() -> None:
    found = plan(etag='W/"x y"', last_modified="Fri, 22 Oct 2021 15:59:59 GMT")

    assert (found.next.etag, found.next.last_modified, found.next.body_hash) == ('W/"x y"', "Fri, 22 Oct 2021 15:59:59 GMT", "two")


def test_a_body_without_validators_takes_the_old_ones_away() -> None:
    assert (plan().next.etag, plan().next.last_modified) == (None, None)


def test_an_answer_without_a_body_may_bring_new_validators_and_keeps_the_old_ones() -> None:
    found = plan(status=304, reading=None, etag='"2"')

    assert (found.next.etag, found.next.last_modified, found.next.body_hash) == ('"2"', DUE.last_modified, "two")


@pytest.mark.parametrize("failed", [{"status": 500}, {"reading": Reading(problem=Reason.NOT_A_FEED)}, {"failed_worker": "deadline"}])
def test_what_cannot_be_read_leaves_the_validators_alone(failed: dict[str, Any]) -> None:
    """A page of errors may come with an ETag; asked with that one, the feed would never be seen again."""
    assert plan(**({"reading": None, "etag": '"error"'} | failed)).next == DUE


def test_a_feed_whose_body_changes_under_its_validator_is_asked_without_conditions_from_then_on() -> None:
    found = plan(etag='"1"', last_modified="Fri, 22 Oct 2021 15:00:00 GMT")

    assert found.state.distrusted and (found.next.etag, found.next.last_modified) == (None, None)


def test_a_body_that_changed_without_news_casts_no_doubt_on_its_validator() -> None:
    """A counter or a date in it, say."""
    assert not plan(new=0, etag='"1"', last_modified="Fri, 22 Oct 2021 15:00:00 GMT").state.distrusted


def test_a_feed_that_answers_304_for_a_day_and_longer_than_news_takes_is_asked_whole_once() -> None:
    """Some servers keep an ETag whatever happens to the feed."""
    quiet = replace(KNOWN, whole_dt=NOW - timedelta(hours=23, minutes=57), news_dt=NOW - timedelta(days=3))

    assert plan(quiet, status=304, reading=None, new=0).next.whole
    assert not plan(replace(quiet, whole_dt=NOW - timedelta(hours=20)), status=304, reading=None, new=0).next.whole


def test_a_whole_poll_that_failed_is_still_owed() -> None:
    assert plan(due=replace(DUE, whole=True), status=500, reading=None).next.whole
    assert not plan(due=replace(DUE, whole=True)).next.whole


def test_a_poll_that_shares_no_entry_with_the_one_before_may_have_missed_some() -> None:
    found = plan(shown=("x", "y"))

    assert (found.reason, found.state.gaps, found.state.gap_dt, found.state.halvings) == (Reason.GAP_SUSPECTED, 1, NOW, 1)


def test_the_first_poll_of_a_feed_shows_no_gap() -> None:
    assert plan(NEW, shown=("x", "y")).reason is Reason.SEEDED


def test_a_failure_to_connect_while_our_network_is_down_does_not_count() -> None:
    found = plan(reading=None, failure=Failure.DNS_FAILED, network_down=True)

    assert (found.reason, found.state.failures, found.state.slower) == (Reason.NETWORK_DOWN, 0, 1.0)


def test_a_server_that_answers_badly_while_our_network_is_down_counts() -> None:
    assert plan(status=500, reading=None, network_down=True).state.failures == 1


def test_a_failure_that_turns_out_to_be_our_networks_is_taken_back() -> None:
    failed = plan(reading=None, failure=Failure.CONNECT_FAILED).state

    assert (schedule.forgiven(failed).failures, schedule.forgiven(failed).slower) == (0, 1.0)


@pytest.mark.parametrize("due", [DueFeed(feed_id="example", url=FEED.url), replace(DUE, whole=True)])
def test_a_304_to_a_request_without_conditions_is_no_answer(due: DueFeed) -> None:
    """Taken for one, the archive that comes later would be news."""
    found = plan(NEW, status=304, reading=None, new=0, due=due)

    assert (found.reason, found.state.polled_dt) == (Reason.BAD_ANSWER, None)


def test_an_entry_that_a_whole_poll_finds_and_the_304_before_denied_casts_doubt() -> None:
    old = replace(KNOWN, polled_dt=NOW + timedelta(hours=2))

    assert plan(old, due=replace(DUE, whole=True), etag='"2"').state.distrusted
    assert not plan(old, etag='"2"').state.distrusted


def test_a_feed_that_is_gone_where_it_moved_to_is_asked_at_its_own_address_again() -> None:
    moved = replace(KNOWN, address="https://new.example/feed")

    assert plan(moved, status=410, reading=None).due_dt
    assert plan(moved, status=410, reading=None).next.url == FEED.url


def test_what_opens_a_feed_goes_to_its_own_origin_however_that_is_spelt() -> None:
    locked = replace(FEED, url="https://News.Example/feed", auth=Auth(env="TOKEN"))

    assert schedule.request(DueFeed(feed_id="example", url="https://news.example/moved"), locked).auth
    assert not schedule.request(DueFeed(feed_id="example", url="https://other.example/feed"), locked).auth
