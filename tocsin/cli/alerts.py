"""alerts: what has rung, and what was held back with its reason."""

from typing import Annotated, Any

import typer

from tocsin.cli.context import Json, no, show, store

app = typer.Typer(no_args_is_help=True, help="What has rung, and what was held back.")

_Limit = Annotated[int, typer.Option("--limit", "-n", help="How many.")]


@app.command("list")
def list_(limit: _Limit = 20, as_json: Json = False) -> None:
    """The latest alerts, the last changed first."""
    from schemas import codec

    opened = store()
    alerts = opened.read_now(lambda tx: tx.alerts.recent(limit))
    opened.close()
    if as_json:
        show([codec.plain(alert) for alert in alerts], True)
        return
    show([_row(alert) for alert in alerts], False, "no alert yet")


def _row(alert: Any) -> dict[str, Any]:
    facts = {"alert": alert.alert_id[:8], "state": alert.state, "topic": alert.topic_id, "changed": alert.changed_dt}
    return facts | {"articles": alert.article_count, "title": alert.title}


@app.command("show")
def show_(alert: Annotated[str, typer.Argument(help="An alert's id, or its beginning.")], as_json: Json = False) -> None:
    """One alert: its articles, its evidence and what became of it at each channel."""
    from schemas import codec

    opened = store()
    found = [a for a in opened.read_now(lambda tx: tx.alerts.recent(10_000)) if a.alert_id.startswith(alert)]
    if len(found) != 1:
        opened.close()
        no(f"no alert begins with {alert}" if not found else f"{len(found)} alerts begin with {alert}: give more of the id")
    one = found[0]
    ledger = [n for n in opened.read_now(lambda tx: tx.journal.about([one.alert_id])) if n.stage == "deliver"]
    opened.close()
    if as_json:
        show([codec.plain(one) | {"deliveries": [{"dt": n.dt, "reason": n.reason, "detail": n.detail} for n in ledger]}], True)
        return
    facts = [*_facts(one), *((_when(n.dt), f"{n.reason}: {n.detail}") for n in ledger)]
    show([{"": name, " ": value} for name, value in facts], False)


@app.command()
def held(limit: _Limit = 50, as_json: Json = False) -> None:
    """Matches that did not ring, each with its reason."""
    from schemas.reasons import HELD

    opened = store()
    notes = opened.read_now(lambda tx: tx.journal.latest("ring", list(HELD), limit))
    opened.close()
    rows = [{"dt": n.dt, "topic": n.key, "reason": n.reason, "detail": n.detail, "about": n.subjects} for n in notes]
    show(rows, as_json, "nothing was held back")


def _facts(alert: Any) -> list[tuple[str, str]]:
    return [
        ("alert", alert.alert_id),
        ("topic", alert.topic_id),
        ("state", f"{alert.state}, revision {alert.revision}"),
        ("title", alert.title),
        ("opened", _when(alert.opened_dt)),
        ("changed", _when(alert.changed_dt)),
        ("articles", str(alert.article_count)),
        *((a.source_id, f"{a.title} {a.url}") for a in alert.articles),
        *((e.concept, f"{e.form} ({e.field}, character {e.start})") for e in alert.evidence),
        *([("detail", alert.detail)] if alert.detail else []),
    ]


def _when(dt: Any) -> str:
    return f"{dt:%Y-%m-%d %H:%M:%S}Z"
