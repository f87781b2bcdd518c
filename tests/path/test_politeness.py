"""A host is asked as it wants to be: its robots.txt and its Retry-After count for all of it, and what was asked stands in its ledger."""

from datetime import timedelta

import pytest

from connectors.store import open_store
from pipeline import extract
from pipeline.shape import Report
from schemas.article import Entry
from schemas.feed import PageSeen
from schemas.reasons import Reason
from tests.fetch.site import http
from tests.path.host import BUSY, DOWN, MISSING, Host, forbids
from tests.town import BODY, NOON, Town

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SLOWLY = http(b"User-agent: *\nCrawl-delay: 20\nDisallow: /private\n")


@pytest.fixture
def host(town: Town) -> Host:
    return Host(town=town)


def test_robots_txt_is_asked_once_before_the_pages_of_a_host(host: Host) -> None:
    host.articles = 7  # more than one batch

    host.run()

    assert host.asked[0] == "/robots.txt"
    assert sorted(host.asked[1:]) == [f"/{n}" for n in range(1, 8)]


def test_another_process_knows_it_for_a_day(host: Host) -> None:
    host.answers["/1"] = http(status="500 Internal Server Error")

    host.run(3 * MINUTE, DAY)

    assert host.asked == ["/robots.txt", "/1", "/1", "/robots.txt", "/1"]


def test_a_page_it_keeps_us_from_is_never_asked_and_its_summary_goes_out(host: Host) -> None:
    host.answers["/robots.txt"] = forbids("/1")

    first, second = host.run(3 * HOUR)

    assert host.asked == ["/robots.txt"]
    assert (first.reasons[Reason.SUMMARY_ONLY], first.reasons[Reason.OPENED], second.reasons) == (1, 1, {})
    assert [(a["body_status"], a["body_text"], "fetch" in a) for a in host.published] == [("summary_only", "Teil 1", False)]
    assert host.town.broker.all("news.quarantine.v1") == []


def test_the_journal_says_why_a_page_was_not_asked(host: Host) -> None:
    host.answers["/robots.txt"] = forbids("/")

    host.run()

    notes = host.read(lambda tx: tx.journal.about([host.site.url("/1")]))
    detail = next(note.detail for note in notes if note.stage == "extract")
    assert detail == f"robots_disallowed: the robots.txt of {host.site.place} asks us to keep away from it"


def test_a_feed_is_asked_whatever_robots_txt_says(host: Host) -> None:
    host.answers["/robots.txt"] = forbids("/")

    first, second = host.run(40 * DAY)

    assert (first.reasons[Reason.SEEDED], second.reasons[Reason.NOTHING_NEW]) == (1, 1)


def test_while_robots_txt_cannot_be_had_no_page_is_asked_and_the_bodies_follow(host: Host) -> None:
    host.articles = 2
    host.answers["/robots.txt"] = DOWN

    async def recovered() -> tuple[Report, Report]:
        first = await host.cycle()
        host.answers["/robots.txt"] = MISSING
        host.town.later(minutes=6)
        return first, await host.cycle()

    first, second = host.inside(recovered)

    assert (first.reasons[Reason.SUMMARY_ONLY], second.reasons[Reason.FULL_TEXT]) == (2, 2)
    assert host.asked[:2] == ["/robots.txt", "/robots.txt"]
    assert sorted(a["revision"] for a in host.published) == [1, 1, 2, 2]


def test_a_page_that_redirects_to_where_robots_txt_keeps_us_out_gives_no_text(host: Host) -> None:
    host.answers |= {"/robots.txt": forbids("/members/"), "/1": http(status="302 Found", Location="/members/1")}
    host.answers["/members/1"] = http(b"<html><body><article><p>" + BODY.encode() + b"</p></article></body></html>")

    host.run()

    assert [(a["body_status"], a["body_text"]) for a in host.published] == [("summary_only", "Teil 1")]


def test_a_busy_answer_to_one_page_rests_the_whole_host_for_as_long_as_it_asks(host: Host) -> None:
    host.articles = 3
    host.answers |= {f"/{n}": BUSY for n in (1, 2, 3)}

    host.run(30 * MINUTE, 29 * MINUTE)

    assert len(host.asked) == 2  # robots.txt, and one page
    assert host.state.free_dt == NOON + HOUR
    assert host.read(lambda tx: tx.lanes.get(f"host/{host.site.place}")).free_dt == NOON + HOUR  # type: ignore[union-attr]


def test_a_page_that_was_not_asked_because_its_host_wanted_rest_is_not_counted_as_tried(host: Host) -> None:
    host.articles = 3
    host.answers |= {f"/{n}": BUSY for n in (1, 2, 3)}

    host.run()

    waiting = host.read(lambda tx: tx.jobs.due("extract", f"host/{host.site.place}", NOON + DAY, 10))
    assert sorted((job.attempt, job.due_dt) for job in waiting) == [(0, NOON + HOUR), (0, NOON + HOUR), (1, NOON + HOUR)]


def test_the_summaries_of_its_batch_go_out_while_a_host_rests(host: Host) -> None:
    host.articles = 3
    host.answers |= {f"/{n}": BUSY for n in (1, 2, 3)}

    host.run()

    assert sorted(a["body_text"] for a in host.published) == ["Teil 1", "Teil 2", "Teil 3"]


def test_a_feed_that_tells_its_articles_whole_waits_for_no_host(host: Host) -> None:
    host.feed = ", body: feed"

    host.inside(lambda: _with_entry(host, content="\n\n".join(BODY.split("\n")), rests=True))

    assert [a["body_status"] for a in host.published if a["title"] == "Whole"] == ["full"]


def test_of_robots_txt_only_what_speaks_to_us_is_kept(host: Host) -> None:
    host.answers["/robots.txt"] = http(b"# long\nUser-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /private # ours\n")

    host.run()

    assert host.state.robots
    assert host.state.robots.text == "User-agent: *\nDisallow: /private"


def test_after_its_rest_the_host_is_asked_for_all_that_waited(host: Host) -> None:
    host.articles = 3
    host.answers |= {f"/{n}": BUSY for n in (1, 2, 3)}

    async def rested() -> Report:
        await host.cycle()
        for n in (1, 2, 3):
            del host.answers[f"/{n}"]
        host.town.later(hours=1)
        return await host.cycle()

    assert host.inside(rested).reasons[Reason.FULL_TEXT] == 3


def test_a_host_that_rests_leaves_a_cycle_nothing_to_do(host: Host) -> None:
    host.answers["/1"] = BUSY
    host.run()
    late = NOON + 10 * MINUTE

    assert not host.read(lambda tx: tx.jobs.is_due(["poll", "extract"], late))
    assert host.read(lambda tx: tx.jobs.due_lanes("extract", late)) == {}


def test_a_host_that_asks_for_a_slow_pace_is_asked_for_one_page_a_time(host: Host) -> None:
    host.articles = 3
    host.answers["/robots.txt"] = SLOWLY

    reports = host.run(*[timedelta(seconds=21)] * 2)

    assert [report.reasons[Reason.FULL_TEXT] for report in reports] == [1, 1, 1]


def test_the_ledger_counts_feed_robots_and_pages_together_as_the_wire_had_them(host: Host) -> None:
    host.answers["/robots.txt"] = forbids("/private")

    host.run()

    state = host.state
    assert (state.requests, state.not_modified, state.rate_limited, state.failed) == (3, 0, 0, 0)
    assert state.bytes > 1000
    assert state.robots
    assert state.robots.text == "User-agent: *\nDisallow: /private"


def test_a_feed_that_tells_its_articles_whole_has_no_page_asked(host: Host) -> None:
    host.feed = ", body: feed"
    whole = "\n\n".join(BODY.split("\n"))

    host.inside(lambda: _with_entry(host, content=whole))

    assert host.asked == []
    article = next(a for a in host.published if a["title"] == "Whole")
    assert (article["body_status"], article["body_text"], article["language"]) == ("full", whole, "de")
    assert [whole[block["start"] :][:20] for block in article["blocks"]] == [line[:20] for line in BODY.split("\n")]


def test_a_teaser_does_not_pass_for_a_whole_article(host: Host) -> None:
    host.feed = ", body: feed"

    host.inside(lambda: _with_entry(host, content="Nur ein Anreißer."))

    article = next(a for a in host.published if a["title"] == "Whole")
    assert (host.asked, article["body_status"], article["body_text"]) == ([], "summary_only", "Nur ein Anreißer.")


async def _with_entry(host: Host, content: str, rests: bool = False) -> None:
    """Two cycles, the second with this entry. rests: while its host wants no visit."""
    await host.cycle()
    entry = Entry(
        entry_id="whole", feed_id="zeitung", source_id="zeitung", url=host.site.url("/whole"), title="Whole", content=content, seen_dt=NOON
    )
    store = open_store(host.town.database_url)
    store.write_now(lambda tx: tx.jobs.put(extract.job(entry, NOON)))
    if rests:
        store.write_now(lambda tx: tx.lanes.rest(f"host/{host.site.place}", NOON + HOUR))
    store.close()
    await host.cycle()


def test_each_page_of_a_live_article_is_counted_for_the_health_of_its_feed(host: Host) -> None:
    host.articles = 2
    host.answers["/2"] = http(status="403 Forbidden")

    host.run(3 * MINUTE, 5 * MINUTE)  # a wall counts once, however often it is met

    pages = host.read(lambda tx: tx.feeds.pages("zeitung")).pages
    assert sorted(pages, key=lambda seen: seen.words) == [PageSeen(words=0, wall=True), PageSeen(words=len(BODY.split()), language="de")]


def test_no_more_than_the_latest_sixty_are_kept(host: Host) -> None:
    host.articles = 63

    host.run()

    assert len(host.read(lambda tx: tx.feeds.pages("zeitung")).pages) == 60


def test_pages_of_what_was_there_before_us_do_not_count(host: Host) -> None:
    host.town.later(hours=30)

    assert host.run()[0].reasons[Reason.NOT_LIVE] == 1
    assert host.read(lambda tx: tx.feeds.pages("zeitung")).pages == ()
