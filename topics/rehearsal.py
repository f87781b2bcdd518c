"""A topic, and an edited version of it, over articles of the past: what each finds, and what the edit gains and loses."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from schemas.article import Article, Headline, Origin
from schemas.label import Label
from schemas.match import Match
from schemas.topic import Topic
from topics.compounds import Compound, Compounds
from topics.match import Matcher, matcher

UNKNOWN = "unknown"

Timed: TypeAlias = tuple[datetime, Match]


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """Articles of a day or in a language: how many were read, and how many each version finds."""

    name: str
    read: int
    found: int
    found_edited: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A labelled article that is stored. Without an edited version both say the same."""

    label: Label
    found: bool
    found_edited: bool

    @property
    def is_broken(self) -> bool:
        """The edit loses what is relevant, or gains what is not."""
        return self.found is self.label.relevant is not self.found_edited


@dataclass(frozen=True, kw_only=True, slots=True)
class Quality:
    """None where nothing is labelled that would tell."""

    precision: float | None
    recall: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Rehearsal:
    """gained, lost: labelled articles among them, whenever these came. unstored: labels whose article is not stored any more."""

    days: tuple[Counted, ...]
    languages: tuple[Counted, ...]
    matches: tuple[Timed, ...]
    edited_matches: tuple[Timed, ...]
    gained: tuple[Headline, ...]
    lost: tuple[Headline, ...]
    judged: tuple[Judged, ...]
    unstored: tuple[Label, ...]
    compounds: tuple[Compound, ...]


def rehearsal(
    articles: Iterable[Article],
    topic: Topic,
    edited: Topic | None,
    *,
    labelled: Iterable[tuple[Label, Article | None]],
    since: datetime,
    until: datetime,
) -> Rehearsal:
    """Of the articles, those that would have rung between `since` and `until`. Labelled ones are judged whenever they came."""
    running = _Running(topic, edited or topic, edited is not None)
    for article in articles:
        if since <= (at := met_dt(article)) <= until:
            running.see(article, at)
    known = list(labelled)
    judged = tuple(running.judged(label, article) for label, article in known if article)
    return Rehearsal(
        days=running.days(),
        languages=running.languages(),
        matches=_in_order(running.matches),
        edited_matches=_in_order(running.edited_matches),
        gained=tuple(running.gained.values()),
        lost=tuple(running.lost.values()),
        judged=judged,
        unstored=tuple(label for label, article in known if article is None),
        compounds=running.compounds.found(),
    )


def met_dt(article: Article) -> datetime:
    """When it would have rung: as we saw it first, or, where it was old news already, as it was published."""
    published = article.published_dt
    if article.origin is Origin.LIVE or published is None or published > article.first_seen_dt:
        return article.first_seen_dt
    return published


def quality(judged: Sequence[Judged], edited: bool = False) -> Quality:
    found = [one for one in judged if (one.found_edited if edited else one.found)]
    relevant = [one for one in judged if one.label.relevant]
    both = sum(one.label.relevant for one in found)
    return Quality(precision=both / len(found) if found else None, recall=both / len(relevant) if relevant else None)


class _Running:
    def __init__(self, topic: Topic, edited: Topic, differ: bool) -> None:
        self._matcher: Matcher = matcher((topic, edited) if differ else (topic,))
        self._hashes = topic.digest, edited.digest
        self._days: dict[str, Counter[str]] = {"read": Counter(), "found": Counter(), "edited": Counter()}
        self._languages: dict[str, Counter[str]] = {name: Counter() for name in self._days}
        self.matches: list[Timed] = []
        self.edited_matches: list[Timed] = []
        self.gained: dict[str, Headline] = {}
        self.lost: dict[str, Headline] = {}
        self.compounds = Compounds(edited)

    def see(self, article: Article, at: datetime) -> None:
        found, edited = self._found(article)
        for name, is_so in (("read", True), ("found", found), ("edited", edited)):
            if is_so:
                self._days[name][at.date().isoformat()] += 1
                self._languages[name][(article.language or UNKNOWN).partition("-")[0]] += 1
        if found:
            self.matches.append((at, found))
        if edited:
            self.edited_matches.append((at, edited))
        self.compounds.see(article)

    def judged(self, label: Label, article: Article) -> Judged:
        found, edited = map(bool, self._found(article))
        return Judged(label=label, found=found, found_edited=edited)

    def days(self) -> tuple[Counted, ...]:
        """From the first with an article to the last; days without one between them, too."""
        names = sorted(self._days["read"])
        first, last = (date.fromisoformat(name) for name in (names[0], names[-1])) if names else (date.max, date.min)
        each = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return tuple(_counted(day.isoformat(), self._days) for day in each)

    def languages(self) -> tuple[Counted, ...]:
        """The most read first."""
        return tuple(_counted(name, self._languages) for name, _ in self._languages["read"].most_common())

    def _found(self, article: Article) -> tuple[Match | None, Match | None]:
        matches = {match.topic_hash: match for match in self._matcher.matches(article)}
        found, edited = (matches.get(one) for one in self._hashes)
        if bool(found) != bool(edited):
            (self.lost if found else self.gained)[article.article_id] = article.headline
        return found, edited


def _counted(name: str, counts: dict[str, Counter[str]]) -> Counted:
    return Counted(name=name, read=counts["read"][name], found=counts["found"][name], found_edited=counts["edited"][name])


def _in_order(matches: list[Timed]) -> tuple[Timed, ...]:
    return tuple(sorted(matches, key=lambda timed: (timed[0], timed[1].article.article_id)))
