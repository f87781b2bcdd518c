"""track: an article to its matches, one a topic."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from connectors.store import Tx
from pipeline.verdict import Item, Patience, Verdict
from schemas.article import Article
from schemas.reasons import Reason
from schemas.streams import ARTICLES, Stream
from schemas.topic import Topic

if TYPE_CHECKING:
    from topics.match import Matcher, Tracked


@dataclass(frozen=True, kw_only=True, slots=True)
class Track:
    name: ClassVar[str] = "track"
    stream: ClassVar[Stream | None] = ARTICLES
    attempted: ClassVar[Reason | None] = None
    patience: ClassVar[Patience] = Patience()
    matcher: "Matcher"

    async def work(self, item: Item[Article]) -> "Tracked":
        return self.matcher.tracked(item.value)

    def settle(self, tx: Tx, item: Item[Article], found: "Tracked", now: datetime) -> Verdict:
        reason = Reason.MATCHED if found.matches else Reason.NO_MATCH
        topics = ", ".join(match.topic_id for match in found.matches)
        given_up = f"took too long and found nothing: {', '.join(found.slow)}" if found.slow else ""
        detail = "; ".join(filter(None, (topics, given_up)))
        return Verdict(reason=reason, records=found.matches, detail=detail, about=(item.value.article_id,))


def tracking(topics: Sequence[Topic]) -> Track:
    """The stage for these topics. The collector rests: it would look through the growing tables over and over, and none is garbage."""
    from topics.match import matcher  # here: a run with nothing due builds no matcher, and numpy is a tenth of its start

    gc.disable()
    try:
        return Track(matcher=matcher(topics))
    finally:
        gc.enable()
