"""A plain text as an article: what the tests in a topic file and texts typed at a terminal are read as."""

from datetime import UTC, datetime

from schemas.article import Article, ChangeKind, Origin

_LATEST = datetime(9999, 12, 31, tzinfo=UTC)  # a text of no date is read as of now, so after whatever a topic file says


def article(text: str, language: str | None = None, *, read_dt: datetime = _LATEST) -> Article:
    """Its first paragraph is the title, the rest the body and its first paragraph the lead. It comes from no source, so it is in each.

    read_dt: what terms with a date go by.
    """
    title, _, body = (part.strip() for part in text.strip().partition("\n\n"))
    return Article(
        article_id="text",
        revision=1,
        change_kind=ChangeKind.DISCOVERED,
        origin=Origin.LIVE,
        url="text:",
        source_id="",
        first_seen_dt=read_dt,
        content_hash="text",
        title=title,
        lead=body.partition("\n\n")[0] or None,
        body_text=body or None,
        language=language,
    )
