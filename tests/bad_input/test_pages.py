"""A page that cannot be had holds its news back from nobody: the feed's summary goes out, and the reason stands beside it."""

import pytest

from schemas import codec
from schemas.article import Article, BodyStatus
from schemas.reasons import Reason
from tests.bad_input.conftest import RUSSIAN
from tests.bad_input.street import Street, told

FOUND = {
    "/bare": (Reason.NO_TEXT, "no text"),
    "/lost": (Reason.NOT_FOUND, "404"),
    "/huge": (Reason.TOO_LARGE, "5242880 bytes"),
    "/bomb": (Reason.TOO_LARGE, "5242880 bytes"),
    "/inward": (Reason.REFUSED_ADDRESS, "loopback"),
    "/wall": (Reason.FORBIDDEN, "402"),
    "http://10.0.0.1/page": (Reason.REFUSED_ADDRESS, "a private network"),
    "http://nothing.invalid/page": (Reason.ROBOTS_UNREACHABLE, "there is no host"),
}
NEVER = (Reason.NOT_FOUND, Reason.TOO_LARGE, Reason.REFUSED_ADDRESS)  # another try cannot end otherwise
each = pytest.mark.parametrize("page", FOUND)


def address(street: Street, page: str) -> str:
    return street.sites["pages"].url(page) if page.startswith("/") else page


def published(street: Street, url: str) -> list[Article]:
    articles = [codec.load(Article, record.value) for record in street.broker.all("news.article.v1")]
    return [article for article in articles if article.url == url]


@each
def test_the_summary_is_published_at_once_and_once(walked: Street, page: str) -> None:
    (article,) = published(walked, address(walked, page))

    assert article.body_status is BodyStatus.SUMMARY_ONLY
    assert article.title


@each
def test_explain_names_the_reason(walked: Street, page: str) -> None:
    reason, words = FOUND[page]

    told = walked.terminal.run("explain", address(walked, page), "--json").rows

    first = next(row for row in told if row["stage"] == "extract")
    assert first["reason"] == Reason.SUMMARY_ONLY
    assert first["detail"].startswith(f"{reason}: ")
    assert words in first["detail"]


@each
def test_what_can_never_pass_is_in_quarantine_and_the_rest_is_tried_again(walked: Street, page: str) -> None:
    (entry,) = {note.key for note in walked.notes(address(walked, page)) if note.stage == "extract"}

    waits = walked.read(lambda tx: tx.jobs.get("extract", entry)) is not None

    jailed = entry.encode() in b"".join(record.value for record in walked.broker.all("news.quarantine.v1"))
    assert (jailed, waits) == ((True, False) if FOUND[page][0] in NEVER else (False, True))


def test_a_page_in_another_charset_than_it_says_is_read_right(walked: Street) -> None:
    (article,) = published(walked, walked.sites["kyrillisch"].url("/1"))

    assert article.title == RUSSIAN
    assert "Министры обороны стран НАТО договорились в Брюсселе" in (article.body_text or "")
    assert "обвинили его в наращивании сил у границ России" in (article.body_text or "")
    assert article.language == "ru"


def test_it_rings_as_any_other(walked: Street) -> None:
    assert RUSSIAN in told(walked)
