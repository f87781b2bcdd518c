"""topics forms: the compiled table of a topic, every form that is looked for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.context import Json, show
from tocsin.cli.topics_loaded import Files, TopicId, one

if TYPE_CHECKING:
    from schemas.topic import Shape


def forms(
    topic: TopicId,
    concept: Annotated[str, typer.Option("--concept", help="Of this concept alone.")] = "",
    topics: Files = None,
    as_json: Json = False,
) -> None:
    """Every form that a topic looks for: of each term, in each language, each word's. * is any letters, ? is one."""
    found = one(topic, topics)
    names = [known.name for known in found.concepts]
    if concept and concept not in names:
        raise typer.BadParameter(f"{topic} has no concept {concept}; it has: {', '.join(names)}")
    rows = [_row(known.name, shape, as_json) for known in found.concepts if concept in ("", known.name) for shape in known.shapes]
    show(rows, as_json)


def _row(concept: str, shape: "Shape", as_json: bool) -> dict[str, Any]:
    return {
        "concept": concept,
        "term": shape.term,
        "language": shape.language,
        "forms": shape.words if as_json else " ".join(map("|".join, shape.words)),
        "marks": [*_marks(shape)],
    }


def _marks(shape: "Shape") -> Iterator[str]:
    """What its place in a text must be like, besides."""
    if shape.pattern is not None:
        yield "regular expression" if shape.cased is not None else "regular expression, any case"
    elif shape.cased is not None:
        yield f"spelled {shape.cased}"
    if shape.capital:
        yield "capital letter"
    for language in shape.never:
        yield f"never in {language}" if language else "never where the language is unknown"
    if shape.since:
        yield f"since {shape.since}"
    if shape.until:
        yield f"until {shape.until}"
