"""The local news site in a process of its own, so that its work is not counted as ours; it notes what it served and was sent, and when."""

import argparse
import asyncio
import json
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.ground import Ground, Home, program
from connectors.clock import now
from demo import crowd
from demo.article import Article, articles
from demo.news_site import Document, Site, routes_yaml
from demo.papers import Feed
from demo.serve import serve
from tocsin.shipped import shipped

TOPIC = "nato-russia"
_SEED = 2021


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """feeds: by id. pages: of every article. notes: where it writes a line for each thing that happened."""

    feeds: dict[str, str]
    pages: tuple[str, ...]
    hosts: tuple[str, ...]
    notes: Path

    def noted(self, what: str) -> list[Any]:
        """`served` (url, out, at: when its feed first showed it) or `posted` (urls, at). Times are seconds since 1970."""
        lines = (line for line in self.notes.read_text(encoding="utf-8").splitlines(keepends=True) if line.endswith("\n"))
        return [told[what] for line in lines if what in (told := json.loads(line))]

    def configure(self, home: Home, every: str = "15m") -> None:
        """All of it as an operator would write it: the feeds, the shipped topic, a webhook that is signed."""
        (home.config / "topics").mkdir(parents=True, exist_ok=True)
        feeds = "".join(f"  {feed_id}: {{url: '{url}', every: {every}}}\n" for feed_id, url in self.feeds.items())
        (home.config / "feeds.yaml").write_text(f"feeds:\n{feeds}", encoding="utf-8")
        (home.config / "routes.yaml").write_text(routes_yaml(f"http://{self.hosts[0]}", "HOOK_SECRET"), encoding="utf-8")
        shutil.copy(shipped() / "topics" / f"{TOPIC}.yaml", home.config / "topics")


@contextmanager
def press(ground: Ground, *, articles: int, hosts: int, every: float = 0, after: float = 0, matching: bool = False) -> Iterator[Press]:
    """every: seconds between two articles, 0: all are out at once. matching: only such as ring. One address a host."""
    home, ports = ground.home("press"), [str(ground.port()) for _ in range(hosts)]
    command = [sys.executable, "-m", "benchmarks.press", str(articles), *ports, "--every", str(every), "--after", str(after)]
    with program([*command, "--matching"] if matching else command, home, "press"):
        notes, until = home.folder / "press.out", time.monotonic() + 30
        while not notes.read_bytes().endswith(b"\n"):
            if time.monotonic() > until:
                raise RuntimeError(f"the local site did not start: {(home.folder / 'press.err').read_text()}")
            time.sleep(0.05)
        opened = json.loads(notes.read_text(encoding="utf-8").splitlines()[0])
        names = tuple(f"127.0.0.1:{port}" for port in ports)
        yield Press(feeds=opened["feeds"], pages=tuple(opened["pages"]), hosts=names, notes=notes)


class _Noting(Site):
    """Says when a feed first showed an article."""

    def feed(self, feed_id: str, base: str) -> Document:
        for shown in self.released(feed_id):
            if shown.path not in self.shown:
                self.shown.add(shown.path)
                _say(served={"url": base + shown.path, "out": shown.out_dt.timestamp(), "at": time.time()})
        return super().feed(feed_id, base)

    shown: set[str]


def _site(count: int, every: float, after: float, matching: bool) -> _Noting:
    chosen = crowded(count * 4 + 28 if matching else count)
    if matching:
        chosen = [article for article in chosen if article.topic == TOPIC][:count]
    timed = [replace(a, release=timedelta(seconds=after + every * n)) for n, a in enumerate(chosen)] if every else chosen
    languages = {article.feed: article.language for article in timed}
    feeds = [Feed(feed_id=feed_id, paper=feed_id, language=language) for feed_id, language in sorted(languages.items())]
    site = _Noting(timed, now, 1.0, True, feeds)
    site.shown = set()
    return site


def crowded(count: int) -> list[Article]:
    """As many articles of the crowd, always the same ones."""
    return [a for a in crowd(Site(articles(), now, 1.0), count, _SEED).articles if a.feed.startswith("crowd-")]


async def _run(site: _Noting, ports: Sequence[int]) -> None:
    async with AsyncExitStack() as stack:
        bases = [await stack.enter_async_context(serve(site, port=port)) for port in ports]
        at = {feed.feed_id: bases[n % len(bases)] for n, feed in enumerate(site.feeds)}
        pages = [f"{at[article.feed]}/{article.feed}/{article.slug}" for article in site.articles]
        _say(feeds={feed.feed_id: at[feed.feed_id] + feed.path for feed in site.feeds}, pages=pages)
        noting = asyncio.create_task(_note_posts(site))
        await asyncio.to_thread(sys.stdin.read)  # until whoever started us is gone
        noting.cancel()


async def _note_posts(site: Site) -> None:
    while True:
        post = await site.posts.get()
        alert = post.value["alert"]
        newest = alert.get("articles", [])[: max(1, alert.get("new_count", 1))]
        _say(posted={"urls": [article["url"] for article in newest], "at": post.arrived_dt.timestamp()})


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.press")
    parser.add_argument("articles", type=int)
    parser.add_argument("ports", type=int, nargs="+")
    parser.add_argument("--every", type=float, default=0)
    parser.add_argument("--after", type=float, default=0)
    parser.add_argument("--matching", action="store_true")
    chosen = parser.parse_args()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: the end of our input ends us
    asyncio.run(_run(_site(chosen.articles, chosen.every, chosen.after, chosen.matching), chosen.ports))


if __name__ == "__main__":
    main()
