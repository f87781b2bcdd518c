"""hosts: how politely we ask each one, and what it allows."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.context import Json, no, show, store

if TYPE_CHECKING:
    from connectors.store import Tx
    from connectors.store.lanes import Lane
    from schemas.host import HostState, Robots

app = typer.Typer(no_args_is_help=True, help="How politely each host is asked, and what it allows.")

_TABLE = ("host", "requests", "bytes", "not_modified_share", "rate_limited", "failed", "next", "robots")
_WAITING = {"poll": ("poll of a feed", "polls of feeds"), "extract": ("page", "pages")}


@app.command("list")
def list_(as_json: Json = False) -> None:
    """Every host that we have asked, with what it answered and when it may be asked again."""
    from pipeline import hosts

    now, opened = _now(), store()
    states, lanes = opened.read_now(lambda tx: (tx.hosts.all(), tx.lanes.starting(hosts.PREFIX)))
    opened.close()
    show([_row(state, lanes.get(hosts.lane_of(state.host)), now) for state in states], as_json, "no host has been asked yet", table=_TABLE)


@app.command("show")
def show_(host: Annotated[str, typer.Argument(help="Its name, or any address on it.")], as_json: Json = False) -> None:
    """One host: what was asked and what came, its robots.txt, when it may be asked again, what waits. Exit code 1 for a strange one."""
    name, now, opened = _named(host), _now(), store()
    state, lane, waiting = opened.read_now(lambda tx: _known(tx, name))
    opened.close()
    if state is None:
        no(_unknown(name, waiting))
    row = _row(state, lane, now)
    if as_json:
        show([row | {"waiting": {stage: {"jobs": count, "due": due} for stage, (count, due) in waiting.items()}}], True)
        return
    facts = [*_asked(state), ("robots.txt", row["robots"]), ("next visit", _next(state, lane, now)), ("waiting", _waits(waiting))]
    show([{"": what, " ": told} for what, told in facts], False)


def _known(tx: "Tx", name: str) -> "tuple[HostState | None, Lane | None, dict[str, tuple[int, datetime]]]":
    from pipeline import hosts

    lane = hosts.lane_of(name)
    return tx.hosts.get(name), tx.lanes.get(lane), tx.jobs.waiting_in(lane)


def _named(host: str) -> str:
    from pipeline import hosts

    try:
        return hosts.name(host if "://" in host else f"https://{host}")
    except ValueError as error:
        raise typer.BadParameter(f"{host} is no host and no address") from error


def _unknown(name: str, waiting: Mapping[str, Any]) -> str:
    if waiting:
        return f"{name} has not been asked yet; {_waits(waiting)}"
    return f"{name} has never been asked. tocsin hosts list names those that have; a port is part of the name"


def _row(state: "HostState", lane: "Lane | None", now: datetime) -> dict[str, Any]:
    return {
        "host": state.host,
        "requests": state.requests,
        "bytes": state.bytes,
        "not_modified": state.not_modified,
        "not_modified_share": round(state.not_modified / max(state.requests, 1), 3),
        "rate_limited": state.rate_limited,
        "failed": state.failed,
        "since": state.first_dt,
        "last": state.last_dt,
        "next": _free(state, lane, now),
        "robots": _robots(state.robots, now),
        "robots_read": state.robots and state.robots.fetched_dt,
        "crawl_delay_s": state.robots.delay_s if state.robots else 0,
    }


def _asked(state: "HostState") -> Iterator[tuple[str, str]]:
    share = state.not_modified / max(state.requests, 1)
    yield "host", state.host
    yield "asked", f"{_many(state.requests, 'time', 'times')} since {_when(state.first_dt)}, last at {_when(state.last_dt)}"
    yield "received", f"{state.bytes:,} bytes over the wire"
    yield "unchanged", f"{share:.0%} of the answers said that nothing had changed (304)"
    yield "too often", f"{_many(state.rate_limited, 'answer', 'answers')} said that we ask too often (429)"
    yield "failed", f"{_many(state.failed, 'request', 'requests')} had no answer, or none of use"


def _free(state: "HostState", lane: "Lane | None", now: datetime) -> datetime | None:
    """None: it may be asked now."""
    rests = [dt for dt in (state.free_dt, lane.free_dt if lane else None) if dt and dt > now]
    return max(rests, default=None)


def _next(state: "HostState", lane: "Lane | None", now: datetime) -> str:
    free = _free(state, lane, now)
    if lane and lane.holder and lane.free_dt > now:
        return "it is being asked just now"
    if free is None:
        return "it may be asked now"
    asked = state.free_dt is not None and state.free_dt > now
    return f"not before {_when(free)}: {'it asked to be left alone so long' if asked else 'its pace'}"


def _robots(robots: "Robots | None", now: datetime) -> str:
    if robots is None:
        return "not asked yet: no page of this host was wanted"
    age = f"read {_age(now - robots.fetched_dt)} ago"
    if robots.problem:
        return f"could not be had, so no page is asked for now: {robots.problem}; {age}"
    if not robots.text:
        return f"it has none, so every page may be asked; {age}"
    told = "keeps us from its pages, so the feeds' summaries stand in for them" if robots.closed else "lets us in, by its rules"
    return f"{told}; {f'it asks for {robots.delay_s:g} s between two visits; ' if robots.delay_s else ''}{age}"


def _waits(waiting: Mapping[str, tuple[int, datetime]]) -> str:
    parts = [f"{_many(count, *_WAITING.get(stage, (stage, stage)))}, the first due {_when(due)}" for stage, (count, due) in waiting.items()]
    return "; ".join(parts) or "nothing"


def _age(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    return _many(minutes, "minute", "minutes") if minutes < 120 else _many(minutes // 60, "hour", "hours")


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def _when(dt: datetime) -> str:
    return f"{dt:%Y-%m-%d %H:%M:%S}Z"


def _now() -> datetime:
    from connectors.clock import now

    return now()
