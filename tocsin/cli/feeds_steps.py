"""What happened when a feed was asked, step by step, as people say it."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pipeline.check import Checked
    from tocsin.cli.feeds_asked import Asked

Step = tuple[str, str]  # its name, and what it came to


def steps(asked: "Asked") -> Iterator[Step]:
    """As far as it came."""
    from articles.health_words import words
    from schemas.exchange import Failure

    checked, response = asked.checked, asked.checked.response
    if response.failure in (Failure.REFUSED_ADDRESS, Failure.REFUSED_SCHEME) and not _moved(checked):
        yield "address", f"not asked: {response.detail}"
    else:
        yield "address", "it may be asked"
        yield "name", _name(asked)
        if _moved(checked):
            yield "redirect", _redirect(checked)
        yield from [("answer", f"{words(response.failure)}: {response.detail}")] if response.failure else _answer(checked)
    yield from _content(checked)
    yield from _conclusion(checked)
    yield from (("feed of this site", told(found)) for found in asked.feeds)


def told(found: "Checked") -> str:
    """One of a site's feeds, in a line."""
    from articles.health_words import words

    reading = found.reading
    says = f"{len(reading.items)} entries, {reading.title or 'no title'}" if reading and found.good else words(found.reason)
    return f"{found.url}: {says}"


def _name(asked: "Asked") -> str:
    from connectors.fetch.address import refusal

    host = urlsplit(asked.checked.url).hostname or ""
    if asked.addresses is None:
        return f"{host}: the proxy looks it up"
    if not asked.addresses:
        return f"{host} leads nowhere"
    known = [f"{address} ({what})" if (what := refusal(address)) else address for address in asked.addresses]
    return f"{host} is {', '.join(known)}"


def _moved(checked: "Checked") -> bool:
    return bool(checked.response.moved_to) or checked.response.url.rstrip("/").lower() != checked.url.rstrip("/").lower()


def _redirect(checked: "Checked") -> str:
    to, moved_to = checked.response.url, checked.response.moved_to
    if moved_to == to:
        return f"it has moved for good to {to}: write that into feeds.yaml"
    return f"it has moved for good to {moved_to}, and is sent on from there to {to}" if moved_to else f"it is sent on to {to}, for now"


def _answer(checked: "Checked") -> Iterator[Step]:
    response = checked.response
    if response.url.startswith("https:"):
        yield "connection", "over TLS, with a certificate that we trust"
    named = {status.value: status.phrase for status in HTTPStatus}
    yield "answer", f"{response.status} {named.get(response.status, '')}".strip()
    if response.ok:
        yield "validators", _validators(response.headers.get("etag"), response.headers.get("last-modified"))
        coding = response.headers.get("content-encoding", "")
        wire = f", {response.wire_bytes} on the wire{f' by {coding}' if coding else ''}" if response.wire_bytes else ""
        yield "size", f"{len(response.body)} bytes{wire}"


def _validators(etag: str | None, modified: str | None) -> str:
    given = " and ".join(name for name, value in (("ETag", etag), ("Last-Modified", modified)) if value)
    return f"{given}: the next poll asks only for what has changed" if given else "none: each poll costs it the whole feed"


def _content(checked: "Checked") -> Iterator[Step]:
    reading = checked.reading
    if not reading or not checked.good:
        return
    yield "format", ", ".join(filter(None, (reading.format, reading.title, reading.language)))
    dated = [item.published_dt for item in reading.items if item.published_dt]
    newest = f", the newest of {max(dated):%Y-%m-%d %H:%M}Z" if dated else ""
    lost = f"; {reading.refused} dropped, without a usable link" if reading.refused else ""
    past = f"; {reading.left_out} left out, past the first that are used" if reading.left_out else ""
    yield "entries", f"{len(reading.items)}, of which {len(dated)} have a date{newest}{lost}{past}"


def _conclusion(checked: "Checked") -> Iterator[Step]:
    from articles import durations
    from articles.health_words import words

    plan, detail = checked.plan, checked.plan.detail
    yield "a poll says", f"{plan.reason}: {words(plan.reason)}{f' ({detail})' if detail else ''}"
    yield "next poll", f"after {durations.words(checked.pause)}: {plan.why}" if checked.pause else "never again at this address"
