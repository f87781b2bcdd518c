"""config: every setting as it is, and where it came from."""

import os

import typer

from tocsin.cli.context import Json, load, show

app = typer.Typer(no_args_is_help=True, help="Settings.")


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


@app.callback()
def _noun() -> None:
    """Settings."""
