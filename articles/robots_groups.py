"""What of a robots.txt is kept: the groups that can speak to us, without comments, so that it is small."""

import re
from collections.abc import Iterator

from articles.robots import AGENT

_LIMIT = 100 * 1024  # characters; a line is whole or not there
_AGENTS = re.compile(r"user[- ]?agent\b[\s:]*(.*)", re.IGNORECASE)
_RULE = re.compile(r"(?:dis)?allow\s*:|crawl-delay\s*:", re.IGNORECASE)
_OF_NO_GROUP = re.compile(r"(?:sitemaps?|site-map|host)\s*:", re.IGNORECASE)


def ours(text: str) -> str:
    """It says the same of us as the whole. Where it is not clear that a group has ended, more is kept."""
    kept = list[str]()
    room = _LIMIT
    for line in (line for group in _groups(text) if _speaks_to_us(group) for line in group):
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join(kept)


def _groups(text: str) -> Iterator[list[str]]:
    """A group ends where agents are named after a rule."""
    group, ruled = list[str](), False
    for line in (line.partition("#")[0].strip() for line in text.splitlines()):
        if not line or _OF_NO_GROUP.match(line):
            continue
        if ruled and _AGENTS.match(line):
            yield group
            group, ruled = [], False
        ruled = ruled or _RULE.match(line) is not None
        group.append(line)
    yield group


def _speaks_to_us(group: list[str]) -> bool:
    agents = (named[1].strip().lower() for line in group if (named := _AGENTS.match(line)))
    return any(agent and AGENT.startswith(agent.replace("*", "")) for agent in agents)
