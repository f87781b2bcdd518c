"""topics: what is tracked; read critically, and tried on a text."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.context import NO, Json, load, no, say, show

if TYPE_CHECKING:
    from schemas.topic import Topic

app = typer.Typer(no_args_is_help=True, help="What is tracked.")


@app.command("list")
def list_(as_json: Json = False) -> None:
    """Every topic of the configuration."""
    rows = [
        {"topic": t.topic_id, "title": t.title, "concepts": [c.name for c in t.concepts], "terms": sum(len(c.terms) for c in t.concepts)}
        for t in _topics()
    ]
    show(rows, as_json, "no topics yet: tocsin init")


@app.command()
def lint(as_json: Json = False) -> None:
    """Load every topic, run its own tests, and remark on what will probably not do what was meant. Exit code 1 with remarks."""
    from topics.lint import lint

    remarks = [remark for topic in _topics() for remark in lint(topic, load()[0].languages)]
    rows = [{"topic": r.topic_id, "subject": r.subject, "problem": r.problem, "fix": r.fix} for r in remarks]
    show(rows, as_json, "nothing to remark")
    raise typer.Exit(NO if remarks else 0)


@app.command()
def test(
    topic: Annotated[str, typer.Argument(help="A topic's id.")],
    text: Annotated[str, typer.Option("--text", help="A text; without it, standard input.")] = "",
    language: Annotated[str, typer.Option("--language", help="Its language, where it is known.")] = "",
    as_json: Json = False,
) -> None:
    """Does this text ring this topic, and by which words? Exit code 1: no."""
    from topics.match import matcher

    known = {t.topic_id: t for t in _topics()}
    if topic not in known:
        raise typer.BadParameter(f"there is no topic {topic}; there are: {', '.join(known) or 'none'}")
    matches = matcher([known[topic]]).matches(_article(text or sys.stdin.read(), language))
    if not matches:
        no("no match")
    rows = [{"concept": e.concept, "term": e.term, "form": e.form, "field": e.field, "character": e.start} for e in matches[0].evidence]
    show(rows, as_json)


def _article(text: str, language: str) -> Any:
    """The first line is the title, the rest the body."""
    from datetime import UTC, datetime

    from schemas.article import Article, ChangeKind, Origin

    title, _, body = text.strip().partition("\n")
    return Article(
        article_id="test",
        revision=1,
        change_kind=ChangeKind.DISCOVERED,
        origin=Origin.LIVE,
        url="test:",
        source_id="test",
        first_seen_dt=datetime(2000, 1, 1, tzinfo=UTC),
        content_hash="test",
        title=title,
        body_text=body.strip() or None,
        language=language or None,
        language_confidence=1.0 if language else None,
    )


def _topics() -> "list[Topic]":
    """Of every topic file. Raises ConfigError at the first that does not load."""
    from connectors import files
    from topics import catalog

    found: list[Topic] = []
    taken: dict[str, str] = {}
    texts = files.read_config(Path(load()[0].config))
    for path, text in texts.items():
        if path.startswith("topics/"):
            loaded = catalog.topics(text, path, taken)
            taken |= {topic.topic_id: path for topic in loaded}
            found += loaded
    if not found:
        say(f"{load()[0].config} holds no topics/*.yaml")
    return found
