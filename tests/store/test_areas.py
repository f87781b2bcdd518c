"""Jobs, outbox, journal, feeds, articles and alerts keep what they are given."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from connectors.store import Store
from connectors.store.feeds import Novelty
from schemas.article import Article, ChangeKind, Headline, Origin
from schemas.host import HostState, Robots
from schemas.work import Job, Record

NOON = datetime(2021, 10, 22, 12, tzinfo=UTC)
HOUR, MOMENT = timedelta(hours=1), timedelta(seconds=10)


def job(key: str = "a", **changes: object) -> Job:
    plain = Job(stage="poll", key=key, lane="host/a", due_dt=NOON, kind="DueFeed", value=b"{}")
    return replace(plain, **changes)  # type: ignore[arg-type]


def article(article_id: str = "1", **changes: object) -> Article:
    plain = Article(
        article_id=article_id,
        revision=1,
        change_kind=ChangeKind.DISCOVERED,
        origin=Origin.LIVE,
        url="http://a.test/1",
        source_id="a",
        first_seen_dt=NOON,
        content_hash="h",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def headline(article_id: str, content_hash: str) -> Headline:
    return article(article_id, content_hash=content_hash).headline


def test_a_stage_and_a_key_have_one_job(store: Store) -> None:
    store.write_now(lambda tx: tx.jobs.put(job()))
    store.write_now(lambda tx: tx.jobs.put(job(value=b"newer")))

    assert [j.value for j in store.read_now(lambda tx: tx.jobs.due("poll", "host/a", NOON, 10))] == [b"newer"]


def test_jobs_come_when_they_are_due_the_earliest_first(store: Store) -> None:
    for key, due in (("late", NOON + HOUR), ("second", NOON), ("first", NOON - HOUR)):
        store.write_now(lambda tx, key=key, due=due: tx.jobs.put(job(key, due_dt=due)))  # type: ignore[misc]

    assert [j.key for j in store.read_now(lambda tx: tx.jobs.due("poll", "host/a", NOON, 10))] == ["first", "second"]


def test_a_job_that_was_renewed_is_not_done(store: Store) -> None:
    store.write_now(lambda tx: tx.jobs.put(job(value=b"newer")))

    assert not store.write_now(lambda tx: tx.jobs.done(job(value=b"older")))
    assert store.write_now(lambda tx: tx.jobs.done(job(value=b"newer")))


def test_a_lane_that_somebody_works_on_is_due_later(store: Store) -> None:
    store.write_now(lambda tx: tx.jobs.put(job()))
    assert store.read_now(lambda tx: tx.jobs.due_lanes("poll", NOON)) == {"host/a": True}
    store.write_now(lambda tx: tx.lanes.lease("host/a", "one", (), NOON, NOON + MOMENT))
    assert store.read_now(lambda tx: tx.jobs.due_lanes("poll", NOON)) == {"host/a": False}


def rest(store: Store, lane: str, pause: timedelta) -> None:
    store.write_now(lambda tx: tx.lanes.lease(lane, "one", (), NOON, NOON + MOMENT))
    store.write_now(lambda tx: tx.lanes.move(lane, "one", None, NOON + pause))


def test_a_lane_that_rests_for_a_moment_is_due_later(store: Store) -> None:
    store.write_now(lambda tx: tx.jobs.put(job()))
    rest(store, "host/a", MOMENT)

    assert store.read_now(lambda tx: tx.jobs.due_lanes("poll", NOON)) == {"host/a": False}
    assert store.read_now(lambda tx: tx.jobs.is_due(["poll"], NOON))


def test_a_lane_that_rests_for_longer_has_nothing_due(store: Store) -> None:
    store.write_now(lambda tx: tx.jobs.put(job()))
    rest(store, "host/a", HOUR)

    assert store.read_now(lambda tx: tx.jobs.due_lanes("poll", NOON)) == {}
    assert not store.read_now(lambda tx: tx.jobs.is_due(["poll"], NOON))
    assert store.read_now(lambda tx: tx.jobs.is_due(["poll"], NOON + HOUR))


def free_dt(store: Store) -> datetime:
    lane = store.read_now(lambda tx: tx.lanes.get("host/a"))
    assert lane
    return lane.free_dt


def test_a_lane_is_told_to_rest_by_another_and_the_longest_rest_counts(store: Store) -> None:
    for pause in (HOUR, 2 * HOUR, HOUR):
        store.write_now(lambda tx, pause=pause: tx.lanes.rest("host/a", NOON + pause))  # type: ignore[misc]

    assert free_dt(store) == NOON + 2 * HOUR


def test_a_lane_that_somebody_holds_is_not_told_to_rest(store: Store) -> None:
    store.write_now(lambda tx: tx.lanes.lease("host/a", "one", (), NOON, NOON + MOMENT))
    store.write_now(lambda tx: tx.lanes.rest("host/a", NOON + HOUR))

    assert free_dt(store) == NOON + MOMENT


def test_what_waits_in_a_lane_is_counted_by_stage_with_the_first_that_is_due(store: Store) -> None:
    jobs = [job("a"), job("b", due_dt=NOON - HOUR), job("c", stage="extract"), job("d", lane="host/b")]
    store.write_now(lambda tx: tx.jobs.put_all(jobs))

    assert store.read_now(lambda tx: tx.jobs.waiting_in("host/a")) == {"poll": (2, NOON - HOUR), "extract": (1, NOON)}


def test_a_host_is_kept_as_it_was_last(store: Store) -> None:
    state = HostState(host="a.test", first_dt=NOON, last_dt=NOON, requests=1)
    after = replace(state, requests=2, robots=Robots(text="User-agent: *", fetched_dt=NOON, delay_s=0.5))
    for one in (state, after, replace(state, host="b.test")):
        store.write_now(lambda tx, one=one: tx.hosts.save(one))  # type: ignore[misc]

    assert store.read_now(lambda tx: tx.hosts.get("a.test")) == after
    assert [known.host for known in store.read_now(lambda tx: tx.hosts.all())] == ["a.test", "b.test"]
    assert store.read_now(lambda tx: tx.hosts.get("c.test")) is None


def test_hosts_that_were_not_asked_for_long_are_forgotten(store: Store) -> None:
    old = HostState(host="a.test", first_dt=NOON - 2 * HOUR, last_dt=NOON - HOUR)
    for one in (old, replace(old, host="b.test", last_dt=NOON)):
        store.write_now(lambda tx, one=one: tx.hosts.save(one))  # type: ignore[misc]

    assert store.write_now(lambda tx: tx.hosts.prune(NOON)) == 1
    assert [known.host for known in store.read_now(lambda tx: tx.hosts.all())] == ["b.test"]


def test_the_outbox_gives_its_records_in_order_and_whole(store: Store) -> None:
    records = [Record(stream="s", key=k, id=k, dt=NOON, value=b"v", headers=(("h", "Ж"),)) for k in "abc"]
    store.write_now(lambda tx: tx.outbox.put(records))

    rows = store.read_now(lambda tx: tx.outbox.first(10))

    assert [record for _, record in rows] == records
    store.write_now(lambda tx: tx.outbox.sent([seq for seq, _ in rows[:2]], ()))
    assert store.read_now(lambda tx: tx.outbox.depth()) == 1


def test_the_journal_finds_a_row_by_everything_it_is_about(store: Store) -> None:
    store.write_now(lambda tx: tx.journal.add("extract", "entry", "full_text", "", ("article", "http://a.test"), NOON))

    for name in ("entry", "article", "http://a.test"):
        (row,) = store.read_now(lambda tx, name=name: tx.journal.about([name]))  # type: ignore[misc]
        assert row.reason == "full_text"
        assert row.subjects == ("article", "http://a.test")


def test_an_old_journal_is_pruned_whole(store: Store) -> None:
    store.write_now(lambda tx: tx.journal.add("poll", "old", "x", "", ("a",), NOON - HOUR))
    store.write_now(lambda tx: tx.journal.add("poll", "new", "x", "", ("a",), NOON))

    assert store.write_now(lambda tx: tx.journal.prune(NOON)) == 1
    assert [row.key for row in store.read_now(lambda tx: tx.journal.about(["a"]))] == ["new"]


def test_an_entry_is_new_once_and_again_when_it_changes(store: Store) -> None:
    seen = [store.write_now(lambda tx, d=d: tx.seen.add("e", d, NOON)) for d in ("1", "1", "2", "2")]  # type: ignore[misc]

    assert seen == [Novelty.NEW, Novelty.KNOWN, Novelty.CHANGED, Novelty.KNOWN]


def test_an_address_stays_with_the_article_it_led_to_first(store: Store) -> None:
    store.write_now(lambda tx: tx.articles.save(article("1"), ["http://a.test/1", "http://a.test/x"], NOON))
    store.write_now(lambda tx: tx.articles.save(article("2"), ["http://a.test/2", "http://a.test/x"], NOON))

    found = store.read_now(lambda tx: tx.articles.at(["http://a.test/x"]))
    assert found is not None
    assert found.article_id == "1"


def test_a_topic_remembers_what_it_told_by_id_and_by_text(store: Store) -> None:
    store.write_now(lambda tx: tx.alerts.tell("t", headline("1", "h"), "alert"))

    told = [store.read_now(lambda tx, h=h: tx.alerts.told("t", h)) for h in (headline("1", "x"), headline("2", "h"), headline("3", "y"))]  # type: ignore[misc]
    assert told == ["alert", "alert", None]


def test_what_a_stage_has_yet_to_read_is_kept_and_can_go_out_again(store: Store) -> None:
    records = [Record(stream=s, key="k", id=i, dt=NOON, value=b"v") for s, i in (("read", "1"), ("read", "2"), ("free", "3"))]
    store.write_now(lambda tx: tx.outbox.put(records))
    seqs = [seq for seq, _ in store.read_now(lambda tx: tx.outbox.first(10))]
    store.write_now(lambda tx: tx.outbox.sent(seqs, ["read"]))
    assert store.read_now(lambda tx: tx.outbox.depth()) == 0
    store.write_now(lambda tx: tx.outbox.read(["1"]))

    assert store.write_now(lambda tx: tx.outbox.again("read")) == 1
    assert [record.id for _, record in store.read_now(lambda tx: tx.outbox.first(10))] == ["2"]
