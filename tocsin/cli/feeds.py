"""feeds: what is polled, how it fares, and lists of feeds in and out."""

import asyncio
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.context import Json, load, no, say, show, store

if TYPE_CHECKING:
    from pipeline.check import Checked

app = typer.Typer(no_args_is_help=True, help="What is polled, and how it fares.")

_AT_ONCE = 8


@app.command("list")
def list_(failing: Annotated[bool, typer.Option("--failing", help="Only those that fail.")] = False, as_json: Json = False) -> None:
    """Every feed with its named reason."""
    from articles.schedule import failing as is_failing

    known = _states()
    rows = []
    for feed in _configured():
        state = known.get(feed.feed_id)
        reason = state.reason if state else None
        if failing and not is_failing(reason):
            continue
        rows.append(
            {
                "feed": feed.feed_id,
                "reason": reason or "not polled yet",
                "since": _when(state and state.reason_since_dt),
                "failures": state.failures if state else 0,
                "next": _when(state and state.due_dt),
                "detail": (state and state.detail) or "",
                "url": feed.url,
            }
        )
    show(rows, as_json, "no feed fails" if failing else "no feeds yet: tocsin feeds add URL")


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="The feed's address.")],
    feed_id: Annotated[str, typer.Option("--id", help="Its name; made from the host where it is left out.")] = "",
    unchecked: Annotated[bool, typer.Option("--unchecked", help="Do not ask the feed first.")] = False,
) -> None:
    """Look at a feed, show its newest items, and write it into feeds.yaml."""
    from articles.subscribe import with_feed
    from connectors import files

    if not unchecked:
        checked = asyncio.run(_check([url]))[0]
        _tell(checked)
        if not checked.good:
            no("not added: it does not read as a feed; --unchecked adds it all the same")
    path = Path(load()[0].config) / "feeds.yaml"
    text, name = with_feed(files.read_text(path), url, feed_id, "feeds.yaml")
    files.write_atomic(path, text.encode())
    say(f"added as {name}; it is polled in the next cycle")


@app.command()
def check(
    urls: Annotated[list[str] | None, typer.Argument(help="Addresses.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every configured feed.")] = False,
    as_json: Json = False,
) -> None:
    """Ask feeds once, as a poll would, and say what came. Nothing is kept. Exit code 1 where one is bad, 5 where some are."""
    asked = [feed.url for feed in _configured()] if everything else urls or []
    if not asked:
        raise typer.BadParameter("name an address, or --all")
    found = asyncio.run(_check(asked))
    if as_json:
        show([{"url": c.url, "good": c.good, "reason": c.reason, "detail": c.detail, "entries": _count(c)} for c in found], True)
    else:
        for checked in found:
            _tell(checked)
    bad = sum(not c.good for c in found)
    raise typer.Exit(0 if not bad else 1 if bad == len(found) else 5)


@app.command("import")
def import_(file: Annotated[Path, typer.Argument(help="An OPML file.")]) -> None:
    """Add the feeds of an OPML list. Each outline is added, there already, or refused with its reason."""
    from articles import opml
    from articles.subscribe import with_feed
    from connectors import files

    listed = opml.read(file.read_bytes())
    path = Path(load()[0].config) / "feeds.yaml"
    text, added, there = files.read_text(path), 0, 0
    known = {feed.url for feed in _configured()}
    for outline in listed.feeds:
        if outline.url in known:
            there += 1
            continue
        text, _ = with_feed(text, outline.url, outline.name, "feeds.yaml")
        known.add(outline.url)
        added += 1
    files.write_atomic(path, text.encode())
    say(f"{added} added, {there} there already, {len(listed.refused)} refused")
    for why in listed.refused:
        say(f"  refused: {why}")
    raise typer.Exit(5 if listed.refused else 0)


@app.command()
def export() -> None:
    """The configured feeds as OPML, on stdout."""
    from articles import opml

    sys.stdout.write(opml.written(_configured()))


async def _check(urls: list[str]) -> "list[Checked]":
    from connectors.fetch import Web
    from connectors.workers import Processes
    from connectors.world import now
    from pipeline.check import check
    from tocsin import __version__

    settings, _ = load()
    some = asyncio.Semaphore(_AT_ONCE)
    async with AsyncExitStack() as stack:
        web = await stack.enter_async_context(Web(contact=settings.contact, version=__version__, allow_hosts=settings.allow_hosts))
        workers = await stack.enter_async_context(Processes(settings.workers))

        async def one(url: str) -> "Checked":
            async with some:
                return await check(web, workers, url, now())

        return list(await asyncio.gather(*map(one, urls)))


def _tell(checked: "Checked") -> None:
    detail = f": {checked.detail}" if checked.detail else ""
    say(f"{'good' if checked.good else 'BAD '}  {checked.url}  {checked.reason}, {_count(checked)} entries{detail}")
    for item in (checked.reading.items if checked.reading else ())[:3]:
        say(f"        {item.title}  {item.url}")


def _count(checked: "Checked") -> int:
    return len(checked.reading.items) if checked.reading else 0


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


def _when(dt: Any) -> str:
    return f"{dt:%Y-%m-%d %H:%M}Z" if dt else ""
