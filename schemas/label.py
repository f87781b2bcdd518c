"""What a person said of an article: that a topic should ring for it, or that it should not."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """url, title: of the article as it was labelled, for when it is not stored any more."""

    topic_id: str
    article_id: str
    relevant: bool
    url: str
    title: str
    labelled_dt: datetime
