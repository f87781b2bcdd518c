"""init: a configuration folder to begin with."""

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.context import Json, load, say, show


def init(
    folder: Annotated[Path | None, typer.Argument(help="Where; without it, the folder that TOCSIN_CONFIG names.")] = None,
    as_json: Json = False,
) -> None:
    """Write a commented configuration: feeds.yaml with a starter list, routes.yaml, the topic nato-russia. Nothing is overwritten."""
    from tocsin.shipped import shipped

    there = folder or Path(load()[0].config)
    rows = []
    for source in sorted(shipped().rglob("*.yaml")):
        target = there / source.relative_to(shipped())
        rows.append({"path": str(target), "written": not target.exists()})
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    if as_json:
        show(rows, True)
    else:
        for row in rows:
            say(f"{'written ' if row['written'] else 'kept    '} {row['path']}")
    say("next: look at feeds.yaml, then: tocsin feeds check --all, and: tocsin up")
