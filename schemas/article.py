"""One news item at its ages: the entry a feed shows, the page it links to, the article we publish, the headline others carry."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Annotated

from pydantic import AwareDatetime, Field

Count = Annotated[int, Field(ge=0, le=2**53 - 1)]
Share = Annotated[float, Field(ge=0, le=1)]


class Origin(StrEnum):
    """Why we met this item; decided once, where it was met. Only LIVE ever rings."""

    LIVE = auto()
    SEED = auto()
    BACKFILL = auto()
    REPLAY = auto()


class ChangeKind(StrEnum):
    DISCOVERED = auto()
    UPDATED = auto()
    RETRACTED = auto()


class BodyStatus(StrEnum):
    FULL = auto()
    PARTIAL = auto()
    SUMMARY_ONLY = auto()
    PAYWALL = auto()
    CONSENT = auto()
    CHALLENGE = auto()
    HUB = auto()
    EMPTY = auto()


class ArticleKind(StrEnum):
    ARTICLE = auto()
    LIVE_BLOG = auto()
    ROUNDUP = auto()


class DateSource(StrEnum):
    """Where a publication instant was read."""

    FEED = auto()
    JSON_LD = auto()
    META = auto()
    PAGE = auto()


class Precision(StrEnum):
    MINUTE = auto()
    DAY = auto()


class BlockKind(StrEnum):
    P = auto()
    H = auto()
    LI = auto()
    QUOTE = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Where a paragraph, heading, list item or quotation of body_text starts, in characters."""

    start: Count
    kind: BlockKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One item as a feed shows it, with an identity of ours."""

    entry_id: str
    feed_id: str
    source_id: str
    url: str
    title: str
    summary: str | None = None
    content: str | None = None  # the whole text, where the feed tells it; paragraphs as in body_text
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None  # as the feed declares it: a prior, not the truth
    published_dt: AwareDatetime | None = None
    seen_dt: AwareDatetime
    origin: Origin = Origin.LIVE


@dataclass(frozen=True, kw_only=True, slots=True)
class Extraction:
    tool: str
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What the page behind an entry holds. body_text: `\\n\\n` ends a paragraph, `\\n` is a soft break."""

    title: str | None = None
    lead: str | None = None
    body_text: str
    body_truncated: bool = False
    blocks: tuple[Block, ...] = ()
    authors: tuple[str, ...] = ()
    language: str | None = None
    language_confidence: Share | None = None
    published_dt: AwareDatetime | None = None
    published_source: DateSource | None = None
    published_precision: Precision | None = None
    modified_dt: AwareDatetime | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None
    canonical_url: str | None = None
    extraction: Extraction


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedRef:
    feed_id: str
    entry_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchRef:
    """How the page was had. status 0: no answer at all."""

    status: Count
    final_url: str
    fetched_dt: AwareDatetime
    bytes: Count


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """news.article.v1: what everything downstream believes."""

    article_id: str
    revision: Annotated[int, Field(ge=1, le=2**53 - 1)]
    change_kind: ChangeKind
    origin: Origin
    url: str
    source_id: str
    first_seen_dt: AwareDatetime
    content_hash: str
    canonical_url: str | None = None
    title: str | None = None
    lead: str | None = None
    body_text: str | None = None
    body_truncated: bool | None = None
    body_status: BodyStatus | None = None
    kind: ArticleKind | None = None
    blocks: tuple[Block, ...] = ()
    language: str | None = None
    language_confidence: Share | None = None
    authors: tuple[str, ...] = ()
    published_dt: AwareDatetime | None = None
    published_source: DateSource | None = None
    published_precision: Precision | None = None
    modified_dt: AwareDatetime | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None
    word_count: Count | None = None
    family: str | None = None
    feed: FeedRef | None = None
    fetch: FetchRef | None = None
    extraction: Extraction | None = None

    @property
    def headline(self) -> "Headline":
        return Headline(
            article_id=self.article_id,
            revision=self.revision,
            content_hash=self.content_hash,
            title=self.title or self.url[:1000],  # the schemas' longest title
            url=self.url,
            source_id=self.source_id,
            language=self.language,
            published_dt=self.published_dt,
            first_seen_dt=self.first_seen_dt,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Headline:
    """What a match and an alert carry of an article, so that no stage reads another stage's tables."""

    article_id: str
    revision: Annotated[int, Field(ge=1, le=2**53 - 1)]
    content_hash: str
    title: str
    url: str
    source_id: str
    language: str | None = None
    published_dt: AwareDatetime | None = None
    first_seen_dt: AwareDatetime
