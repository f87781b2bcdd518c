"""explain: the story of one thing, stage by stage, from the journal."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.context import Json, no, say, show, store

if TYPE_CHECKING:
    from connectors.store import Tx
    from schemas.feed import FeedState
    from schemas.work import Noted


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """sentences: how it stands now; notes: how it came there."""

    sentences: "tuple[str, ...]" = ()
    notes: "tuple[Noted, ...]" = ()


def explain(
    subject: Annotated[str, typer.Argument(help="An article's, entry's, alert's or feed's id, or an address.")], as_json: Json = False
) -> None:
    """What became of an article, an address, an entry, an alert or a feed, and why.

    How it stands now is said on stderr; the journal's rows are on stdout.
    """
    from tocsin.words import words

    opened = store()
    story = opened.read_now(lambda tx: _story(tx, subject))
    opened.close()
    if not story.notes and not story.sentences:
        no(f"the journal knows nothing of {subject}: is it a whole id, or the address as the feed shows it?")
    for sentence in story.sentences:
        say(sentence)
    rows = [
        {
            "dt": note.dt,
            "stage": note.stage,
            "reason": note.reason,
            "detail": note.detail,
            "key": note.key,
            "about": note.subjects,
            "in_words": words(note.reason),
        }
        for note in story.notes
    ]
    if not as_json:
        rows = [row | {"detail": row["detail"] or row["key"]} for row in rows]
    show(rows, as_json, "the journal has no row of it any more", table=("dt", "stage", "in_words", "detail"))


def _story(tx: "Tx", subject: str) -> Story:
    """An entry or an address is the article that it became."""
    from articles.identity import normalised
    from tocsin.cli import explain_sentences

    names = {subject, normalised(subject)} if "://" in subject else {subject}
    if feed := _feed(tx, names):
        notes = tx.journal.about({*names, feed.feed_id})
        return Story(sentences=tuple(explain_sentences.of_feed(feed)), notes=tuple(notes))
    first = tx.journal.about(names)
    of_extract = {s for note in first if note.stage == "extract" for s in (note.key, *note.subjects)} | names
    found = [article for name in sorted(of_extract) if (article := tx.articles.get(name) or tx.articles.at([name]))]
    articles = {article.article_id: article for article in found}
    entries = {note.key for note in tx.journal.about(articles) if note.stage == "extract"} if articles else set()
    notes = tx.journal.about(names | articles.keys() | entries)
    waiting = next((job for entry in sorted(entries) if (job := tx.jobs.get("extract", entry))), None)
    sentences = [said for article in articles.values() for said in explain_sentences.of_article(article, notes, waiting)]
    return Story(sentences=tuple(sentences), notes=tuple(notes))


def _feed(tx: "Tx", names: set[str]) -> "FeedState | None":
    """By its id, or by any address that it has or had."""
    return next((state for state in tx.feeds.all() if names & {state.feed_id, state.url, state.address}), None)
