"""demo: everything on this machine, with a local news site instead of the world's; nothing is sent anywhere."""

import asyncio
import os
import shutil
import socket
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.context import Json, put, say, show

if TYPE_CHECKING:
    from demo.news_site import Site

_SECRET = "DEMO_SECRET"  # the variable that holds what the webhook is signed with
_SPEED = 60  # an hour of news a minute
_VISITS = "publisher.jsonl"  # the log of the local site
_FRESH = ("state", "kafka/data", "config", "config.last-good.json", _VISITS)  # of an earlier demo: what it told already would not ring


def demo(
    seconds: Annotated[float, typer.Option("--for", help="End by itself after so many seconds; 0: until Ctrl-C.")] = 0,
    keep: Annotated[bool, typer.Option("--keep", help="Keep what an earlier demo left: then only what is new rings.")] = False,
    faults: Annotated[bool, typer.Option("--faults", help="With a second host on its worst day, and a log of every visit.")] = False,
    as_json: Json = False,
) -> None:
    """Play a local news site through the real pipeline, on a real Kafka and a real Prefect server, and print what rings."""
    home = Path(os.environ.get("TOCSIN_HOME", ".tocsin")).absolute()
    if not keep:
        _begin_anew(home)
    raise typer.Exit(asyncio.run(_demo(home, seconds, faults, as_json)))


async def _demo(home: Path, seconds: float, faults: bool, as_json: bool) -> int:
    from connectors.environment import load
    from tocsin.up import up

    port, bad = _free_port(), _free_port() if faults else 0
    given = {**os.environ, **_variables(home, port, bad)}
    _configure(home, port, bad)
    settings, _ = load(given)
    say("tocsin demo: everything on this machine, nothing is sent anywhere (Ctrl-C stops)")

    async def play() -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(_play(port, bad, settings.bootstrap_servers, home, as_json), seconds or None)

    return await up(settings, home, given, ready=say, also=play)


async def _play(port: int, bad: int, servers: str, home: Path, as_json: bool) -> None:
    """The site comes out with its news, and its webhook prints what rings. bad: the port of the bad host; 0: there is none."""
    from connectors.clock import now
    from demo.article import articles
    from demo.news_site import Site
    from demo.serve import serve, serve_faults
    from demo.visits import Log

    site = Site(articles(), now, _SPEED)
    log = Log(home / _VISITS, now) if bad else None
    async with AsyncExitStack() as stack:
        base = await stack.enter_async_context(serve(site, port=port, log=log))
        wait = (site.complete_dt - site.start).total_seconds()
        say(f"local news site: {base}, {len(site.feeds)} feeds, {len(site.articles)} articles, all out after {wait:.0f} s")
        if bad:
            say(f"a host on its worst day: {await stack.enter_async_context(serve_faults(site, base, port=bad, log=log))}")
            say(f"how polite we were:  python -m demo.manners {home / _VISITS} --speed {_SPEED}")
        say(f"read the stream as any consumer would:  kafka-python consumer -b {servers} -t news.alert.v1 -C auto_offset_reset=earliest")
        say(f"ask what became of one:  TOCSIN_HOME={home} tocsin explain {base}/elbwarte/...")
        await _print_posts(site, as_json)


async def _print_posts(site: "Site", as_json: bool) -> None:
    while True:
        post = await site.posts.get()
        if as_json:
            show([post.value], True)
            continue
        for line in _lines(post.value, (post.arrived_dt - site.start).total_seconds()):
            put(line)


def _lines(told: Any, at: float) -> list[str]:
    from alerts.render import one_line

    alert = told["alert"]
    newest = alert.get("articles", [])[: max(1, alert.get("new_count", 1))]
    forms = ", ".join(dict.fromkeys(e["form"] for e in alert.get("evidence", [])))
    head = f"{at:6.1f} s  {alert['state'].upper()}  {alert['topic_id']}  {alert['article_count']} articles"
    said = [f"          {a.get('language') or '--'}  {one_line(a['title'], 110)}\n              {a['url']}" for a in newest]
    because = [f"          because of: {one_line(forms, 100)}"] if forms else [f"          {one_line(alert.get('detail', ''), 110)}"]
    return [head, *said, *because]


def _variables(home: Path, port: int, bad: int) -> Mapping[str, str]:
    """The demo's own settings, for what the user has not set."""
    wanted = {
        "TOCSIN_HOME": str(home),
        _SECRET: "demo",
        "TOCSIN_CONFIG": str(home / "config"),
        "TOCSIN_SPEED": str(_SPEED),
        "TOCSIN_ALLOW_HOSTS": f"127.0.0.1:{port}" + (f",127.0.0.1:{bad}" if bad else ""),
        "DEMO_TOKEN": "demo",
        "TOCSIN_HOST_PACE": "0.05",
        "TOCSIN_CYCLE_SECONDS": "8",
    }
    return {name: value for name, value in wanted.items() if name in ("TOCSIN_HOME", "TOCSIN_ALLOW_HOSTS") or name not in os.environ}


def _configure(home: Path, port: int, bad: int) -> None:
    from demo import faults
    from demo.news_site import feeds_yaml, routes_yaml
    from tocsin.shipped import shipped

    folder, base = home / "config", f"http://127.0.0.1:{port}"
    (folder / "topics").mkdir(parents=True, exist_ok=True)
    more = faults.feeds_yaml(f"http://127.0.0.1:{bad}", _SPEED) if bad else ""
    (folder / "feeds.yaml").write_text(feeds_yaml(base, speed=_SPEED, more=more), encoding="utf-8")
    (folder / "routes.yaml").write_text(routes_yaml(base, _SECRET), encoding="utf-8")
    shutil.copy(shipped() / "topics" / "nato-russia.yaml", folder / "topics")


def _begin_anew(home: Path) -> None:
    """Jars and Prefect's history stay: they cost time, and ring nothing. Raises AlreadyRunning."""
    from connectors.environment import load
    from connectors.node import Node
    from tocsin.up.lock import alone

    with alone(home):
        Node(home, load({**os.environ, "TOCSIN_HOME": str(home)})[0].kafka_port).stop()  # of a demo that was killed
        for name in _FRESH:
            path = home / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
