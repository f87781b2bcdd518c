"""kafka: our own node, where no other Kafka is given."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.errors import BrokerDown, SettingsError
from schemas.settings import Settings
from tocsin.cli.context import Json, clean, load, no, put, say, show
from tocsin.cli.progress import progress

if TYPE_CHECKING:
    from connectors.node import Node

app = typer.Typer(no_args_is_help=True, help="Our own Kafka node, on this machine's loopback.")


@app.command()
def start(as_json: Json = False) -> None:
    """Fetch its jars where they are missing, start it, and return when it answers. It runs on by itself."""
    settings, node = _node()
    if not settings.own_kafka:
        raise SettingsError("KAFKA_BOOTSTRAP_SERVERS", "is given, so our own Kafka is never started", "Unset it to use ours")
    with progress("Kafka's jars") as bar:
        node.prepare(bar)
    node.start()
    say(f"Kafka answers at {node.servers} (process {node.pid})")
    if as_json:
        show([_row(node)], as_json)


@app.command()
def stop(as_json: Json = False) -> None:
    """End it and keep its data."""
    node = _node()[1]
    pid = node.pid
    node.stop()
    say(f"Kafka was stopped (process {pid})" if pid else "Kafka was not running")
    if as_json:
        show([_row(node)], as_json)


@app.command()
def status(as_json: Json = False) -> None:
    """Whether it runs and answers."""
    settings, node = _node()
    if not settings.own_kafka:
        return _status_of_theirs(settings, as_json)
    row = _row(node)
    show([row] if as_json else [{"": name.replace("_", " "), " ": value} for name, value in row.items() if value is not None], as_json)
    if not row["running"]:
        no(f"Kafka is not running. {row['trouble'] or ''} Start it: tocsin kafka start")
    if not row["answers"]:
        raise BrokerDown(node.servers, f"process {node.pid} runs and does not answer")


@app.command()
def logs(
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="How many, from the end.")] = 50,
    as_json: Json = False,
) -> None:
    """What it wrote since its last start: warnings and worse."""
    from connectors.node.log import following, last_lines

    path = _node()[1].log_path
    if not path.exists():
        no(f"there is no {path}: it was never started")
    for line in following(path, lines) if follow else last_lines(path, lines):
        if as_json:
            show([{"line": line}], as_json)
        else:
            put(clean(line))


def _node() -> tuple[Settings, "Node"]:
    from connectors.node import Node

    settings, home = load()
    return settings, Node(home, settings.kafka_port)


def _row(node: "Node") -> dict[str, object]:
    found = asdict(node.status())
    started = found.pop("started_dt")
    return {**found, "started_dt": started and started.isoformat(timespec="seconds")}


def _status_of_theirs(settings: Settings, as_json: bool) -> None:
    from connectors.broker.clients import answers
    from connectors.broker.options import client

    servers = settings.bootstrap_servers
    there = answers(client(settings), 5)
    show([{"servers": servers, "ours": False, "answers": there}], as_json)
    if not there:
        raise BrokerDown(servers, "it does not answer")


@app.callback()
def _noun() -> None:
    """Our own Kafka node, on this machine's loopback."""
