"""Which rules of a polite feed reader a publisher's log shows broken: `python -m demo.manners FILE [--speed N]`.

The rules are those of feed readers' tests: rachelbythebay.com/fs, and RFC 9110 and 9111.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from demo.visits import Visit, read

_DAY = 86_400.0
_LEAST = 3.0  # seconds between two visits of one feed
_SLACK = 0.05  # seconds: our clock and the reader's are read at different moments
_MAX_AGE = re.compile(r"max-age=(\d+)")


def broken(visits: Sequence[Visit], speed: float = 1.0) -> Iterator[str]:
    """A sentence a breach, in the order of the rules."""
    feeds = defaultdict[str, list[Visit]](list)
    hosts = defaultdict[str, list[Visit]](list)
    for visit in (visit for visit in visits if visit.method == "GET"):  # what is sent to a webhook is no visit of a reader
        hosts[visit.host].append(visit)
        if visit.path.endswith(".xml"):
            feeds[f"{visit.host}{visit.path}"].append(visit)
    for name, of_feed in feeds.items():
        for rule in (_unconditional, _validators, _too_early, _gone):
            yield from (f"{name}: {breach}" for breach in rule(of_feed, speed))
        yield from (f"{name}: {breach}" for visit in of_feed for breach in _headers(visit))
    for name, of_host in hosts.items():
        yield from (f"{name}: {breach}" for breach in _crowded(of_host))


def _unconditional(visits: Sequence[Visit], speed: float) -> Iterator[str]:
    """Once for what it knows a validator of, and once a day where a feed keeps answering 304. A publisher who lied with one gets none."""
    known, lied, last = False, False, 0.0
    before: Visit | None = None
    for visit in visits:
        conditional = "if-none-match" in visit.asked or "if-modified-since" in visit.asked
        if not conditional:
            if known and not lied and visit.begun - last < _DAY / speed:
                yield f"asked without conditions {visit.begun - last:.0f} s after the last time"
            last = visit.begun
        if visit.status == 200:
            known = "etag" in visit.told or "last-modified" in visit.told
            lied = lied or bool(before and known and before.told == visit.told and before.digest != visit.digest)
            before = visit


def _validators(visits: Sequence[Visit], speed: float) -> Iterator[str]:
    """The last ones, byte for byte; none of its own."""
    etag: str | None = None
    modified: str | None = None
    for visit in visits:
        if 300 < visit.status < 304 or visit.status > 304:
            continue  # on the way to elsewhere, it carries what counts there; and a refusal changes nothing
        for header, last in (("if-none-match", etag), ("if-modified-since", modified)):
            if header in visit.asked and visit.asked[header] != last:
                yield f"{header}: {visit.asked[header]} was not the last: {last}"
        if visit.status == 200:
            etag, modified = visit.told.get("etag"), visit.told.get("last-modified")
        if visit.status == 304:
            etag, modified = visit.told.get("etag", etag), visit.told.get("last-modified", modified)


def _too_early(visits: Sequence[Visit], speed: float) -> Iterator[str]:
    for before, after in pairwise(visits):
        pause, age = after.begun - before.ended + _SLACK, _MAX_AGE.search(before.told.get("cache-control", ""))
        if pause < _LEAST:
            yield f"asked again after {pause:.1f} s"
        if age and before.status in (200, 304) and pause < int(age[1]):
            yield f"asked again after {pause:.1f} s of a max-age of {age[1]}"


def _gone(visits: Sequence[Visit], speed: float) -> Iterator[str]:
    gone = next((number for number, visit in enumerate(visits) if visit.status == 410), len(visits))
    later = len(visits) - gone - 1
    if later > 0:
        yield f"asked {later} times more after it was gone"


def _headers(visit: Visit) -> Iterator[str]:
    for unwanted in ("cookie", "referer"):
        if unwanted in visit.asked:
            yield f"sent a {unwanted}"
    if visit.query:
        yield f"added {visit.query} to the address"
    if not re.search(r"\w+/[\w.+]+ \(\+https?://", visit.asked.get("user-agent", "")):
        yield f"named itself without version and address: {visit.asked.get('user-agent')}"
    if "xml" not in visit.asked.get("accept", ""):
        yield "did not say that it wants feeds"
    if "gzip" not in visit.asked.get("accept-encoding", ""):
        yield "did not take gzip"


def _crowded(visits: Sequence[Visit]) -> Iterator[str]:
    """One visitor at a time; none before the time that Retry-After names."""
    for before, after in pairwise(visits):
        if after.begun < before.ended - _SLACK:
            yield f"asked for {after.path} while {before.path} was being answered"
    for number, visit in enumerate(visits):
        rest = float(visit.told["retry-after"]) if visit.told.get("retry-after", "").isdecimal() else 0.0
        early = [later for later in visits[number + 1 :] if later.begun - visit.ended + _SLACK < rest]
        if rest and early:
            yield f"asked for {early[0].path} {early[0].begun - visit.ended:.1f} s into a rest of {rest:.0f} s"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m demo.manners", description="Hold a publisher's log against the rules of politeness.")
    parser.add_argument("log", type=Path)
    parser.add_argument("--speed", type=float, default=1.0, help="that the reader ran at (%(default)g)")
    chosen = parser.parse_args()
    visits = read(chosen.log)
    breaches = list(broken(visits, chosen.speed))
    sys.stdout.write("".join(f"{breach}\n" for breach in breaches))
    sys.stdout.write(f"{len(visits)} visits, {len(breaches)} breaches\n")
    raise SystemExit(1 if breaches else 0)


if __name__ == "__main__":
    main()
