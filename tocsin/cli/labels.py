"""labels: which articles a topic should ring for, and which not, as people have said."""

from datetime import UTC
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.context import Json, article_named, no, say, show, store

if TYPE_CHECKING:
    from connectors.store import Tx
    from schemas.label import Label

app = typer.Typer(no_args_is_help=True, help="Which articles a topic should ring for, and which not.")

_Topic = Annotated[str, typer.Argument(metavar="TOPIC", help="A topic's id.")]
_Article = Annotated[str, typer.Argument(metavar="ARTICLE|URL", help="An article's id, or its address.")]


class Answer(StrEnum):
    YES = "yes"
    NO = "no"


@app.command()
def add(
    topic: _Topic,
    article: _Article,
    answer: Annotated[Answer, typer.Argument(metavar="yes|no", help="Should the topic ring for it?")],
    as_json: Json = False,
) -> None:
    """Say of a stored article whether a topic should ring for it; what was said of it before is forgotten."""
    from connectors.clock import now
    from schemas.label import Label

    _known(topic)
    opened = store()
    found = opened.read_now(lambda tx: article_named(tx, article))
    if found is None:
        opened.close()
        no(f"no article {article} is stored: is it a whole id, or the address as the feed shows it?")
    headline = found.headline
    label = Label(
        topic_id=topic,
        article_id=headline.article_id,
        relevant=answer is Answer.YES,
        url=headline.url,
        title=headline.title,
        labelled_dt=now().astimezone(UTC),
    )
    opened.write_now(lambda tx: tx.labels.save(label))
    opened.close()
    if as_json:
        show([_row(label)], True)
    say(f"{topic} should {'' if label.relevant else 'not '}ring for: {label.title}")


@app.command("list")
def list_(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A topic's id. Without it, all.")] = "", as_json: Json = False
) -> None:
    """Every label, by topic, in the order in which they were said."""
    opened = store()
    labels = opened.read_now(lambda tx: tx.labels.of(topic) if topic else tx.labels.all())
    opened.close()
    show([_row(label) for label in labels], as_json, "no labels yet: tocsin labels add")


@app.command()
def remove(topic: _Topic, article: _Article, as_json: Json = False) -> None:
    """Forget what was said of an article."""
    opened = store()
    article_id = opened.read_now(lambda tx: _labelled(tx, topic, article))
    gone = article_id is not None and opened.write_now(lambda tx: tx.labels.remove(topic, article_id))
    opened.close()
    if not gone:
        no(f"topic {topic} has no label for {article}")
    if as_json:
        show([{"topic": topic, "article": article_id, "removed": True}], True)
    say("removed")


def _known(topic: str) -> None:
    from pathlib import Path

    from connectors import files
    from pipeline.config import topic_texts
    from tocsin.cli.context import load
    from topics.needs import topic_ids

    known = topic_ids(topic_texts(files.read_config(Path(load()[0].config))))
    if topic not in known:
        raise typer.BadParameter(f"there is no topic {topic}; there are: {', '.join(known) or 'none'}")


def _labelled(tx: "Tx", topic: str, named: str) -> str | None:
    """The article's id, though it may not be stored any more."""
    found = article_named(tx, named)
    names = {named, *((found.article_id,) if found else ())}
    return next((label.article_id for label in tx.labels.of(topic) if not names.isdisjoint((label.article_id, label.url))), None)


def _row(label: "Label") -> dict[str, object]:
    said = {"topic": label.topic_id, "relevant": Answer.YES if label.relevant else Answer.NO, "title": label.title}
    return said | {"url": label.url, "article": label.article_id, "labelled": label.labelled_dt}
