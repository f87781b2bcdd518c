"""feeds parse: the reader of feeds as a filter. A document in, its entries out, without a broker, a database or Prefect."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from tocsin.cli.context import NO, Json, load, say, show

if TYPE_CHECKING:
    from articles.feeds import FeedItem, Reading
    from schemas.exchange import Response

_SHORT = 160  # characters of a summary that people see
_FAILED = {"deadline": "taking it apart took too long", "memory": "taking it apart took too much memory"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """url: what relative links start from."""

    reading: "Reading"
    url: str
    format: str = ""
    link: str = ""


def parse(
    source: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="A feed; - is standard input.")],
    base: Annotated[str, typer.Option("--base", help="Where relative links start from; the address itself where it is one.")] = "",
    as_json: Json = False,
) -> None:
    """Read a feed as a poll would, and write its entries, a line each. What it says of itself, and what was dropped, stands on stderr.

    With --json the feed is the first object ("row": "feed") and each entry one more ("row": "entry"). Exit code 1: it is no feed, and why.
    """
    from articles import schedule
    from articles.links import link

    if base and link(base, "") is None:
        raise typer.BadParameter(f"--base: {base} is no address by http or https")
    parsed = asyncio.run(_parsed(source, base))
    entries = [_entry(item, as_json) for item in parsed.reading.items]
    feed = _feed(parsed, source)
    if as_json:
        show([feed, *({"row": "entry", **entry} for entry in entries)], True)
    _say(parsed, source)
    if not as_json and entries:
        show(entries, False, table=("published_dt", "title", "url", "summary"))
    raise typer.Exit(NO if schedule.failing(parsed.reading.problem) else 0)


async def _parsed(source: str, base: str) -> Parsed:
    from articles import feeds, schedule
    from articles.feeds import Reading, head
    from connectors.doors import WorkerFailed
    from connectors.workers import Processes
    from schemas.reasons import Reason

    found = await _fetched(source) if urlsplit(source).scheme in ("http", "https") else _opened(source)
    if isinstance(found, Reading):
        return Parsed(reading=found, url=source)
    body, url = found.body, base or found.url
    async with Processes(1) as workers:
        try:
            reading = await workers.run(feeds.read, body, url)
        except WorkerFailed as error:
            problem = _FAILED.get(error.problem, f"the process that took it apart {error.problem}")
            return Parsed(reading=Reading(problem=Reason.WORKER_FAILED, detail=problem), url=url)
        try:
            format_, link = ("", "") if schedule.failing(reading.problem) else await workers.run(head.described, body, url)
        except WorkerFailed:  # what it is called matters less than what it holds
            format_, link = "", ""
    return Parsed(reading=reading, url=url, format=format_, link=link)


async def _fetched(url: str) -> "Response | Reading":
    from articles import schedule
    from articles.feeds import Reading
    from connectors.fetch import Web
    from schemas.feed import DueFeed
    from tocsin import __version__

    settings, _ = load()
    async with Web(contact=settings.contact, version=__version__, allow_hosts=settings.allow_hosts) as web:
        response = await web(schedule.request(DueFeed(feed_id="parse", url=url)))
    if reason := schedule.after_page(response):
        return Reading(problem=reason, detail=response.detail or f"it answered {response.status}")
    return response


def _opened(source: str) -> "Response | Reading":
    """As if an address had answered it."""
    from articles import schedule
    from articles.feeds import Reading
    from schemas.exchange import Response
    from schemas.reasons import Reason

    if source == "-":
        body = sys.stdin.buffer.read(schedule.LARGEST + 1) if sys.stdin else b""
    else:
        try:
            with Path(source).open("rb") as file:
                body = file.read(schedule.LARGEST + 1)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise typer.BadParameter(f"{source} is no file, no address by http or https, and not -") from error
    if len(body) > schedule.LARGEST:
        return Reading(problem=Reason.TOO_LARGE, detail=f"it is larger than {schedule.LARGEST} bytes")
    return Response(url="", status=200, body=body)


def _entry(item: "FeedItem", whole: bool) -> dict[str, Any]:
    summary = item.summary or ""
    return {
        "id": item.guid,
        "title": item.title,
        "url": item.url,
        "published_dt": item.published_dt,
        "language": item.language,
        "authors": item.authors,
        "tags": item.tags,
        "summary": item.summary if whole or len(summary) <= _SHORT else f"{summary[:_SHORT].rstrip()}…",
    }


def _feed(parsed: Parsed, source: str) -> dict[str, Any]:
    reading = parsed.reading
    return {
        "row": "feed",
        "source": source,
        "url": parsed.url or None,
        "format": parsed.format or None,
        "title": reading.title,
        "link": parsed.link or None,
        "language": reading.language,
        "entries": len(reading.items),
        "without_link": reading.refused,
        "past_limit": reading.left_out,
        "problem": reading.problem,
        "detail": reading.detail or None,
    }


def _say(parsed: Parsed, source: str) -> None:
    """To people: what the feed says of itself, and each thing that was dropped."""
    from articles import schedule

    reading = parsed.reading
    if schedule.failing(reading.problem):
        return say(f"{source} gives no entries ({reading.problem}): {reading.detail}")
    say(", ".join(filter(None, (parsed.format, reading.title, parsed.link, reading.language))))
    say(f"{len(reading.items)} entries{f': {reading.detail}' if reading.detail else ''}")
    if reading.refused:
        hint = "" if parsed.url else "; relative ones need --base URL"
        say(f"{reading.refused} dropped: no link by http or https that may be followed{hint}")
    if reading.left_out:
        say(f"{reading.left_out} dropped: past the first {len(reading.items) + reading.refused}, which are all that is used of one feed")
