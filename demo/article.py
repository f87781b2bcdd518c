"""An article of the local news site, and the reading of its file: a few `key: value` lines, then paragraphs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from pathlib import Path

_FOLDER = Path(__file__).parent / "articles"
_UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1)}


class Shape(StrEnum):
    """What its page is like. Each but the first is a difficulty that real sites have."""

    NORMAL = auto()
    UNDATED = auto()  # no date anywhere
    STAND = auto()  # no metadata: the only date is the visible "Stand: 22.10.2021 17:40 Uhr"
    MOVED = auto()  # the feed shows an old address: 301
    MISSING = auto()  # the feed shows an address that answers 404
    CP1251 = auto()  # windows-1251, said by <meta charset> alone
    PAYWALL = auto()  # the lead, one paragraph and an offer
    CONSENT = auto()  # nothing but the question about cookies


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    text: str
    heading: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """release: when the site shows it, counted from the site's start at speed 1; below 0 it was out before, by the real clock."""

    slug: str
    language: str
    title: str
    kicker: str
    lead: str
    author: str
    section: str
    tags: tuple[str, ...]
    published: datetime
    release: timedelta
    feed: str
    papers: tuple[str, ...] = ()  # of an agency's article: who prints it; empty: the feed's own paper
    topic: str | None
    shape: Shape
    body: tuple[Block, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(block.text for block in self.body)


def articles() -> tuple[Article, ...]:
    """All that are shipped, in the order of their release."""
    found = (read(path.stem, path.read_text(encoding="utf-8")) for path in _FOLDER.glob("*.md"))
    return tuple(sorted(found, key=lambda a: (a.release, a.slug)))


def read(name: str, text: str) -> Article:
    """name: `<language>-<slug>`. Raises KeyError or ValueError where the file is not as it should be."""
    _, head, rest = text.split("---\n", 2)
    said = dict(line.split(": ", 1) for line in head.strip().splitlines())
    language, slug = name.split("-", 1)
    return Article(
        slug=slug,
        language=language,
        title=said["title"],
        kicker=said["kicker"],
        lead=said["lead"],
        author=said["author"],
        section=said["section"],
        tags=_listed(said["tags"]),
        published=datetime.fromisoformat(said["published"]),
        release=_span(said["release"]),
        feed=said["feed"],
        papers=_listed(said.get("papers", "")),
        topic=None if said["topic"] == "none" else said["topic"],
        shape=Shape(said["shape"]),
        body=tuple(Block(text=part.removeprefix("## "), heading=part.startswith("## ")) for part in rest.strip().split("\n\n")),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _span(text: str) -> timedelta:
    """`+2.5 min` or `-26 h`."""
    amount, unit = text.split()
    return float(amount) * _UNITS[unit]
