"""quarantine: what could not pass, with its reason and bytes, and the way back."""

import asyncio
from typing import Annotated, Any

import typer

from tocsin.cli.context import NO, PARTLY, Json, house, load, no, say, show

app = typer.Typer(no_args_is_help=True, help="What could not pass, and the way back.")


@app.command("list")
def list_(as_json: Json = False) -> None:
    """Every quarantined item that the stream still holds, the newest last."""
    rows: list[dict[str, Any]] = [
        {"id": q.quarantine_id, "failed": q.failed_dt, "stage": q.stage, "reason": q.reason, "detail": q.detail} for q in _items()
    ]
    if not as_json:
        rows = [row | {"id": row["id"][:8]} for row in rows]
    show(rows, as_json, "nothing is in quarantine")


@app.command("show")
def show_(item: Annotated[str, typer.Argument(help="An id, or its beginning.")], as_json: Json = False) -> None:
    """One item whole, always as JSON."""
    from schemas import codec

    found = [q for q in _items() if q.quarantine_id.startswith(item)]
    if not found:
        no(f"nothing in quarantine begins with {item}")
    show([codec.plain(q) for q in found], True)


@app.command()
def replay(items: Annotated[list[str], typer.Argument(help="Ids, or their beginnings.")], as_json: Json = False) -> None:
    """Send items back to the stage that failed. They ring by the ordinary rules."""
    from pipeline.replay import Replayed

    async def back() -> Replayed:
        from pipeline.replay import replay

        async with house() as opened:
            return await replay(opened.world, items)

    result = asyncio.run(back())
    show([{"id": name, "replayed": True} for name in result.replayed], as_json, "")
    for name, why in result.refused.items():
        say(f"{name} {why}")
    if result.refused:
        raise typer.Exit(PARTLY if result.replayed else NO)


def _items() -> list:  # type: ignore[type-arg]
    from connectors.broker import Kafka
    from pipeline.replay import quarantined

    broker = Kafka(load()[0])
    try:
        return list(quarantined(broker))
    finally:
        broker.close()
