"""tail: a stream as it grows."""

import time
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from tocsin.cli.context import Json, load, show

app = typer.Typer(no_args_is_help=True, help="A stream as it grows.")

_Past = Annotated[int, typer.Option("--last", "-n", help="Begin so many records back.")]
_End = Annotated[bool, typer.Option("--no-follow", help="End at the end of the stream.")]
_TICK = 0.5  # seconds


@app.command()
def articles(last: _Past = 10, no_follow: _End = False, as_json: Json = False) -> None:
    """Articles as they are published."""
    for record in _records("news.article.v1", last, not no_follow):
        row = {name: record.get(name) for name in ("first_seen_dt", "change_kind", "language", "source_id", "title", "url")}
        show([record if as_json else row], as_json)


@app.command()
def alerts(last: _Past = 10, no_follow: _End = False, as_json: Json = False) -> None:
    """Alerts as they are published."""
    for record in _records("news.alert.v1", last, not no_follow):
        row = {name: record.get(name) for name in ("changed_dt", "state", "topic_id", "article_count", "title")}
        show([record if as_json else row], as_json)


def _records(stream: str, last: int, follow: bool) -> Iterator[dict[str, Any]]:
    import orjson

    from connectors.broker import Kafka

    broker = Kafka(load()[0])
    try:
        ranges = broker.ranges(stream)
        at = {partition: max(kept.start, kept.end - last) for partition, kept in ranges.items()}
        while True:
            found = [r for p, kept in ranges.items() if at[p] < kept.end for r in broker.read(stream, p, at[p], 500)]
            for record in sorted(found, key=lambda r: r.dt):
                at[record.partition] = record.offset + 1
                yield orjson.loads(record.value)
            if not found and not follow:
                return
            if not found:
                time.sleep(_TICK)
            ranges = broker.ranges(stream)
    finally:
        broker.close()
