"""feeds check: a poll that keeps nothing, and says every step of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.context import NO, PARTLY, Json, say, show
from tocsin.cli.feeds_asked import ask
from tocsin.cli.feeds_file import NONE, configured

if TYPE_CHECKING:
    from schemas.feed import Feed
    from tocsin.cli.feeds_asked import Asked


def check(
    urls: Annotated[list[str] | None, typer.Argument(help="Addresses: of feeds, or of a site, whose feeds are then found.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every configured feed, a line each.")] = False,
    as_json: Json = False,
) -> None:
    """Ask feeds once, as a poll would, and say what came, step by step. Nothing is kept. Exit code 1 where one is bad, 5 where some are."""
    if everything and not configured():
        return say(NONE)
    if not everything and not urls:
        raise typer.BadParameter("name an address, or --all")
    found = ask(configured() if everything else _named(urls or []))
    if everything or as_json:
        show([_row(asked) for asked in found], as_json, table=("good", "entries", "url", "in_words"))
    else:
        _show_steps(found)
    bad = sum(not asked.checked.good for asked in found)
    raise typer.Exit(0 if not bad else NO if bad == len(found) else PARTLY)


def _named(urls: Sequence[str]) -> "list[Feed]":
    """One that is configured is asked as it is configured, with its secret and its interval."""
    from pipeline.check import feed_at

    known = {feed.url: feed for feed in configured()}
    return [known.get(url) or feed_at(url) for url in urls]


def _show_steps(found: "Sequence[Asked]") -> None:
    from tocsin.cli.feeds_steps import steps

    rows = [{"url": asked.checked.url, "step": step, "says": says} for asked in found for step, says in steps(asked)]
    show(rows, False, table=("step", "says") if len(found) == 1 else ("url", "step", "says"))
    for asked in found:
        if good := [one.url for one in asked.feeds if one.good]:
            say(f"{asked.checked.url} is a page; to add a feed of it: tocsin feeds add {good[0]}")


def _row(asked: "Asked") -> dict[str, Any]:
    from articles.health_words import sentence, words
    from tocsin.cli.feeds_steps import steps

    checked = asked.checked
    detail = checked.plan.detail
    return {
        "good": checked.good,
        "reason": checked.reason,
        "entries": len(checked.reading.items) if checked.reading else 0,
        "url": checked.url,
        "detail": detail,
        "in_words": sentence(words(checked.reason), detail),
        "steps": [{"step": step, "says": says} for step, says in steps(asked)],
        "feeds": [{"url": one.url, "good": one.good, "reason": one.reason} for one in asked.feeds],
    }
