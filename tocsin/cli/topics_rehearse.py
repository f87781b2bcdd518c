"""topics backtest: what a topic, and an edited version of it, would have found in what we have published."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.context import NO, Json, load, say, show, store
from tocsin.cli.topics_loaded import TopicId, one
from tocsin.cli.topics_rehearsed import draw, rows, summary

if TYPE_CHECKING:
    from pipeline.rehearse import Rehearsed
    from schemas.topic import Topic


def backtest(
    topic: TopicId,
    days: Annotated[int, typer.Option("--days", min=1, max=36_500, help="How far back.")] = 30,
    from_stream: Annotated[bool, typer.Option("--from-stream", help="Read Kafka's stream of articles, not the database.")] = False,
    against: Annotated[Path | None, typer.Option("--against", help="A file with an edited version: what does it gain and lose?")] = None,
    as_json: Json = False,
) -> None:
    """What a topic would have found in the articles of the last days, and how often it would have rung.

    Exit code 1: the edited version loses an article that is labelled as relevant, or gains one that is labelled as not.
    """
    asked = one(topic)
    edited = _edited(against, topic) if against else None
    rehearsed = _rehearsed(asked, edited, days, from_stream)
    if as_json:
        show([summary(rehearsed, edited is not None), *rows(rehearsed, edited is not None)], True)
    else:
        draw(rehearsed, edited is not None)
    broken = [judged for judged in rehearsed.found.judged if judged.is_broken]
    for judged in broken:
        say(f"{'lost, though relevant' if judged.label.relevant else 'gained, though not relevant'}: {judged.label.title}")
    raise typer.Exit(NO if broken else 0)


def _edited(path: Path, topic_id: str) -> "Topic":
    """The topic of that id in the file, or its only one, with what it uses of the configuration's files."""
    from connectors import files
    from pipeline.config import topic_texts
    from pipeline.forms import Forms
    from topics.catalog import topics
    from topics.needs import needed, topic_ids

    settings, home = load()
    name, text = str(path.absolute()), files.read_text(path.absolute())
    own = [*topic_ids({name: text})]
    if topic_id not in own and len(own) != 1:
        raise typer.BadParameter(f"{path} holds no topic {topic_id}; it holds: {', '.join(own) or 'none'}")
    wanted = topic_id if topic_id in own else own[0]
    configuration = Path(settings.config)
    texts = {
        file: text
        for file, text in topic_texts(files.read_config(configuration)).items()
        if (configuration / file).absolute() != Path(name)
    }
    loaded = topics(needed(texts, name, text), settings.languages, Forms(home))
    return next(topic for topic in loaded if topic.topic_id == wanted)


def _rehearsed(topic: "Topic", edited: "Topic | None", days: int, from_stream: bool) -> "Rehearsed":
    from connectors.clock import now
    from pipeline.rehearse import labelled, rehearse, stored, streamed

    until = now()
    since = until - timedelta(days=days)
    opened = store()
    try:
        known = labelled(opened, topic.topic_id)
        if not from_stream:
            return rehearse(stored(opened, since), topic, edited, labelled=known, since=since, until=until)
    finally:
        opened.close()
    from connectors.broker import Kafka

    broker = Kafka(load()[0])
    try:
        return rehearse(streamed(broker), topic, edited, labelled=known, since=since, until=until)
    finally:
        broker.close()
