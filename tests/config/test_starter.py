"""The list of feeds that we ship: it loads, each address says where it was seen, each language has one; and the page on feeds."""

import os
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from articles import opml
from articles.subscribe import with_feed
from articles.subscriptions import feeds
from schemas.feed import Feed
from schemas.reasons import Reason
from schemas.settings import Settings

PATH = "config/feeds.yaml"
CORPORA = Path(os.environ.get("TOCSIN_TEST_CORPORA", Path(__file__).parents[2] / "../shared/corpora"))
OF_A_POLL = list(Reason)[: list(Reason).index(Reason.WALLED) + 1]
ORIGIN = r"awesome-rss-feeds, [A-Z][A-Za-z ]+\.opml|[\w.-]+/[\w.-]+ [0-9a-f]{8}, [^;]+\.\w+(; .+)?"


@pytest.fixture
def shipped(pytestconfig: pytest.Config) -> str:
    return (pytestconfig.rootpath / PATH).read_text(encoding="utf-8")


@pytest.fixture
def listed(shipped: str) -> tuple[Feed, ...]:
    return feeds(shipped, PATH)


@pytest.fixture
def page(pytestconfig: pytest.Config) -> str:
    return (pytestconfig.rootpath / "docs/feeds.md").read_text(encoding="utf-8")


def header(shipped: str) -> str:
    return "\n".join(line for line in shipped.partition("\nsources:\n")[0].splitlines() if line.startswith("#"))


def origins(text: str) -> dict[str, str]:
    """Each feed's id with the comment beside it, or without one."""
    return dict(re.findall(r"^  ([a-z0-9-]+):(?:  ?# (.+))?$", text.partition("\nfeeds:\n")[2], re.MULTILINE))


def by_language(text: str) -> dict[str, list[str]]:
    """A line `# de: in German` begins a language."""
    parts = re.split(r"^  # ([a-z]{2}): .*$", text.partition("\nfeeds:\n")[2], flags=re.MULTILINE)
    return {language: re.findall(r"^  ([a-z0-9-]+):", part, re.MULTILINE) for language, part in zip(parts[1::2], parts[2::2], strict=True)}


def test_the_list_is_one_to_begin_with(listed: tuple[Feed, ...]) -> None:
    assert 25 <= len(listed) <= 45


def test_no_address_stands_twice_in_another_spelling(listed: tuple[Feed, ...]) -> None:
    """The same spelling is refused when the file is loaded."""
    spelled = [re.sub(r"^https?://(www\.)?|/$", "", feed.url.lower()) for feed in listed]

    assert sorted(set(spelled)) == sorted(spelled)


def test_every_address_is_on_the_web(listed: tuple[Feed, ...]) -> None:
    strange = [feed.url for feed in listed if urlsplit(feed.url).scheme not in ("http", "https") or "." not in urlsplit(feed.url).netloc]

    assert strange == []


def test_every_feed_says_where_its_address_was_seen(shipped: str, listed: tuple[Feed, ...]) -> None:
    found = origins(shipped)

    assert list(found) == [feed.feed_id for feed in listed]
    assert [f"{feed_id}: {origin}" for feed_id, origin in found.items() if not re.fullmatch(ORIGIN, origin)] == []


def test_an_address_of_awesome_rss_feeds_stands_in_that_file(shipped: str, listed: tuple[Feed, ...]) -> None:
    lists = CORPORA / "opml/awesome-rss-feeds/with_category"
    if not lists.is_dir():
        pytest.skip("no corpora: set TOCSIN_TEST_CORPORA")
    files = {feed_id: lists / origin.removeprefix("awesome-rss-feeds, ") for feed_id, origin in origins(shipped).items()}
    held = {path: {outline.url for outline in opml.read(path.read_bytes()).feeds} for path in files.values() if path.is_file()}
    strange = [feed.url for feed in listed if files[feed.feed_id] in held and feed.url not in held[files[feed.feed_id]]]

    assert len(held) >= 4 and strange == []


def test_every_language_has_a_feed_or_is_named_as_missing(shipped: str, listed: tuple[Feed, ...]) -> None:
    found = by_language(shipped)
    without = [language for language in Settings().languages if not found.get(language)]

    assert [language for language in without if f"No feed in {language}" not in header(shipped)] == []
    assert [feed_id for ids in found.values() for feed_id in ids] == [feed.feed_id for feed in listed]


def test_the_head_says_that_nobody_could_try_them(shipped: str) -> None:
    assert "NOT REACHABLE FROM THE MACHINES THIS WAS BUILT ON" in header(shipped)
    assert "tocsin feeds check --all" in header(shipped)


def test_every_source_is_a_feeds_own_and_has_a_name(shipped: str, listed: tuple[Feed, ...]) -> None:
    written = set(re.findall(r"^  ([a-z0-9-]+): \{name: ", shipped, re.MULTILINE))

    assert {feed.source.source_id for feed in listed} == written


def test_nobody_is_visited_more_often_than_by_default(listed: tuple[Feed, ...]) -> None:
    assert min(feed.every or timedelta(minutes=15) for feed in listed) >= timedelta(minutes=15)


def test_a_feed_of_ones_own_leaves_the_list_as_it_is_and_stands_at_its_end(shipped: str) -> None:
    text, name = with_feed(shipped, "https://example.org/feed.xml", "", PATH)

    assert text == f"{shipped}  {name}:\n    url: https://example.org/feed.xml\n"


def test_the_page_on_feeds_explains_every_reason_of_a_poll(page: str) -> None:
    explained = re.findall(r"^\| `([a-z_]+)` \|", page.partition("## What feeds list says")[2].partition("| reason |")[2], re.MULTILINE)

    assert explained == [str(reason) for reason in OF_A_POLL]


def test_the_feeds_on_the_page_on_feeds_load(page: str) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)

    assert feeds(example, "docs/feeds.md")[0].source.family == "example-group"
