"""topics why: what in an article makes a topic ring, or what is missing."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.context import NO, Json, article_named, no, say, show, store
from tocsin.cli.topics_loaded import Files, one, two_letters, typed

if TYPE_CHECKING:
    from schemas.article import Article
    from schemas.match import Evidence
    from topics.explain import Explanation, NearMiss


def why(
    subject: Annotated[str, typer.Argument(metavar="ARTICLE", help="A stored article's id, or its address.")],
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A topic's id.", show_default=False)] = "",
    text: Annotated[str | None, typer.Option("--text", help="A text in place of an article; without both, standard input.")] = None,
    language: Annotated[str, typer.Option("--language", callback=two_letters, help="The text's language; without it, it is unknown.")] = "",
    topics: Files = None,
    as_json: Json = False,
) -> None:
    """Why a topic matches an article, by which words and which sum, or what is missing and what came near.

    ARTICLE is left out where a text comes in its place, by --text or standard input. Its first paragraph is the title, the rest the body,
    as in the tests of a topic file. Exit code 0: it matches; 1: it does not.
    """
    from topics import sample
    from topics.explain import explanation
    from topics.verdict import Outcome

    stored, topic_id = (subject, topic) if topic else ("", subject)
    if stored and text is not None:
        raise typer.BadParameter("name an article and a topic, or a topic and --text")
    if stored and language:
        raise typer.BadParameter("a stored article has its language: --language is for a text")
    asked = one(topic_id, topics)
    told = explanation(asked, _of_store(stored) if stored else sample.article(typed() if text is None else text, language or None))
    matched = told.outcome is Outcome.MATCHED
    if as_json:
        show([_row(told, matched)], True)
        raise typer.Exit(0 if matched else NO)
    _show(told)
    if told.headline_only:
        say("headline only: there is no body to read")
    if not matched:
        no(f"{str(told.outcome).replace('_', ' ')}: {told.reason}")
    say(f"matches{': ' + _sum(told) if told.score is not None else ''}")


def _of_store(subject: str) -> "Article":
    opened = store()
    article = opened.read_now(lambda tx: article_named(tx, subject))
    opened.close()
    if article is None:
        no(f"no article is stored as {subject}: is it a whole id, or the address as the feed shows it?")
    return article


def _row(told: "Explanation", matched: bool) -> dict[str, Any]:
    return {
        "topic_id": told.topic_id,
        "matched": matched,
        "reason": str(told.outcome),
        "detail": told.reason,
        "score": told.score,
        "threshold": told.threshold,
        "points": dict(told.points),
        "headline_only": told.headline_only,
        "evidence": [asdict(one) for one in told.evidence],
        "near_misses": [asdict(one) for one in told.near_misses],
    }


def _show(told: "Explanation") -> None:
    """For people: what was found, and what came near."""
    place = ("concept", "term", "form", "field", "character")
    found = [_cells(one, weight=f"{one.weight:g}" if one.weight is not None else "") for one in told.evidence]
    near = [_cells(one, near_miss=one.why) for one in told.near_misses]
    if found or not near:
        show(found, False, "nothing of it is found", table=(*place, "weight"))
    if near:
        show(near, False, table=(*place, "near_miss"))


def _cells(place: "Evidence | NearMiss", weight: str = "", near_miss: str = "") -> dict[str, Any]:
    where = {"concept": place.concept, "term": place.term, "form": place.form, "field": place.field, "character": place.start}
    return where | {"weight": weight, "near_miss": near_miss}


def _sum(told: "Explanation") -> str:
    parts: Sequence[str] = [f"{concept} {points:g}" for concept, points in told.points]
    return f"{' + '.join(parts)} = {told.score:g}, threshold {told.threshold:g}"
