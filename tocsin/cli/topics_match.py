"""topics match: the matcher as a filter. Articles in, verdicts out, without Kafka, a database or Prefect."""

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.context import PARTLY, Json, clean, load, put, say, show
from tocsin.cli.topics_loaded import Files, loaded

if TYPE_CHECKING:
    from topics.records import Row

_LONGEST = 64 * 2**20  # bytes of a line


def match(
    topics: Files = None,
    everything: Annotated[bool, typer.Option("--all", help="Of topics that do not match, too, with what is missing.")] = False,
    as_json: Json = False,
) -> None:
    """Read articles, a JSON object a line, and write a verdict a line for each topic that matches.

    A line holds title, lead or body_text, and where they are known id, language (else it is detected; und: unknown), published_dt,
    source_id, kind and blocks; records of news.article.v1 do. Exit code 5: some lines could not be read.
    """
    from articles.language import identify
    from topics.match import matcher
    from topics.records import BadRecord, article, rows

    compiled = matcher(loaded(topics))
    detect = partial(identify, languages=load()[0].languages)
    bad = 0
    for number, line in _lines():
        try:
            _write(rows(compiled, article(line, detect, number), everything), as_json)
        except BadRecord as error:
            say(f"line {number}: {error}")
            bad += 1
    raise typer.Exit(PARTLY if bad else 0)


def _write(rows: "Iterable[Row]", as_json: bool) -> None:
    for row in rows:
        if as_json:
            show([row], True)
        else:
            put("\t".join(map(clean, _words(row))))


def _words(row: "Row") -> Iterator[str]:
    """For people: the words that say so, or what is missing."""
    yield from (str(row["id"]), str(row["topic_id"]), str(row["reason"]))
    yield f"{row['score']:g}" if isinstance(row["score"], float | int) else ""
    evidence = row["evidence"] if isinstance(row["evidence"], list) else []
    yield ", ".join(dict.fromkeys(f"{one['concept']}: {one['form']}" for one in evidence)) or str(row["detail"])


def _lines() -> Iterator[tuple[int, bytes]]:
    """Of standard input, as they come, but for empty ones. A line too long to be an article is cut, so that it is read as no JSON."""
    number = 0
    while sys.stdin and (line := sys.stdin.buffer.readline(_LONGEST)):
        number += 1
        rest = line
        while len(rest) == _LONGEST and not rest.endswith(b"\n"):
            rest = sys.stdin.buffer.readline(_LONGEST)
        if line.strip():
            yield number, line
