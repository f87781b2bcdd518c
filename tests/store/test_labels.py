"""A label is what was said last of a topic and an article; and articles are read in the order of their changes, part by part."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from connectors.store import Store, open_store, revision
from connectors.store.engine import database
from schemas.article import Article, ChangeKind, Origin
from schemas.label import Label

NOON = datetime(2021, 10, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def label(topic_id: str = "t", article_id: str = "1", relevant: bool = True, at: datetime = NOON) -> Label:
    url = f"http://a.test/{article_id}"
    return Label(topic_id=topic_id, article_id=article_id, relevant=relevant, url=url, title="Überschrift", labelled_dt=at)


def article(article_id: str) -> Article:
    return Article(
        article_id=article_id,
        revision=1,
        change_kind=ChangeKind.DISCOVERED,
        origin=Origin.LIVE,
        url=f"http://a.test/{article_id}",
        source_id="a",
        first_seen_dt=NOON,
        content_hash="h",
    )


def save(store: Store, *labels: Label) -> None:
    for one in labels:
        store.write_now(lambda tx, one=one: tx.labels.save(one))  # type: ignore[misc]


def test_a_label_comes_back_whole(store: Store) -> None:
    save(store, label())

    assert store.read_now(lambda tx: tx.labels.of("t")) == [label()]


def test_what_is_said_last_stands(store: Store) -> None:
    save(store, label(), label(relevant=False, at=NOON + HOUR))

    assert store.read_now(lambda tx: tx.labels.of("t")) == [label(relevant=False, at=NOON + HOUR)]


def test_a_topic_has_its_own_labels_in_the_order_they_were_said(store: Store) -> None:
    save(store, label(article_id="2", at=NOON + HOUR), label("other"), label())

    assert [one.article_id for one in store.read_now(lambda tx: tx.labels.of("t"))] == ["1", "2"]
    assert [one.topic_id for one in store.read_now(lambda tx: tx.labels.all())] == ["other", "t", "t"]


def test_a_label_that_is_removed_is_gone_and_one_that_never_was_says_so(store: Store) -> None:
    save(store, label(), label(article_id="2"))

    assert [store.write_now(lambda tx: tx.labels.remove("t", "1")) for _ in range(2)] == [True, False]
    assert [one.article_id for one in store.read_now(lambda tx: tx.labels.all())] == ["2"]


def test_articles_are_read_part_by_part_in_the_order_of_their_changes(store: Store) -> None:
    for article_id, at in (("old", NOON - HOUR), ("b", NOON), ("a", NOON), ("c", NOON), ("late", NOON + HOUR)):
        store.write_now(lambda tx, i=article_id, at=at: tx.articles.save(article(i), [], at))  # type: ignore[misc]
    read: list[str] = []
    since, after = NOON, ""
    while part := store.read_now(lambda tx, since=since, after=after: tx.articles.changed(since, after, 2)):  # type: ignore[misc]
        read += [one.article_id for _, one in part]
        since, after = part[-1][0], part[-1][1].article_id

    assert read == ["a", "b", "c", "late"]


def test_a_database_of_the_first_release_is_brought_up_with_its_articles(url: str) -> None:
    store = open_store(url)
    store.write_now(lambda tx: tx.articles.save(article("1"), [], NOON))
    store.close()
    older = database(url)
    later = [f"DROP TABLE {name}" for name in ("labels", "feed_memory", "feed_pages", "hosts")]
    for statement in (*later, "DROP INDEX articles_changed", "UPDATE alembic_version SET version_num = '0001'"):
        older.write(lambda db, statement=statement: db.execute(text(statement)))  # type: ignore[misc]

    revision.upgrade(older)
    older.close()

    store = open_store(url)
    save(store, label())
    assert [one.article_id for _, one in store.read_now(lambda tx: tx.articles.changed(NOON, "", 9))] == ["1"]
    store.close()
