"""up itself: what is left of an earlier life goes, the database is brought to this release, the children start, and all end together."""

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from connectors import files
from connectors.node import Node
from connectors.store import revision
from connectors.store.engine import database
from flows import server
from flows.cycles import cycles
from pipeline.compiled import Compiled
from pipeline.start import readable
from schemas.settings import Settings
from tocsin.up import sessions
from tocsin.up.child import Child, Kafka
from tocsin.up.lock import alone
from tocsin.up.programs import environment, refuse_taken, serve_child, server_child, web_child
from tocsin.up.supervisor import Supervisor
from tocsin.up.watch import watch

Also = Callable[[], Coroutine[Any, Any, None]]

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_STALE_GRACE = 5.0  # seconds


def say(text: str) -> None:
    """One line to people, on stderr."""
    sys.stderr.write(f"tocsin: {text}\n")
    sys.stderr.flush()


async def up(settings: Settings, home: Path, given: Mapping[str, str], *, ready: Callable[[str], None], also: Also | None = None) -> int:
    """Everything on this machine, until SIGINT or SIGTERM. Raises TocsinError where something cannot start.

    given  the environment that `settings` and `home` came from: the children get it
    ready  told in words, once all answers
    also   runs once all answers; when it ends, so does everything
    """
    with alone(home), _told_to_stop() as (stopped, kills):
        await asyncio.to_thread(_take_over, home)
        await asyncio.to_thread(_upgrade, settings.database_url)
        await asyncio.gather(_prepare(settings, home, stopped), asyncio.to_thread(_compile, settings, home))
        supervisor = Supervisor(_children(settings, home, given), say)
        kills.append(supervisor.kill)
        try:
            if not stopped.is_set():
                await _until(stopped, supervisor.start())
            if not stopped.is_set():
                ready(_where(settings, home))
                await _until(
                    stopped, supervisor.keep(), watch(home, [c.log for c in supervisor.children], say), *([also()] if also else [])
                )
        finally:
            say("stopping")
            await supervisor.stop()
            say("stopped")
    return 0


async def _prepare(settings: Settings, home: Path, stopped: asyncio.Event) -> None:
    """Kafka's jars, which can take a minute the first time."""

    def progress(done: int, of: int, _: str) -> None:
        if stopped.is_set():
            raise InterruptedError
        if done in (1, of) or done % 25 == 0:
            say(f"fetching Kafka's jars, once: {done} of {of}")

    if settings.own_kafka:
        with suppress(InterruptedError):
            await asyncio.to_thread(Node(home, settings.kafka_port).prepare, progress)


def _compile(settings: Settings, home: Path) -> None:
    """What the operator wrote, read as the first run will: a mistake ends us here, and the forms of the topics' words are there by then."""
    readable(files.read_config(Path(settings.config)), home, Compiled(home, settings.languages))


def _children(settings: Settings, home: Path, given: Mapping[str, str]) -> list[list[Child]]:
    """In the order in which they are stopped: runs need Kafka and the server to end well."""
    variables = environment(settings, home, given)
    rest: list[Child] = [web_child(settings, home, variables)]
    if settings.own_kafka:
        rest.append(Kafka(Node(home, settings.kafka_port)))
    if not settings.prefect_api_url:
        refuse_taken(settings.prefect_port)
        rest.append(server_child(settings, home, variables))
    return [[serve_child(home, variables)], rest]


def _take_over(home: Path) -> None:
    """An earlier supervisor may have been killed: its children live on, all but Kafka are ended."""
    for mark in sorted((home / "run").glob("*.pid")):
        if count := sessions.end(mark, _STALE_GRACE):
            say(f"ended {count} processes of {mark.stem}, left by an earlier start")
    for cycle in cycles(home):
        if cycle.process:
            with suppress(OSError):
                cycle.process.kill()


def _upgrade(url: str) -> None:
    opened = database(url)
    try:
        if (before := opened.read(revision.current)) != revision.HEAD:
            revision.upgrade(opened)
            say(f"database brought from schema {before or 'none'} to {revision.HEAD}")
    finally:
        opened.close()


async def _until(stopped: asyncio.Event, *work: Coroutine[Any, Any, None]) -> None:
    """Until told to stop, or one of them ends; the others are cancelled then. Raises what it raised."""
    tasks = [asyncio.create_task(stopped.wait()), *(asyncio.create_task(one) for one in work)]
    done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for task in done:
        task.result()


@contextmanager
def _told_to_stop() -> Iterator[tuple[asyncio.Event, list[Callable[[], None]]]]:
    """The first signal sets the event, a second one calls what is in the list."""
    stopped, kills, loop = asyncio.Event(), list[Callable[[], None]](), asyncio.get_running_loop()

    def heard() -> None:
        for kill in kills if stopped.is_set() else ():
            kill()
        stopped.set()

    for number in _SIGNALS:
        loop.add_signal_handler(number, heard)
    try:
        yield stopped, kills
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)


def _where(settings: Settings, home: Path) -> str:
    if settings.prefect_api_url:
        page = f"runs: {settings.prefect_api_url}"
    else:
        page = f"runs: {server.own_api(settings).removesuffix('/api')} (it asks for the text of {home}/prefect/auth)"
    return f"everything is up. page: http://127.0.0.1:{settings.web_port}/; {page}; streams: {settings.bootstrap_servers}; Ctrl-C stops"
