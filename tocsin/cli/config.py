"""config: the settings and where they came from; the operator's files, read critically."""

import os
from functools import partial

import typer

from schemas.errors import ConfigError
from tocsin.cli.context import Json, load, located, say, show

app = typer.Typer(no_args_is_help=True, help="Settings, and the files of the configuration.")


@app.command("show")
def show_(as_json: Json = False) -> None:
    """Every setting: its variable, its value, where the value came from. Secrets are masked."""
    from schemas.settings import variables

    settings, _ = load()
    rows = []
    for variable in variables():
        value = getattr(settings, variable.field)
        came = "file" if f"{variable.name}_FILE" in os.environ else "environment" if variable.name in os.environ else "default"
        rows.append({"variable": variable.name, "value": "***" if variable.secret and value and came != "default" else value, "from": came})
    show(rows, as_json)


@app.command()
def check(as_json: Json = False) -> None:
    """Read every file and open every channel, as a run would; nothing is sent. Exit code 3 where something is wrong."""
    from connectors.environment import secret
    from tocsin.check import checked

    settings, home = load()
    found, closed = checked(settings, home, partial(secret, os.environ))
    for error in closed:
        say(f"tocsin: {located(error)}")
    if closed:
        raise typer.Exit(ConfigError.exit_code)
    row = {
        "feeds": len(found.feeds),
        "topics": len(found.topics),
        "channels": len(found.routes.channels),
        "routes": len(found.routes.routes),
    }
    show([row], as_json)


@app.callback()
def _noun() -> None:
    """Settings, and the files of the configuration."""
