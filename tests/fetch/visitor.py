"""A process that visits the addresses it is given, all at once, and prints how each visit ended and how much memory they took together."""

import asyncio
import json
import sys
import time
from pathlib import Path

from connectors.fetch import Web
from schemas.exchange import Request


async def visited(fetch: Web, url: str, deadline: float) -> tuple[str | None, float]:
    began = time.monotonic()
    response = await fetch(Request(url=url, deadline=deadline))
    return response.failure, time.monotonic() - began


def peak() -> int:
    """Bytes of memory at most so far. Not ru_maxrss: that one a process inherits."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


async def main(urls: dict[str, str], deadline: float) -> None:
    async with Web("c", "1", tuple(url.split("/")[2] for url in urls.values())) as fetch:
        await visited(fetch, "http://127.0.0.1:1/", deadline)
        before = peak()
        ends = await asyncio.gather(*(visited(fetch, url, deadline) for url in urls.values()))
        sys.stdout.write(json.dumps({"ends": dict(zip(urls, ends, strict=True)), "growth": peak() - before}))


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1]), float(sys.argv[2])))
