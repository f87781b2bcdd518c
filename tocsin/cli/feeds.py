"""feeds: what is polled, how it fares, and lists of feeds in and out."""

import asyncio
import itertools
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from schemas.errors import ConfigError
from tocsin.cli import feeds_parse
from tocsin.cli.context import NO, PARTLY, Json, load, no, put, say, show, store
from tocsin.cli.progress import progress

if TYPE_CHECKING:
    from pipeline.check import Checked

app = typer.Typer(no_args_is_help=True, help="What is polled, and how it fares.")
app.command("parse")(feeds_parse.parse)

_AT_ONCE = 8
_NEWEST = 3
_NONE = "no feeds yet: tocsin feeds add URL, and a folder to begin with: tocsin init"


@app.command("list")
def list_(failing: Annotated[bool, typer.Option("--failing", help="Only those that fail.")] = False, as_json: Json = False) -> None:
    """Every feed with its named reason."""
    from articles.schedule import failing as is_failing

    known = _states()
    rows = [_row(feed, known.get(feed.feed_id)) for feed in _configured()]
    wanted = [row for row in rows if not failing or is_failing(row["reason"])]
    empty = f"no feed of {len(rows)} fails" if rows else _NONE
    show(wanted, as_json, empty, table=("feed", "reason", "since", "next", "detail"))


def _row(feed: Any, state: Any) -> dict[str, Any]:
    return {
        "feed": feed.feed_id,
        "reason": state.reason if state else None,
        "since": state and state.reason_since_dt,
        "failures": state.failures if state else 0,
        "next": state and state.due_dt,
        "detail": (state and state.detail) or ("" if state and state.reason else "not polled yet"),
        "url": feed.url,
    }


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="The feed's address.")],
    feed_id: Annotated[str, typer.Option("--id", help="Its name; made from the host where it is left out.")] = "",
    unchecked: Annotated[bool, typer.Option("--unchecked", help="Do not ask the feed first.")] = False,
    as_json: Json = False,
) -> None:
    """Look at a feed, show its newest items, and write it into feeds.yaml. Exit code 1 where it is no feed, or there already."""
    from articles.subscribe import refusal, with_feed

    if why := refusal(url):
        raise typer.BadParameter(f"{url} {why}")
    before, write = _file()
    if there := [feed.feed_id for feed in _configured() if feed.url == url]:
        no(f"not added: it is there already, as {there[0]}")
    if not unchecked:
        _look(url)
    text, name = with_feed(before, url, feed_id, "feeds.yaml")
    write(text)
    if as_json:
        show([{"feed": name, "url": url}], True)
    say(f"added as {name}; it is polled in the next cycle")


def _look(url: str) -> None:
    checked = asyncio.run(_check([url]))[0]
    say(f"{checked.url}: {checked.reason}, {_count(checked)} entries{f': {checked.detail}' if checked.detail else ''}")
    for item in (checked.reading.items if checked.reading else ())[:_NEWEST]:
        say(f"    {item.title}  {item.url}")
    if not checked.good:
        no("not added: it does not read as a feed; --unchecked adds it all the same")


@app.command()
def check(
    urls: Annotated[list[str] | None, typer.Argument(help="Addresses.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every configured feed.")] = False,
    as_json: Json = False,
) -> None:
    """Ask feeds once, as a poll would, and say what came. Nothing is kept. Exit code 1 where one is bad, 5 where some are."""
    asked = [feed.url for feed in _configured()] if everything else urls or []
    if everything and not asked:
        return say(_NONE)
    if not asked:
        raise typer.BadParameter("name an address, or --all")
    found = asyncio.run(_check(asked))
    rows = [{"good": c.good, "reason": c.reason, "entries": _count(c), "url": c.url, "detail": c.detail} for c in found]
    show(rows, as_json)
    bad = sum(not c.good for c in found)
    raise typer.Exit(0 if not bad else NO if bad == len(found) else PARTLY)


@app.command("import")
def import_(file: Annotated[Path, typer.Argument(help="An OPML file.", exists=True, dir_okay=False)], as_json: Json = False) -> None:
    """Add the feeds of an OPML list. Each outline is added, there already, or refused with its reason: exit code 5."""
    from articles import opml
    from articles.subscribe import with_feeds

    listed = opml.read(file.read_bytes())
    if not listed.feeds and not listed.refused:
        no(f"{file} lists no feed: is it OPML?")
    before, write = _file()
    known = {feed.url for feed in _configured()}
    new = [outline for outline in listed.feeds if outline.url not in known]
    text, names = with_feeds(before, [(outline.url, outline.title) for outline in new], "feeds.yaml")
    write(text)
    rows = [{"outcome": "added", "feed": name, "title": o.title, "url": o.url, "why": ""} for name, o in zip(names, new, strict=True)]
    rows += [{"outcome": "known", "feed": "", "title": o.title, "url": o.url, "why": ""} for o in listed.feeds if o.url in known]
    refused = [{"outcome": "refused", "feed": "", "title": o.title, "url": o.url, "why": o.why} for o in listed.refused]
    show([*rows, *refused] if as_json else refused, as_json, "", table=("title", "url", "why"))
    twice = f", {listed.repeated} listed twice" if listed.repeated else ""
    say(f"{len(new)} added, {len(listed.feeds) - len(new)} there already{twice}, {len(refused)} refused")
    raise typer.Exit(PARTLY if refused else 0)


@app.command()
def export(as_json: Json = False) -> None:
    """The configured feeds, on stdout: as OPML."""
    from articles import opml

    feeds = _configured()
    if as_json:
        show([{"feed": f.feed_id, "url": f.url, "every_s": f.every.total_seconds(), "source": f.source.name} for f in feeds], True)
    else:
        put(opml.written(feeds).rstrip())


async def _check(urls: list[str]) -> "list[Checked]":
    from connectors.clock import now
    from connectors.fetch import Web
    from connectors.workers import Processes
    from pipeline.check import check
    from tocsin import __version__

    settings, _ = load()
    some = asyncio.Semaphore(_AT_ONCE)
    async with AsyncExitStack() as stack:
        web = await stack.enter_async_context(Web(contact=settings.contact, version=__version__, allow_hosts=settings.allow_hosts))
        workers = await stack.enter_async_context(Processes(settings.workers))

        bar = stack.enter_context(progress("feeds"))
        done = itertools.count(1)

        async def one(url: str) -> "Checked":
            async with some:
                checked = await check(web, workers, url, now())
            bar(next(done), len(urls), url)
            return checked

        return list(await asyncio.gather(*map(one, urls)))


def _count(checked: "Checked") -> int:
    return len(checked.reading.items) if checked.reading else 0


def _file() -> tuple[str, Callable[[str], None]]:
    """The text of feeds.yaml, and the way to write another. Raises ConfigError."""
    from connectors import files

    path = Path(load()[0].config) / "feeds.yaml"
    if not path.exists():
        raise ConfigError("feeds.yaml", 1, 1, "there is no such file", "Write a configuration to begin with: tocsin init")
    return files.read_text(path), lambda text: files.write_atomic(path, text.encode())


def _configured() -> Any:
    from articles import subscriptions
    from connectors import files

    folder = Path(load()[0].config)
    return subscriptions.feeds(files.read_config(folder).get("feeds.yaml", "feeds: {}"), "feeds.yaml")


def _states() -> dict[str, Any]:
    opened = store()
    states = {state.feed_id: state for state in opened.read_now(lambda tx: tx.feeds.all())}
    opened.close()
    return states
