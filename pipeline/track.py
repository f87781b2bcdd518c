"""track: an article to its matches, one a topic."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from connectors.store import Tx
from pipeline.verdict import Item, Patience, Verdict
from schemas.article import Article
from schemas.match import Match
from schemas.reasons import Reason
from schemas.streams import ARTICLES, Stream
from topics.match import Matcher


@dataclass(frozen=True, kw_only=True, slots=True)
class Track:
    name: ClassVar[str] = "track"
    stream: ClassVar[Stream | None] = ARTICLES
    attempted: ClassVar[Reason | None] = None
    patience: ClassVar[Patience] = Patience()
    matcher: Matcher

    async def work(self, item: Item[Article]) -> tuple[Match, ...]:
        return self.matcher.matches(item.value)

    def settle(self, tx: Tx, item: Item[Article], found: tuple[Match, ...], now: datetime) -> Verdict:
        reason = Reason.MATCHED if found else Reason.NO_MATCH
        return Verdict(reason=reason, records=found, detail=", ".join(m.topic_id for m in found), about=(item.value.article_id,))
