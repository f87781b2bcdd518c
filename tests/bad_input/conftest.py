"""One walk down the street of bad feeds, for all who look at what it found."""

import asyncio
import gzip
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bad_input.street import HEADLINE, QUARTER, Street, always, article, paper, redirect, street
from tests.fetch.site import Answer, http
from tests.town import BODY, rss

RUSSIAN = "НАТО и Россия: новая напряжённость"
RUSSIAN_BODY = """Министры обороны стран НАТО договорились в Брюсселе о новой концепции сдерживания, сообщил генеральный секретарь.
В Москве заявили, что диалог с альянсом в нынешних условиях не имеет смысла, и обвинили его в наращивании сил у границ России."""

_ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss version="2.0"><channel><title>&b;</title></channel></rss>"""
_LOOKS_LIKE_A_SITE = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body><p>Our feeds have moved.</p></body></html>"


def bad_feeds() -> dict[str, Answer]:
    return {
        "missing": always(http(status="404 Not Found")),
        "gone": always(http(status="410 Gone")),
        "busy": always(http(status="429 Too Many Requests", Retry_After="7200")),
        "locked": always(http(status="401 Unauthorized")),
        "forbidden": always(http(status="403 Forbidden")),
        "down": always(http(status="500 Internal Server Error")),
        "site": always(http(_LOOKS_LIKE_A_SITE, Content_Type="text/html")),
        "cut": always(http(b'<?xml version="1.0"?><rss version="2.0"><channel><title>Half a fe')),
        "blank": always(http(b"")),
        "empty": always(http(rss())),
        "huge": always(http(b"<rss>" + b" " * 20 * 2**20)),
        "bomb": always(http(gzip.compress(bytes(50 * 2**20)), Content_Encoding="gzip")),
        "entities": always(http(_ENTITIES)),
        "loop": always(redirect("/feed.xml")),
        "inward": always(redirect("http://127.0.0.1/admin")),
        "silent": always(b""),
    }


def bad_pages() -> Answer:
    return paper(
        {
            "/bare": ("A page without text", http(b"<html><body><div></div></body></html>")),
            "/lost": ("A page that is not there", http(status="404 Not Found")),
            "/huge": ("A page of 20 megabytes", http(b"<html>" + b" " * 20 * 2**20)),
            "/bomb": ("A page that is a bomb", http(gzip.compress(bytes(50 * 2**20)), Content_Encoding="gzip")),
            "/inward": ("A page that leads inside", redirect("http://127.0.0.1/admin")),
            "/wall": ("A page that asks for money", http(status="402 Payment Required")),
            "http://10.0.0.1/page": ("A page on a private network", b""),
            "http://nothing.invalid/page": ("A page of no host", b""),
        }
    )


def in_cp1251() -> Answer:
    """Bytes of one charset under the name of another, in the header and in the document."""
    feed = rss((RUSSIAN, "/1", RUSSIAN)).decode().replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-8"?>')
    whole = article(RUSSIAN, RUSSIAN_BODY).split(b"\r\n\r\n", 1)[1].decode().replace("<head>", '<head><meta charset="utf-8">')

    def answer(asked: object) -> bytes:
        text, kind = (whole, "text/html") if getattr(asked, "path", "") == "/1" else (feed, "application/rss+xml")
        return http(text.encode("cp1251"), Content_Type=f"{kind}; charset=utf-8")

    return answer


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """After the first cycle, and another a quarter of an hour later. Its sites are closed again."""
    yield asyncio.run(_walk(tmp_path_factory.mktemp("street")))


async def _walk(home: Path) -> Street:
    good = paper({"/1": (HEADLINE, article(HEADLINE, BODY))})
    sites = {"gazette": good, **bad_feeds(), "pages": bad_pages(), "kyrillisch": in_cp1251(), "last": good}
    with socket.socket() as nobody:  # bound, and never listening
        nobody.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{nobody.getsockname()[1]}/feed.xml"
        elsewhere = {"closed": closed, "nowhere": "http://nothing.invalid/feed.xml", "private": "http://10.0.0.1/feed.xml"}
        async with street(home, sites, elsewhere) as found:
            await found.cycle()
            found.clock.now += QUARTER
            await found.cycle()
            return found
