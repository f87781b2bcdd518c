"""An alert in words: what moved, why, who says so, since when, what changed, how many. Plain text, safe to send anywhere."""

import unicodedata
from datetime import UTC, datetime

from schemas.alert import SYSTEM, Alert, AlertState, Delivery, Message
from schemas.article import Headline

_SHOWN = 5  # headlines
_TERMS = 8
_TITLE = 250  # characters: what mail subjects and chat titles bear
_DETAIL = 1000
_OPENING = {
    AlertState.OPENED: "",
    AlertState.UPDATED: "Update: ",
    AlertState.ACKNOWLEDGED: "Acknowledged: ",
    AlertState.RESOLVED: "Resolved: ",
}
_BREAKS = ("Cc", "Zl", "Zp")  # categories of Unicode that end a line or steer a terminal
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def message(delivery: Delivery, attempt: int) -> Message:
    alert = delivery.alert
    parts = [_what(alert), one_line(alert.detail or "", _DETAIL), _why(alert), _who(alert), _footer(alert)]
    return Message(
        id=delivery.delivery_id,
        attempt=attempt,
        title=one_line(_OPENING[alert.state] + alert.title, _TITLE),
        text="\n\n".join(part for part in parts if part),
        delivery=delivery,
    )


def one_line(text: str, most: int) -> str:
    """Without line ends, control characters, bidi controls and lone surrogates; at most that many characters."""
    kept = "".join(" " if unicodedata.category(c) in _BREAKS else c for c in text if c not in _BIDI and unicodedata.category(c) != "Cs")
    line = " ".join(kept.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _what(alert: Alert) -> str:
    topic = one_line(alert.topic_id, _TITLE)
    total = f"{_articles(alert.article_count)} since {_instant(alert.opened_dt)}"
    if alert.topic_id == SYSTEM:
        return "A notice of the monitor about itself."
    if alert.state is AlertState.OPENED:
        return f"{topic} moves: {total}."
    if alert.state is AlertState.RESOLVED:
        last = f" {_articles(alert.new_count)} joined since the last message." if alert.new_count else ""
        return f"{topic} is quiet again: {total}, the last at {_instant(alert.news_dt)}.{last}"
    if alert.state is AlertState.ACKNOWLEDGED:
        return f"{topic} is acknowledged: {total}."
    return f"{topic} goes on: {alert.new_count} new, {total}."


def _why(alert: Alert) -> str:
    """The terms of the newest article, as its text has them, each with its concept."""
    if not alert.evidence:
        return ""
    found: dict[tuple[str, str], str] = {}
    for hit in alert.evidence:
        found.setdefault((hit.concept, hit.form.casefold()), f"{one_line(hit.form, 80)} ({one_line(hit.concept, 80)})")
    terms = list(found.values())
    more = f" and {len(terms) - _TERMS} more" if len(terms) > _TERMS else ""
    score = f" · score {alert.score:g} of {alert.threshold:g}" if alert.score is not None and alert.threshold is not None else ""
    return f"Why: {', '.join(terms[:_TERMS])}{more}{score}"


def _who(alert: Alert) -> str:
    shown = alert.articles[:_SHOWN]
    lines = [_told_by(headline) for headline in shown]
    if more := alert.article_count - len(shown):
        lines.append(f"- and {more} earlier" if shown else f"- {more} articles")
    return "\n".join(lines)


def _told_by(headline: Headline) -> str:
    source = one_line(headline.source_id, 80)
    when = f"published {_instant(headline.published_dt)}" if headline.published_dt else f"seen {_instant(headline.first_seen_dt)}"
    link = one_line(headline.url, 2048)
    shown = f"\n  {link}" if link.lower().startswith(("http://", "https://")) else ""
    return f"- {one_line(headline.title, _TITLE)} ({source}, {when}){shown}"


def _footer(alert: Alert) -> str:
    return f"Alert {one_line(alert.alert_id, 80)}, message {alert.revision}, {_instant(alert.changed_dt)}"


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count} articles"


def _instant(dt: datetime) -> str:
    return f"{dt.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
