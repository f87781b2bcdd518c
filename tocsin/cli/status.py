"""status and doctor: how things are, and what is wrong."""

import os
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import typer

from schemas.work import STAGES
from tocsin.cli.context import NO, Json, clean, load, put, say, show, store

_SIGNS = {"ok": " ok  ", "warn": "WARN ", "fail": "FAIL "}


def status(as_json: Json = False) -> None:
    """Each stage: what it did in the last hour, what waits, whether it is paused."""
    opened, now = store(), _now()
    counts = opened.read_now(lambda tx: tx.journal.counts(now - timedelta(hours=1)))
    waiting, paused = opened.read_now(lambda tx: (tx.jobs.waiting(), tx.facts.starting("paused/")))
    depth, articles = opened.read_now(lambda tx: (tx.outbox.depth(), tx.articles.count()))
    opened.close()
    rows: list[dict[str, Any]] = [
        {
            "stage": stage,
            "state": "paused" if f"paused/{stage}" in paused else "open",
            "jobs": waiting.get(stage, 0),
            "last_hour": ", ".join(f"{n} {reason}" for (of, reason), n in sorted(counts.items()) if of == stage) or "nothing",
        }
        for stage in STAGES
    ]
    show(rows, as_json)
    say(f"{articles} articles known, {depth} records wait in the outbox")


def doctor(as_json: Json = False) -> None:
    """Look at everything that can be wrong, with one sentence of advice each. Exit code 1 where something fails."""
    from connectors.environment import secret
    from tocsin.doctor import Health, examine

    settings, home = load()
    worst = Health.OK
    for finding in examine(settings, home, _now(), partial(secret, os.environ)):
        if as_json:
            show([{"health": finding.health, "subject": finding.subject, "says": finding.says}], True)
        else:
            put(f"{_SIGNS[finding.health]} {finding.subject:16} {clean(finding.says)}")
        worst = finding.health if finding.health is Health.FAIL else worst
    raise typer.Exit(NO if worst is Health.FAIL else 0)


def _now() -> datetime:
    from connectors.clock import now

    return now()
