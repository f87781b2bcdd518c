"""feeds: what is polled, how it fares, and lists of feeds in and out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli import feeds_add, feeds_check, feeds_parse
from tocsin.cli.context import PARTLY, Json, no, put, say, show, store
from tocsin.cli.feeds_file import NONE, configured, opened

if TYPE_CHECKING:
    from schemas.feed import Feed, FeedState

app = typer.Typer(no_args_is_help=True, help="What is polled, and how it fares.")


@app.command("list")
def list_(
    failing: Annotated[bool, typer.Option("--failing", help="Only those that fail.")] = False,
    silent: Annotated[bool, typer.Option("--silent", help="Only those that answer, and yet are not well.")] = False,
    as_json: Json = False,
) -> None:
    """Every feed with one reason, in plain words."""
    from articles.health_words import Standing

    known = _states()
    rows = [_row(feed, known.get(feed.feed_id)) for feed in configured()]
    asked = {Standing.FAILING: failing, Standing.SUSPECT: silent}
    wanted = [row for row in rows if not any(asked.values()) or asked.get(row["health"])]
    which = " or ".join(filter(None, ("fails" if failing else "", "is silent" if silent else "")))
    empty = f"no feed of {len(rows)} {which}" if rows else NONE
    show(wanted, as_json, empty, table=("feed", "health", "in_words", "since", "next", "gaps"))


def _row(feed: "Feed", state: "FeedState | None") -> dict[str, Any]:
    from articles.health_words import health

    one = health(state)
    return {
        "feed": feed.feed_id,
        "reason": one.reason,
        "since": one.since_dt,
        "failures": state.failures if state else 0,
        "next": state and state.due_dt,
        "detail": one.detail,
        "url": feed.url,
        "health": one.standing,
        "in_words": one.told,
        "gaps": state.gaps if state else 0,
    }


app.command("add")(feeds_add.add)
app.command("check")(feeds_check.check)
app.command("parse")(feeds_parse.parse)


@app.command("import")
def import_(file: Annotated[Path, typer.Argument(help="An OPML file.", exists=True, dir_okay=False)], as_json: Json = False) -> None:
    """Add the feeds of an OPML list. Each outline is added, there already, or refused with its reason: exit code 5."""
    from articles import opml
    from articles.subscribe import with_feeds

    listed = opml.read(file.read_bytes())
    if not listed.feeds and not listed.refused:
        no(f"{file} lists no feed: is it OPML?")
    before, write = opened()
    known = {feed.url for feed in configured()}
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

    feeds = configured()
    if as_json:
        show([_exported(feed) for feed in feeds], True)
    else:
        put(opml.written(feeds).rstrip())


def _exported(feed: "Feed") -> dict[str, Any]:
    return {"feed": feed.feed_id, "url": feed.url, "every_s": feed.every and feed.every.total_seconds(), "source": feed.source.name}


def _states() -> "dict[str, FeedState]":
    database = store()
    states = {state.feed_id: state for state in database.read_now(lambda tx: tx.feeds.all())}
    database.close()
    return states
