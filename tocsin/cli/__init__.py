"""The command line, a file a noun. It only translates: arguments in, rows and exit codes out.

Exit codes: 0 done or yes; 1 ran fine, the answer is no; 2 usage; 3 configuration; 4 something we need does not answer; 5 partly done;
130 interrupted.
"""

import sys
from typing import Annotated

import typer

from schemas.errors import TocsinError, Unreachable
from tocsin import __version__
from tocsin.cli import (
    alerts,
    config,
    demo,
    explain,
    feeds,
    hosts,
    init,
    kafka_node,
    labels,
    quarantine,
    run,
    status,
    store,
    streams,
    tail,
    topics,
    topics_rehearse,
)
from tocsin.cli.context import located, say

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None, help="A streaming news monitor.")


def _version(asked: bool) -> None:
    if asked:
        print(f"tocsin {__version__}")  # noqa: T201
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")] = False,
) -> None:
    """Feeds in, structured records on Kafka, an alert when a tracked topic moves."""


app.command("demo")(demo.demo)
app.command("init")(init.init)
app.command("up")(run.up)
app.command("run")(run.run)
app.command("work")(run.work)
app.command("pause")(run.pause)
app.command("resume")(run.resume)
app.command("status")(status.status)
app.command("doctor")(status.doctor)
app.command("explain")(explain.explain)
app.add_typer(feeds.app, name="feeds")
app.add_typer(hosts.app, name="hosts")
topics.app.command("backtest")(topics_rehearse.backtest)
app.add_typer(topics.app, name="topics")
app.add_typer(labels.app, name="labels")
app.add_typer(alerts.app, name="alerts")
app.add_typer(tail.app, name="tail")
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(streams.app, name="streams")
app.add_typer(kafka_node.app, name="kafka")
app.add_typer(store.app, name="store")
app.add_typer(config.app, name="config")


def main() -> None:
    try:
        app()
    except TocsinError as error:
        say(f"tocsin: {located(error)}")
        sys.exit(error.exit_code)
    except OSError as error:
        say(f"tocsin: {error.filename or 'this machine'}: {error.strerror or error}")
        sys.exit(Unreachable.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
