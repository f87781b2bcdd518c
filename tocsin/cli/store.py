"""store: the database."""

import typer

from tocsin.cli.context import Json, load, say, show

app = typer.Typer(no_args_is_help=True, help="The database.")


@app.command()
def upgrade(as_json: Json = False) -> None:
    """Bring the database to this release's schema. It is made where there is none."""
    from connectors.store import revision
    from connectors.store.engine import database

    opened = database(load()[0].database_url)
    before = opened.read(revision.current)
    revision.upgrade(opened)
    opened.close()
    if as_json:
        show([{"before": before or None, "now": revision.HEAD}], True)
    say(f"schema {revision.HEAD}" if before == revision.HEAD else f"schema {before or 'none'} to {revision.HEAD}")


@app.callback()
def _noun() -> None:
    """The database."""
