"""explain: the story of one thing, stage by stage, from the journal."""

from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.context import Json, no, show, store

if TYPE_CHECKING:
    from connectors.store import Tx
    from schemas.work import Noted


def explain(
    subject: Annotated[str, typer.Argument(help="An article's, entry's, alert's or feed's id, or an address.")], as_json: Json = False
) -> None:
    """What became of an article, an address, an entry, an alert or a feed, and why."""
    opened = store()
    notes = opened.read_now(lambda tx: _story(tx, subject))
    opened.close()
    if not notes:
        no(f"the journal knows nothing of {subject}: is it a whole id, or the address as the feed shows it?")
    rows = [{"dt": n.dt, "stage": n.stage, "reason": n.reason, "detail": n.detail, "key": n.key, "about": n.subjects} for n in notes]
    if not as_json:
        rows = [row | {"detail": row["detail"] or row["key"]} for row in rows]
    show(rows, as_json, table=("dt", "stage", "reason", "detail"))


def _story(tx: "Tx", subject: str) -> "list[Noted]":
    """An entry or an address is the article that it became."""
    from articles.identity import normalised

    names = {subject, normalised(subject)} if "://" in subject else {subject}
    first = tx.journal.about(names)
    of_extract = {s for note in first if note.stage == "extract" for s in (note.key, *note.subjects)}
    articles = {name for name in of_extract if tx.articles.get(name)}
    entries = {note.key for note in tx.journal.about(articles) if note.stage == "extract"} if articles else set()
    return tx.journal.about(names | articles | entries)
