"""feeds add: a feed looked at, shown, and written into feeds.yaml; from a site's address too, where it has one feed."""

from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.context import Json, no, say, show
from tocsin.cli.feeds_asked import ask
from tocsin.cli.feeds_file import configured, opened

if TYPE_CHECKING:
    from pipeline.check import Checked
    from tocsin.cli.feeds_asked import Asked

_NEWEST = 3


def add(
    url: Annotated[str, typer.Argument(help="The feed's address, or that of a site that has one feed.")],
    feed_id: Annotated[str, typer.Option("--id", help="Its name; made from the host where it is left out.")] = "",
    unchecked: Annotated[bool, typer.Option("--unchecked", help="Do not ask the feed first.")] = False,
    as_json: Json = False,
) -> None:
    """Look at a feed, show its newest items, and write it into feeds.yaml. Exit code 1 where it is no feed, or there already."""
    from articles.subscribe import with_feed

    _refuse(url)
    before, write = opened()
    if not unchecked:
        url = _looked_at(url)
    text, name = with_feed(before, url, feed_id, "feeds.yaml")
    write(text)
    if as_json:
        show([{"feed": name, "url": url}], True)
    say(f"added as {name}; it is polled in the next cycle")


def _refuse(url: str) -> None:
    """What cannot stand in feeds.yaml, or stands there already."""
    from articles.subscribe import refusal

    if why := refusal(url):
        raise typer.BadParameter(f"{url} {why}")
    if there := [feed.feed_id for feed in configured() if feed.url == url]:
        no(f"not added: it is there already, as {there[0]}")


def _looked_at(url: str) -> str:
    """The address that reads as a feed: this one, or the only one that its page names."""
    from pipeline.check import feed_at

    (asked,) = ask([feed_at(url)])
    _show(asked.checked)
    if asked.checked.good:
        return url
    if asked.feeds:
        return _only(asked)
    no("not added: it does not read as a feed; --unchecked adds it all the same")


def _only(asked: "Asked") -> str:
    from tocsin.cli.feeds_steps import told

    good = [found for found in asked.feeds if found.good]
    if len(good) != 1:
        for found in asked.feeds:
            say(f"    {told(found)}")
        say(
            "not added: it is a page, and names more than one feed"
            if good
            else "not added: it is a page, and names no feed that reads as one"
        )
        no(f"choose one: tocsin feeds add {good[0].url}" if good else "--unchecked adds the page all the same")
    say("it is a page, and names one feed:")
    _show(good[0])
    _refuse(good[0].url)
    return good[0].url


def _show(checked: "Checked") -> None:
    from articles.health_words import sentence, words

    items = checked.reading.items if checked.reading else ()
    told = sentence(words(checked.reason), checked.plan.detail)
    say(f"{checked.url}: {checked.reason}, {len(items)} entries; {told}")
    for item in items[:_NEWEST]:
        say(f"    {item.title}  {item.url}")
