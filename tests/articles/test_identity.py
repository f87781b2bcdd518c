"""What is the same: addresses, entries, articles over time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import identity
from articles.feeds import FeedItem
from schemas import codec
from schemas.article import Article, BodyStatus, ChangeKind, DateSource, Entry, Extraction, Origin, Page, Precision
from schemas.exchange import Failure, Response
from schemas.feed import Feed, Source

NOW = datetime(2021, 10, 22, 16, 0, tzinfo=UTC)
FEED = Feed(feed_id="example", url="https://news.example/feed", every=timedelta(minutes=5), source=Source(source_id="news", name="News"))
ITEM = FeedItem(
    guid="1", url="https://news.example/a?utm_source=rss", title="NATO meets", summary="In Brussels.", published_dt=NOW - timedelta(hours=1)
)
PAGE = Page(
    title="NATO meets in Brussels", body_text="The ministers met for two days.", extraction=Extraction(tool="trafilatura", version="2")
)
DATED = replace(
    PAGE,
    published_dt=NOW - timedelta(hours=2),
    published_source=DateSource.JSON_LD,
    published_precision=Precision.MINUTE,
    canonical_url="https://news.example/b",
)
GOT = Response(url="https://news.example/a", status=200, body=b"<html>")
TIMEOUT = Response(url="https://news.example/a", failure=Failure.TIMEOUT)


@pytest.mark.parametrize(
    "other",
    [
        "HTTPS://News.Example/a?b=2&c=1",
        "https://news.example:443/a?b=2&c=1",
        "https://news.example./a?c=1&b=2",
        "https://news.example/a?c=1&utm_source=rss&b=2&fbclid=x",
        "https://news.example/a?b=2&c=1#comments",
        "https://user:pw@news.example/a?b=2&c=1",
        " https://news.example/a?b=2&&c=1 ",
    ],
)
def test_spellings_of_one_address_are_one(other: str) -> None:
    """Case, default port, order, trackers, fragments."""
    assert identity.normalised(other) == "https://news.example/a?b=2&c=1"


@pytest.mark.parametrize("query", ["?12345", "?gallery=7", "?keyword=nato", "?cid=9", "?source=dpa", "?id=5", "#!/story/5", "?a=1&a=2"])
def test_what_may_name_an_article_stays(query: str) -> None:
    """Two articles as one would lose one of them."""
    assert identity.normalised(f"https://news.example/{query}") == f"https://news.example/{query}"


URLS = st.builds(
    lambda scheme, host, port, path, query, fragment: f"{scheme}://{host}{port}/{path}?{query}#{fragment}",
    st.sampled_from(["http", "HTTPS", "https"]),
    st.sampled_from(["news.example", "Bücher.Example", "xn--bcher-kva.example", "[::1]", "127.0.0.1", "a.example."]),
    st.sampled_from(["", ":80", ":443", ":8080", ":x"]),
    st.text(max_size=20),
    st.text(max_size=20),
    st.text(max_size=10),
)


@given(URLS | st.text(max_size=60))
def test_normalising_twice_changes_nothing(url: str) -> None:
    """For any text at all."""
    once = identity.normalised(url)

    assert identity.normalised(once) == once


def entry(first_poll: bool = False, seed_all: bool = False, **changed: object) -> Entry:
    return identity.entry(replace(ITEM, **changed), FEED, first_poll=first_poll, seed_all=seed_all, now=NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first_poll", "seed_all", "age", "origin"),
    [
        (False, False, timedelta(days=300), Origin.LIVE),
        (False, False, None, Origin.LIVE),
        (True, False, timedelta(hours=23), Origin.LIVE),
        (True, False, timedelta(hours=25), Origin.SEED),
        (True, False, None, Origin.SEED),
        (True, False, timedelta(hours=-3), Origin.SEED),
        (True, True, timedelta(hours=1), Origin.SEED),
        (False, True, timedelta(hours=1), Origin.LIVE),
    ],
)
def test_only_a_first_poll_seeds(first_poll: bool, seed_all: bool, age: timedelta | None, origin: Origin) -> None:
    """Old and undated entries; after a lost database all of them."""
    assert entry(first_poll, seed_all, published_dt=NOW - age if age else None).origin is origin


def test_a_date_in_the_future_is_no_date() -> None:
    """An hour ahead is a wrong clock, more is an announcement."""
    assert entry(published_dt=NOW + timedelta(minutes=59)).published_dt
    assert entry(published_dt=NOW + timedelta(minutes=61)).published_dt is None


def test_an_entry_keeps_its_id_when_its_link_is_only_spelt_anew() -> None:
    """But is another one in another feed."""
    other = identity.entry(ITEM, replace(FEED, feed_id="other"), first_poll=False, seed_all=False, now=NOW)

    assert entry().entry_id == entry(url="https://NEWS.example/a#top").entry_id != other.entry_id


def test_an_article_answers_to_every_address_of_its_page() -> None:
    """The entry's at the front."""
    found = identity.addresses(entry(), DATED, "https://news.example/c?fbclid=1")

    assert found == ("https://news.example/a", "https://news.example/c", "https://news.example/b")


@pytest.mark.parametrize(
    ("page", "final"), [(None, "https://news.example/c"), (PAGE, "https://news.example/login"), (DATED, "https://news.example/")]
)
def test_a_page_that_may_be_a_gate_gives_no_address(page: Page | None, final: str) -> None:
    """Else every article behind one log-in page would be the same article."""
    page = replace(page, canonical_url=None) if page else None

    assert identity.addresses(entry(), page, final) == ("https://news.example/a",)


def revise(before: Article | None, page: Page | None, **changed: object) -> Article | None:
    return identity.revise(before, entry(**changed), page, GOT if page else TIMEOUT, NOW, family="dpa")  # type: ignore[arg-type]


def first(page: Page | None) -> Article:
    made = revise(None, page)
    assert made
    return made


def test_the_first_try_publishes_what_the_feed_told() -> None:
    """Without a page: the summary, and how the fetch ended."""
    made = first(None)

    assert (made.revision, made.change_kind, made.body_status) == (1, ChangeKind.DISCOVERED, BodyStatus.SUMMARY_ONLY)
    assert (made.title, made.body_text, made.word_count, made.family) == ("NATO meets", "In Brussels.", 2, "dpa")
    assert made.fetch and made.fetch.status == 0 and made.feed and made.feed.feed_id == "example"
    assert (made.published_dt, made.published_source) == (ITEM.published_dt, DateSource.FEED)


def test_a_later_body_is_a_revision_with_the_same_identity() -> None:
    """Id, origin, link and first sight stay."""
    before = replace(first(None), origin=Origin.SEED)

    after = revise(before, DATED, url="https://news.example/other")

    assert after and (after.revision, after.change_kind, after.body_status) == (2, ChangeKind.UPDATED, BodyStatus.FULL)
    assert (after.article_id, after.origin, after.url, after.first_seen_dt) == (
        before.article_id,
        Origin.SEED,
        before.url,
        before.first_seen_dt,
    )
    assert (after.title, after.published_dt, after.canonical_url) == (PAGE.title, DATED.published_dt, "https://news.example/b")


def test_a_poorer_one_never_replaces_a_body() -> None:
    """A page that fails later takes nothing away."""
    assert revise(first(PAGE), None, title="A new headline") is None


def test_what_reads_the_same_is_no_revision() -> None:
    """White space, case and quotes are no news."""
    assert revise(first(PAGE), replace(PAGE, body_text=" the  ministers met, for two days")) is None
    assert revise(first(None), None) is None


def test_a_changed_text_is_one() -> None:
    """With another hash."""
    before = first(PAGE)

    after = revise(before, replace(PAGE, body_text="The ministers met for three days."))

    assert after and after.content_hash != before.content_hash and after.revision == 2


def test_a_body_that_only_repeats_the_summary_still_makes_the_article_full() -> None:
    """Else it would be fetched again and again."""
    after = revise(first(None), replace(PAGE, title="NATO meets", body_text="In Brussels."))

    assert after and after.body_status is BodyStatus.FULL


@pytest.mark.parametrize(
    ("page", "source"),
    [
        (DATED, DateSource.JSON_LD),
        (replace(DATED, published_source=DateSource.PAGE), DateSource.FEED),
        (replace(DATED, published_precision=Precision.DAY), DateSource.FEED),
        (replace(DATED, published_dt=NOW + timedelta(days=1)), DateSource.FEED),
        (PAGE, DateSource.FEED),
    ],
)
def test_the_best_date_wins(page: Page, source: DateSource) -> None:
    """The page's own minute, then the feed's."""
    assert first(page).published_source is source


def test_an_article_survives_its_wire_form() -> None:
    """Every field is of the type that it says."""
    made = first(DATED)

    assert codec.load(Article, codec.dump(made)) == made
