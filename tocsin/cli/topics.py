"""topics: what is tracked; listed, read critically, tried on texts, and as a filter."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from tocsin.cli import topics_forms, topics_import, topics_match, topics_why
from tocsin.cli.context import NO, Json, load, put, show
from tocsin.cli.topics_loaded import Files, loaded

if TYPE_CHECKING:
    from schemas.topic import Topic

app = typer.Typer(no_args_is_help=True, help="What is tracked.")
app.command("why")(topics_why.why)
app.command("match")(topics_match.match)
app.command("forms")(topics_forms.forms)
app.command("import")(topics_import.import_)


@app.command("list")
def list_(topics: Files = None, as_json: Json = False) -> None:
    """Every topic, and the languages that it is found in."""
    languages = load()[0].languages
    rows = [
        {
            "topic": topic.topic_id,
            "title": topic.title,
            "severity": str(topic.severity),
            "languages": [*_covered(topic, languages)],
            "concepts": [concept.name for concept in topic.concepts],
            "terms": sum(len(concept.terms) for concept in topic.concepts),
        }
        for topic in loaded(topics)
    ]
    show(rows, as_json, "no topics yet: tocsin init", table=("topic", "title", "severity", "languages", "terms"))


@app.command()
def lint(topics: Files = None, as_json: Json = False) -> None:
    """Load every topic, run its own tests, and remark on what will probably not do what was meant. Exit code 1 with remarks."""
    from connectors.frequency import frequencies
    from topics.lint import asked, lint

    languages, tracked = load()[0].languages, loaded(topics)
    zipf = frequencies({pair for topic in tracked for pair in asked(topic, languages)})
    remarks = [r for topic in tracked for r in lint(topic, languages, lambda word, language: zipf.get((word, language), 0.0))]
    rows = [{"topic": r.topic_id, "subject": r.subject, "problem": r.problem, "fix": r.fix} for r in remarks]
    show(rows, as_json, "nothing to remark")
    raise typer.Exit(NO if remarks else 0)


@app.command()
def schema(as_json: Json = False) -> None:
    """The JSON Schema of topic files, by which an editor completes and checks while one types."""
    import orjson

    from topics.file_schema import file_schema

    if as_json:
        show([file_schema()], True)
    else:
        put(orjson.dumps(file_schema(), option=orjson.OPT_INDENT_2).decode())


def _covered(topic: "Topic", languages: Sequence[str]) -> Iterator[str]:
    """Those of the languages in which each concept that the topic needs has a term, and some concept that speaks for it."""
    from topics.coverage import spoken
    from topics.rules import needed, required

    speaking, needs = {has.concept for has in required(topic.match)}, needed(topic.match)
    known = {concept.name: spoken(concept, languages) for concept in topic.concepts if concept.name in speaking}
    for language in languages:
        watched = not topic.languages or language in topic.languages
        if watched and all(language in known[name] for name in needs) and any(language in found for found in known.values()):
            yield language
