"""The command `python -m demo`: serves the local news site until Ctrl-C."""

import argparse
import asyncio
import signal
import sys
from datetime import UTC, datetime

from demo.article import articles
from demo.news_site import NORMAL_SPEED, Site
from demo.serve import serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m demo", description="A local news site that brings out its articles over time.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8089, help="port to listen on (%(default)s)")
    parser.add_argument("--speed", type=float, default=NORMAL_SPEED, help="how much faster than life articles come out (%(default)g)")
    chosen = parser.parse_args()
    if chosen.speed <= 0:
        parser.error("--speed must be above 0: 60 brings out an hour of news in a minute")
    try:
        asyncio.run(_run(chosen.host, chosen.port, chosen.speed))
    except OSError as error:
        raise SystemExit(f"cannot listen on {chosen.host}:{chosen.port}: {error.strerror}. Choose another with --port") from error


async def _run(host: str, port: int, speed: float) -> None:
    site = Site(articles(), _now, speed)
    stopped = asyncio.Event()
    for told in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(told, stopped.set)
    async with serve(site, host, port) as base:
        listed = "".join(f"  {feed.language}  {base}{feed.path}  {feed.paper}\n" for feed in site.feeds)
        wait = (site.complete_dt - site.start).total_seconds()
        sys.stdout.write(f"{base}: {len(site.articles)} articles, all out after {wait:.0f} s (Ctrl-C stops)\n{listed}")
        sys.stdout.flush()
        await stopped.wait()


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 (this command is a world of its own)


if __name__ == "__main__":
    main()
