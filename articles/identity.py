"""What is the same: entries of a feed, addresses of one article, contents over time."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit, urlunsplit

from articles import dates, language, text
from articles.feeds.item import FeedItem
from articles.links import front_page
from schemas.article import (
    Article,
    BodyStatus,
    ChangeKind,
    DateSource,
    Entry,
    FeedRef,
    FetchRef,
    Origin,
    Page,
    Precision,
)
from schemas.exchange import Response
from schemas.feed import Feed
from schemas.ids import digest, uid

_FRESH = timedelta(hours=24)
_PORTS = {"http": 80, "https": 443}
# Only what is known to name a campaign or a reader. courlan drops more, `?gallery=7` and `?12345` too: two articles would become one.
_TRACKER = re.compile(
    r"(?:(?:utm|mtm|pk|piwik|itm|hsa|at)_\w+|fbclid|[gdwt]clid|twclid|yclid|msclkid|igshid|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|wt[._]z?mc(?:_id)?|xtor|ref_src)(?:=|$)",
    re.I,
)


def normalised(url: str) -> str:
    """One form for all spellings of an address: for comparing, not for fetching. Normalising it again changes nothing."""
    try:
        parts = urlsplit(url.strip())
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return url
    place = host if port in (None, _PORTS.get(parts.scheme)) else f"{host}:{port}"
    kept = sorted(pair for pair in map(str.strip, _ascii(parts.query).split("&")) if pair and not _TRACKER.match(pair))
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""  # pages that are drawn by a script
    return urlunsplit((parts.scheme, place, _ascii(parts.path) or "/", "&".join(kept), _ascii(fragment))).strip()


def entry(item: FeedItem, feed: Feed, first_poll: bool, seed_all: bool, now: datetime) -> Entry:
    """What a first poll finds is news only where its date says so; after the loss of our database not even then."""
    published = item.published_dt if item.published_dt and not dates.in_future(item.published_dt, now) else None
    old = published is None or now - published > _FRESH
    return Entry(
        entry_id=uid("entry", feed.feed_id, normalised(item.url)),
        feed_id=feed.feed_id,
        source_id=feed.source.source_id,
        url=item.url,
        title=item.title,
        summary=item.summary,
        content=item.content,
        authors=item.authors,
        tags=item.tags,
        language=item.language,
        published_dt=published,
        seen_dt=now,
        origin=Origin.SEED if first_poll and (old or seed_all) else Origin.LIVE,
    )


def addresses(entry: Entry, page: Page | None, final_url: str | None = None) -> tuple[str, ...]:
    """Every address this item answers to, normalised, its entry link at the front.

    What a page is redirected to or calls itself counts only where the page dates itself, as articles do: else a log-in or consent
    page that many links lead to would make one article of them all.
    """
    found = [entry.url]
    if page and page.published_source in (DateSource.JSON_LD, DateSource.META):
        found += [url for url in (final_url, page.canonical_url) if url and not front_page(url)]
    return tuple(dict.fromkeys(map(normalised, found)))


def revise(
    before: Article | None, entry: Entry, page: Page | None, response: Response | None, now: datetime, family: str | None = None
) -> Article | None:
    """The article as we know it now; None where that is no more than we knew. Its id and origin are never changed by a later page.

    response: of its page; None where it was not asked.
    """
    after = _article(entry, page, response, now, family)
    if before is None:
        return after
    full, was_full = after.body_status is BodyStatus.FULL, before.body_status is BodyStatus.FULL
    poorer, same = was_full and not full, full == was_full and after.content_hash == before.content_hash
    if poorer or same:
        return None
    return replace(
        after,
        article_id=before.article_id,
        revision=before.revision + 1,
        change_kind=ChangeKind.UPDATED,
        origin=before.origin,
        url=before.url,
        source_id=before.source_id,
        family=before.family,
        first_seen_dt=before.first_seen_dt,
        feed=before.feed,
    )


def _article(entry: Entry, page: Page | None, response: Response | None, now: datetime, family: str | None) -> Article:
    known = _of_page(entry, page) if page else _of_entry(entry)
    published, source, precision = _published(entry, page, now)
    return replace(
        known,
        canonical_url=page.canonical_url if page else None,
        content_hash=digest(*(text.fold(part or "") for part in (known.title, known.lead, known.body_text))),
        published_dt=published,
        published_source=source,
        published_precision=precision,
        word_count=len((known.body_text or "").split()),
        family=family,
        feed=FeedRef(feed_id=entry.feed_id, entry_id=entry.entry_id),
        fetch=_fetched(response, now) if response else None,
    )


def _fetched(response: Response, now: datetime) -> FetchRef:
    return FetchRef(status=response.status, final_url=response.url, fetched_dt=now, bytes=len(response.body))


def _of_entry(entry: Entry) -> Article:
    return Article(
        article_id=uid("article", normalised(entry.url)),
        revision=1,
        change_kind=ChangeKind.DISCOVERED,
        origin=entry.origin,
        url=entry.url,
        source_id=entry.source_id,
        first_seen_dt=entry.seen_dt,
        content_hash="",
        title=entry.title or None,
        body_text=entry.content or entry.summary,
        body_status=BodyStatus.SUMMARY_ONLY,
        language=language.declared(entry.language),
        authors=entry.authors,
        tags=entry.tags,
    )


def _of_page(entry: Entry, page: Page) -> Article:
    return replace(
        _of_entry(entry),
        title=page.title or entry.title or None,
        lead=page.lead,
        body_text=page.body_text,
        body_truncated=page.body_truncated,
        body_status=BodyStatus.FULL,
        blocks=page.blocks,
        language=page.language or language.declared(entry.language),
        language_confidence=page.language_confidence,
        authors=page.authors or entry.authors,
        modified_dt=page.modified_dt,
        section=page.section,
        tags=page.tags or entry.tags,
        image=page.image,
        extraction=page.extraction,
    )


def _published(entry: Entry, page: Page | None, now: datetime) -> tuple[datetime | None, DateSource | None, Precision | None]:
    """The page's own instant, then the feed's, then what the page shows: feeds often date the last change."""
    told = page and page.published_dt and not dates.in_future(page.published_dt, now)
    own = told and page and page.published_precision is Precision.MINUTE and page.published_source is not DateSource.PAGE
    if entry.published_dt and not own:
        return entry.published_dt, DateSource.FEED, Precision.MINUTE
    if page and told:
        return page.published_dt, page.published_source, page.published_precision
    return None, None, None


def _host(host: str) -> str:
    host = host.rstrip(".").lower()
    if ":" in host:
        return f"[{host}]"
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host


def _ascii(part: str) -> str:
    """Only what is beyond ASCII is escaped: the rest may mean something as it stands."""
    return part if part.isascii() else quote(part, safe="!#$%&'()*+,/:;=?@[]~|\\^`{}\"<> ", errors="replace")
