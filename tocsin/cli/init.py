"""init: a configuration folder to begin with."""

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.context import load, say


def init(folder: Annotated[Path | None, typer.Argument(help="Where; without it, the folder that TOCSIN_CONFIG names.")] = None) -> None:
    """Write a commented configuration: feeds.yaml with a starter list, routes.yaml, the topic nato-russia. Nothing is overwritten."""
    from tocsin.shipped import shipped

    there = folder or Path(load()[0].config)
    for source in sorted(shipped().rglob("*.yaml")):
        target = there / source.relative_to(shipped())
        if target.exists():
            say(f"kept     {target}")
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
        say(f"written  {target}")
    say("next: look at feeds.yaml, then: tocsin feeds check --all, and: tocsin up")
