"""The invented papers: each has one feed, one language and one way of writing feeds, good or bad."""

from dataclasses import dataclass
from enum import StrEnum, auto


class Format(StrEnum):
    RSS = auto()
    ATOM = auto()
    RDF = auto()
    BROKEN = auto()  # RSS as bad as feeds get while people still read them


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """every: seconds of real time between two polls. fails_every: each such request is answered with 503."""

    feed_id: str
    paper: str
    language: str
    format: Format = Format.RSS
    every: int = 5
    guids: bool = True
    fails_every: int = 0

    @property
    def path(self) -> str:
        return f"/{self.feed_id}/feed.xml"


FEEDS = (
    Feed(feed_id="elbwarte", paper="Elbwarte", language="de"),
    Feed(feed_id="harbour-ledger", paper="The Harbour Ledger", language="en", format=Format.ATOM, every=6),
    Feed(feed_id="courrier-des-quais", paper="Le Courrier des Quais", language="fr", format=Format.RDF, every=8),
    Feed(feed_id="fonar", paper="Невский Фонарь", language="ru", format=Format.BROKEN, every=7),
    Feed(feed_id="mist", paper="Ранковий Міст", language="uk", every=6, fails_every=3),
    Feed(feed_id="przystan", paper="Głos Przystani", language="pl", every=10, guids=False),
    Feed(feed_id="presseverbund", paper="Presseverbund Provinz", language="de", every=15),
)
