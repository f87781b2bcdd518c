"""Queries of other tools to topic files: what cannot be said here is refused, with its reason and its place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from topics.grammar import BadExpression
from topics.importing import extra
from topics.importing.lucene import LUCENE
from topics.importing.meltwater import MELTWATER
from topics.importing.query import All, Only, Query, Refused, Words, all_of, leaves
from topics.importing.reader import Reader
from topics.importing.topic_file import topic_file

DIALECTS: Mapping[str, Callable[[str, str | None], Query]] = {
    "lucene": lambda text, language: Reader(dialect=LUCENE, language=language).read(text),
    "meltwater": lambda text, language: Reader(dialect=MELTWATER, language=language).read(text),
    "extra": extra.read,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """yaml: a topic file. remarks: what its reader should know."""

    yaml: str
    remarks: tuple[str, ...]


def imported(text: str, dialect: str, *, topic_id: str, title: str, language: str | None = None) -> Imported:
    """language: where the forms of its words come from; None: every language. Raises Refused."""
    try:
        query, filters = _parted(DIALECTS[dialect](text, language))
        yaml = topic_file(query, topic_id, title, filters.get("languages", ()), filters.get("sources", ()))
    except BadExpression as error:
        raise Refused(error.problem, error.fix, 0) from error
    except RecursionError as error:
        raise Refused("the parentheses are nested too deeply", "Write it flatter", 0) from error
    return Imported(yaml=yaml, remarks=_remarks(query, filters))


def _parted(query: Query) -> tuple[Query, Mapping[str, tuple[str, ...]]]:
    """The query about the text, and the conditions on the article: those have to be asked for beside it."""
    parts = query.parts if isinstance(query, All) else (query,)
    asked = [part for part in parts if isinstance(part, Only)]
    filters: dict[str, tuple[str, ...]] = {}
    for only in asked:
        if only.kind in filters:
            raise Refused(f"{only.kind} are asked for twice", "Join the two with OR in one", only.offset)
        filters[only.kind] = only.values
    about_text = [part for part in parts if not isinstance(part, Only)]
    for leaf in (leaf for part in about_text for leaf in leaves(part)):
        if isinstance(leaf, Only):
            raise Refused(f"{leaf.kind} can only be asked for beside the whole", "Write it at the end: (...) AND language:en", leaf.offset)
    if not about_text:
        raise Refused("the query names no words", "Write words to look for", asked[0].offset)
    return all_of(about_text), filters


def _remarks(query: Query, filters: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    terms = {term for leaf in leaves(query) if isinstance(leaf, Words) for term in leaf.terms}
    remarks = []
    if any(term[0] not in "=/" for term in terms):
        remarks.append("A plain term finds its inflected forms too; =form finds that form only")
    if any(leaf.weight != 1 for leaf in leaves(query) if isinstance(leaf, Words)):
        remarks.append("Weights count where the topic has a score")
    if "sources" in filters:
        remarks.append("Sources are named by their ids here: check them")
    return tuple(remarks)
