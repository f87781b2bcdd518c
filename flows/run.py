"""What every run of ours shares: its name, the house opened under it, and an end when it is told to stop."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib import metadata

from prefect.runtime import flow_run

from connectors import environment
from flows.cycles import noted
from pipeline.start import House, started
from schemas.work import STAGES


def version() -> str:
    return metadata.version("tocsin")


def run_name() -> str:
    """Readable in a list of runs: what, and the time it stands for."""
    stages = flow_run.parameters.get("stages", STAGES)
    what = flow_run.flow_name if len(stages) == len(STAGES) else "+".join(stages)
    return f"{what} {flow_run.scheduled_start_time:%d %b %H:%M:%S}"


@asynccontextmanager
async def opened() -> AsyncIterator[House]:
    """The house, under a mark that says which process works on this run."""
    _, home = environment.load(os.environ)
    with noted(home, flow_run.flow_name, str(flow_run.id)):
        async with started(os.environ, version()) as house:
            yield house


@contextmanager
def told_to_stop() -> Iterator[asyncio.Event]:
    """SIGTERM sets it, in place of Prefect's own end in the middle of things: what is in work is settled, and the run ends by itself."""
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGTERM)
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    try:
        yield stopped
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
        signal.signal(signal.SIGTERM, before)
