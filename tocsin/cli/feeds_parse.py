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
    from connectors.fetch import Web
    from schemas.exchange import Response

_SHORT = 160  # characters of a summary that people see
_FAILED = {"deadline": "taking it apart took too long", "memory": "taking it apart took too much memory"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """url: what relative links start from."""

    reading: "Reading"
    url: str


def parse(
    source: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="A feed; - is standard input.")],
    base: Annotated[str, typer.Option("--base", help="Where relative links start from; the address itself where it is one.")] = "",
    as_json: Json = False,
) -> None:
    """Read a feed as a poll would, and write its entries, a line each. What it says of itself, and what was dropped, stands on stderr.

    With --json the feed is the first object ("row": "feed") and each entry one more ("row": "entry"). Exit code 1: it is no feed, and why.
    """
    from articles import answers
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
    raise typer.Exit(NO if answers.failing(parsed.reading.problem) else 0)


async def _parsed(source: str, base: str) -> Parsed:
    from articles import answers
    from articles.feeds import Reading
    from connectors.workers import Processes
    from pipeline.check import feed_at, look, read
    from schemas.reasons import Reason

    remote = urlsplit(source).scheme in ("http", "https")
    found = None if remote else _opened(source)
    if isinstance(found, Reading):
        return Parsed(reading=found, url=source)
    async with Processes(1) as workers:
        if found:
            polled = await read(workers, found, feed_at(source), base)
        else:
            async with _web() as web:
                polled = await look(web, workers, feed_at(source), base)
    response, url = polled.response, base or polled.response.url
    if problem := answers.refused(response):
        detail = response.detail or f"it answered {response.status}"
        return Parsed(reading=Reading(problem=problem, detail=detail), url=source)
    if polled.failed_worker:
        detail = _FAILED.get(polled.failed_worker, f"the process that took it apart {polled.failed_worker}")
        return Parsed(reading=Reading(problem=Reason.WORKER_FAILED, detail=detail), url=url)
    return Parsed(reading=polled.reading or Reading(), url=url)


def _web() -> "Web":
    from connectors.fetch import configured
    from tocsin import __version__

    return configured(load()[0], __version__)


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
        "format": reading.format or None,
        "title": reading.title,
        "link": reading.link,
        "language": reading.language,
        "entries": len(reading.items),
        "without_link": reading.refused,
        "past_limit": reading.left_out,
        "problem": reading.problem,
        "detail": reading.detail or None,
    }


def _say(parsed: Parsed, source: str) -> None:
    """To people: what the feed says of itself, and each thing that was dropped."""
    from articles import answers

    reading = parsed.reading
    if answers.failing(reading.problem):
        return say(f"{source} gives no entries ({reading.problem}): {reading.detail}")
    say(", ".join(filter(None, (reading.format, reading.title, reading.link, reading.language))))
    say(f"{len(reading.items)} entries{f': {reading.detail}' if reading.detail else ''}")
    if reading.refused:
        hint = "" if parsed.url else "; relative ones need --base URL"
        say(f"{reading.refused} dropped: no link by http or https that may be followed{hint}")
    if reading.left_out:
        say(f"{reading.left_out} dropped: past the first {len(reading.items) + reading.refused}, which are all that is used of one feed")
