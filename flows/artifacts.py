"""Artifacts of the runs: written where their content has changed, and never a reason for a run to fail."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx
from prefect.artifacts import Artifact, acreate_markdown_artifact, acreate_table_artifact
from prefect.exceptions import PrefectException
from prefect.logging import get_run_logger

from articles.health_words import RANKS, Health, Standing, health
from schemas.alert import Alert
from schemas.feed import FeedState

Row = dict[str, Any]

_NOT_SHOWN = (httpx.HTTPError, PrefectException, OSError, RuntimeError, ValueError)  # ValueError: also what pydantic refuses

_MOST_ROWS = 100  # 50 rows cost the server 47 ms
_MOST_TEXT = 200  # characters of a foreign text


@contextmanager
def harmless() -> Iterator[None]:
    """For what is only for people to look at."""
    try:
        yield
    except _NOT_SHOWN as error:
        get_run_logger().warning("not shown: %s: %s", type(error).__name__, error)


async def put_table(key: str, rows: Sequence[Row], description: str) -> None:
    with harmless():
        if await _last(key) != _plain(rows):
            await acreate_table_artifact(table=list(rows), key=key, description=description)


async def put_markdown(key: str, text: str, description: str) -> None:
    with harmless():
        if await _last(key) != text:
            await acreate_markdown_artifact(markdown=text, key=key, description=description)


async def _last(key: str) -> object:
    found = await Artifact.aget(key)
    if found is None or found.type != "table":
        return found and found.data
    return json.loads(found.data) if isinstance(found.data, str) else found.data


def _plain(rows: Sequence[Row]) -> object:
    return json.loads(json.dumps(rows))


def feed_rows(feeds: Sequence[FeedState]) -> list[Row]:
    """The worst first. Nothing that changes with each poll, or every cycle would write them all again."""
    found = sorted(((RANKS[one.standing], feed.feed_id, feed, one) for feed in feeds for one in [health(feed)]), key=lambda row: row[:2])
    rows = [_feed_row(feed, one) for _, _, feed, one in found[:_MOST_ROWS]]
    if len(found) > _MOST_ROWS:
        rows[-1] = dict.fromkeys(rows[-1], "") | {"feed": f"and {len(found) - _MOST_ROWS + 1} more: tocsin feeds list"}
    return rows


def _feed_row(feed: FeedState, one: Health) -> Row:
    """The detail of one that is suspect tells for how long already, so it changes with each poll."""
    failing, ill = one.standing is Standing.FAILING, one.standing in (Standing.FAILING, Standing.SUSPECT)
    return {
        "feed": feed.feed_id,
        "health": str(one.standing),
        "reason": str(one.reason or "") if ill else "",
        "in words": one.words if ill else "",
        "since": f"{one.since_dt:%Y-%m-%d %H:%M}" if ill and one.since_dt else "",
        "detail": one.detail[:_MOST_TEXT] if failing else "",
        "entries": feed.entries,
        "gaps": feed.gaps,
        "address": feed.url,
    }


def alert_text(alerts: Sequence[Alert]) -> str:
    """Markdown. Titles are foreign text, so what could be markup in them is taken as text."""
    if not alerts:
        return "No topic has rung yet."
    return "\n".join(_alert_lines(alert) for alert in alerts)


def _alert_lines(alert: Alert) -> str:
    when, many = f"{alert.changed_dt:%Y-%m-%d %H:%M} UTC", f"{alert.article_count} articles"
    head = f"- **{_text(alert.title)}** · {alert.topic_id} · {alert.state} · {when} · {many}"
    return "\n".join([head, *(f"    - [{_text(a.title)}](<{_address(a.url)}>) · {a.source_id}" for a in alert.articles)])


def _text(text: str) -> str:
    flat = " ".join(text.split())[:_MOST_TEXT]
    return "".join(f"&#{ord(c)};" if c in "\\`*_{}[]()<>#+!|~&" else c for c in flat)


def _address(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E").replace("\n", "")
