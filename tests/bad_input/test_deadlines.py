"""A feed and a page that never end are given up at their deadlines, 30 s and 20 s; the news beside them is told long before."""

import asyncio
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

from schemas.reasons import Reason
from tests.bad_input.street import HEADLINE, Street, article, paper, street, told
from tests.fetch.site import Asked
from tests.town import BODY


def drip(asked: Asked) -> Iterator[bytes]:
    """Alive at every moment, and never done. The site sends a piece and looks around."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>"
    yield from itertools.repeat(b" ")


async def walk(home: Path) -> Street:
    slow_page = "A page that never ends"
    lead = paper({"/slow": (slow_page, b"")})

    def slow(asked: Asked) -> bytes | Iterable[bytes]:
        return drip(asked) if asked.path == "/slow" else lead(asked)

    sites = {"endless": drip, "slow-page": slow, "gazette": paper({"/1": (HEADLINE, article(HEADLINE, BODY))})}
    async with street(home, sites) as found:
        for site in found.sites.values():
            site.pause = 0.2 if site is not found.sites["gazette"] else 0
        await found.cycle()
        return found


def test_what_never_ends_is_given_up_and_nobody_waits_for_it(tmp_path: Path) -> None:
    found = asyncio.run(walk(tmp_path))

    endless = found.state("endless")
    assert (endless.reason, endless.detail) == (Reason.TIMEOUT, "no whole answer within 30 s")
    slow = found.notes(found.sites["slow-page"].url("/slow"))
    page = next(note for note in slow if note.stage == "extract")
    assert (page.reason, page.detail) == (Reason.SUMMARY_ONLY, "timeout: no whole answer within 20 s")

    assert HEADLINE in told(found)
    delivered = found.read(lambda tx: tx.journal.latest("deliver", [Reason.DELIVERED], 1))[0]
    assert delivered.seq < page.seq < next(note for note in found.notes("endless") if note.stage == "poll").seq
