"""feeds.yaml from the command line: a folder to begin with, feeds added and imported, what the operator wrote kept."""

import asyncio
import os
from pathlib import Path

import pytest

from articles import opml
from tests.bad_input.street import always, street
from tests.cli.terminal import Ended, Terminal
from tests.fetch.site import Answer, http
from tests.town import NEWS, SPORT, rss

CORPORA = Path(os.environ.get("TOCSIN_TEST_CORPORA", Path(__file__).parents[2] / "../shared/corpora"))
LISTS = sorted((CORPORA / "opml" / "awesome-rss-feeds").rglob("*.opml"))

WRITTEN = """\
# ours, since 2019
feeds:
  wire:      # the fast one
    url: "https://wire.test/rss"   # quotes stay
    every: 5m

sources: {}
# the end
"""
MIXED = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
  <outline text="Россия">
    <outline text="Лента &amp; Ко" xmlUrl="https://lenta.test/rss?a=1&amp;b=2"/>
    <outline text="Bare & simple" xmlUrl="https://bare.test/?a=1&b=2"/>
    <outline text="Again" xmlUrl="https://bare.test/?a=1&b=2"/>
  </outline>
  <outline text="The wire" xmlUrl="https://wire.test/rss"/>
  <outline text="By ftp" xmlUrl="ftp://old.test/rss"/>
  <outline text="Secret" xmlUrl="https://me:word@closed.test/rss"/>
  <outline text="A site" type="link" url="https://site.test/list.opml"/>
  <outline text="Nothing"/>
</body></opml>"""


@pytest.fixture
def begun(empty: Terminal) -> Terminal:
    """After tocsin init."""
    assert empty.run("init").code == 0
    return empty


def test_init_writes_a_folder_that_loads(begun: Terminal) -> None:
    assert begun.run("topics", "lint").code == 0
    assert begun.run("config", "check").code == 0
    assert begun.run("feeds", "list").code == 0
    assert {row["topic"] for row in begun.run("topics", "list", "--json").rows} >= {"nato-russia", "gpr-threats", "strikes"}


def test_init_never_overwrites(begun: Terminal) -> None:
    begun.write("feeds.yaml", WRITTEN)
    (begun.config / "routes.yaml").unlink()

    again = begun.run("init", "--json").rows

    assert [Path(row["path"]).name for row in again if row["written"]] == ["routes.yaml"]
    assert (begun.config / "feeds.yaml").read_text() == WRITTEN


def test_init_takes_another_folder(empty: Terminal, tmp_path: Path) -> None:
    empty.run("init", str(tmp_path / "elsewhere"))

    assert (tmp_path / "elsewhere" / "topics" / "nato-russia.yaml").exists()
    assert not empty.config.exists()


async def asked(home: Path, answer: Answer, *command: str) -> tuple[Ended, str]:
    """The command, ended by the address of a feed that answers so; and what feeds.yaml is then."""
    async with street(home, {"local": answer}) as found:
        found.terminal.write("feeds.yaml", WRITTEN)
        ended = await asyncio.to_thread(found.terminal.run, *command, found.sites["local"].url("/feed.xml"))
        return ended, (found.terminal.config / "feeds.yaml").read_text()


def test_a_feed_is_looked_at_shown_and_added_and_every_comment_stays(tmp_path: Path) -> None:
    ended, text = asyncio.run(asked(tmp_path, always(http(rss(NEWS, SPORT))), "feeds", "add", "--id", "local", "--json"))

    assert ended.code == 0, ended.err
    assert [row["feed"] for row in ended.rows] == ["local"]
    assert NEWS[0] in ended.err
    assert "2 entries" in ended.err
    kept, added = text.split("\n\nsources: {}")[0].splitlines(), text
    assert kept[:5] == WRITTEN.splitlines()[:5]
    assert f"  local:\n    url: {ended.rows[0]['url']}\n" in added
    assert all(comment in text for comment in ("# ours, since 2019", "# the fast one", "# quotes stay", "# the end"))


def test_what_is_no_feed_is_not_added_and_the_reason_is_told(tmp_path: Path) -> None:
    ended, text = asyncio.run(asked(tmp_path, always(http(b"<html>no feed</html>")), "feeds", "add"))

    assert (ended.code, ended.out, text) == (1, "", WRITTEN)
    assert "not_a_feed" in ended.err
    assert "--unchecked adds it all the same" in ended.err


def test_unchecked_it_is_added(tmp_path: Path) -> None:
    ended, text = asyncio.run(asked(tmp_path, always(http(b"")), "feeds", "add", "--unchecked"))

    assert ended.code == 0
    assert "  127-0-0:\n" in text


def test_the_shipped_list_gains_two_lines_and_loses_none(begun: Terminal) -> None:
    before = (begun.config / "feeds.yaml").read_text().splitlines()

    begun.run("feeds", "add", "--unchecked", "https://brand-new.test/rss")

    after = (begun.config / "feeds.yaml").read_text().splitlines()
    assert [line for line in after if line not in before] == ["  brand-new:", "    url: https://brand-new.test/rss"]
    assert [line for line in after if line in before] == before


def test_a_feed_that_is_there_is_not_added_twice(begun: Terminal) -> None:
    begun.write("feeds.yaml", WRITTEN)

    ended = begun.run("feeds", "add", "https://wire.test/rss")

    assert (ended.code, ended.err) == (1, "not added: it is there already, as wire\n")


def test_check_tells_good_from_bad(tmp_path: Path) -> None:
    ended, _ = asyncio.run(asked(tmp_path, always(http(rss(NEWS))), "feeds", "check", "--json", "http://10.0.0.1/rss"))

    assert ended.code == 5
    assert [(row["good"], row["reason"], row["entries"]) for row in ended.rows] == [(False, "refused_address", 0), (True, "seeded", 1)]


def test_an_import_tells_what_became_of_each_outline(begun: Terminal, tmp_path: Path) -> None:
    begun.write("feeds.yaml", WRITTEN)
    (tmp_path / "mixed.opml").write_text(MIXED, encoding="utf-8")

    ended = begun.run("feeds", "import", str(tmp_path / "mixed.opml"), "--json")

    assert ended.code == 5
    assert ended.err == "2 added, 1 there already, 1 listed twice, 4 refused\n"
    assert [(row["outcome"], row["feed"], row["title"], row["why"]) for row in ended.rows] == [
        ("added", "lenta", "Лента & Ко", ""),
        ("added", "bare-simple", "Bare & simple", ""),
        ("known", "", "The wire", ""),
        ("refused", "", "By ftp", "is no http or https address"),
        ("refused", "", "Secret", "carries a user name or password"),
        ("refused", "", "A site", "is a list of its own"),
        ("refused", "", "Nothing", "has no address"),
    ]
    text = (begun.config / "feeds.yaml").read_text()
    assert all(comment in text for comment in ("# ours, since 2019", "# the fast one", "# quotes stay", "# the end"))
    assert [row["source"] for row in begun.run("feeds", "export", "--json").rows] == ["wire", "Лента & Ко", "Bare & simple"]


@pytest.mark.parametrize("body", ["", "no list at all", "<opml><body/></opml>", "\x00\x01"])
def test_what_is_no_list_changes_nothing(begun: Terminal, tmp_path: Path, body: str) -> None:
    begun.write("feeds.yaml", WRITTEN)
    (tmp_path / "list.opml").write_text(body)

    ended = begun.run("feeds", "import", str(tmp_path / "list.opml"))

    assert ended.code == 1
    assert "is it OPML?" in ended.err
    assert (begun.config / "feeds.yaml").read_text() == WRITTEN


def test_an_import_without_a_configuration_says_how_to_begin(empty: Terminal, tmp_path: Path) -> None:
    (tmp_path / "mixed.opml").write_text(MIXED, encoding="utf-8")

    ended = empty.run("feeds", "import", str(tmp_path / "mixed.opml"))

    assert ended.code == 3
    assert ended.err.endswith("tocsin init\n")


@pytest.mark.skipif(not LISTS, reason="no corpora: set TOCSIN_TEST_CORPORA")
@pytest.mark.parametrize("path", LISTS, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_a_real_list_is_counted_whole_and_comes_back_whole(begun: Terminal, path: Path) -> None:
    begun.write("feeds.yaml", "feeds: {}")

    rows = begun.run("feeds", "import", str(path), "--json").rows

    assert len(rows) == path.read_bytes().count(b"xmlUrl=")
    exported = opml.read(begun.run("feeds", "export").out.encode()).feeds
    assert {(o.url, o.title) for o in exported} == {(row["url"], row["title"]) for row in rows if row["outcome"] == "added"}


@pytest.mark.skipif(not LISTS, reason="no corpora: set TOCSIN_TEST_CORPORA")
def test_no_list_of_a_hundred_strange_ones_ends_in_a_traceback(begun: Terminal) -> None:
    """Subscription lists of every format, malformed ones too: each loads, or is no list."""
    begun.write("feeds.yaml", "feeds: {}")
    strange = [path for path in (CORPORA / "opml" / "listparser").rglob("*") if path.is_file()]

    codes = {begun.run("feeds", "import", str(path)).code for path in strange}

    assert len(strange) > 100
    assert codes <= {0, 1, 5}
    assert begun.run("feeds", "list").code == 0
