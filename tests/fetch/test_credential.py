"""Feeds that are not open to all: what opens them reaches their own origin, and nobody else ever sees it."""

import asyncio
import html
import json
import logging
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from connectors import environment
from connectors.fetch import Web
from connectors.fetch.credential import Credential, Secrets
from schemas.exchange import Failure, Request, Response
from schemas.feed import Auth, AuthKind
from tests.fetch.site import Answer, Asked, Site, http, serving

CANARY = "canary-7f3a/b+9=&<d"
USER = "reader"
BOTH = b64encode(f"{USER}:{CANARY}".encode()).decode()
BASIC = Auth(env="WIRE", kind=AuthKind.BASIC)
BEARER = Auth(env="WIRE")
QUERY = Auth(env="WIRE", kind=AuthKind.QUERY, parameter="key")
ALL = pytest.mark.parametrize("auth", [BASIC, BEARER, QUERY], ids=lambda auth: auth.kind)


def value(auth: Auth) -> str:
    return f"{USER}:{CANARY}" if auth.kind is AuthKind.BASIC else CANARY


def spellings() -> list[str]:
    """As a server might say it back."""
    encoded = quote(CANARY, safe="")
    xml, numbered = html.escape(CANARY), "".join(f"&#{ord(c)};" if not c.isalnum() else c for c in CANARY)
    return [CANARY, encoded, encoded.lower(), quote(CANARY), xml, numbered, json.dumps(CANARY), CANARY.replace("/", r"\/"), BOTH]


def opens(asked: Asked) -> bool:
    """Was this asked with what opens it?"""
    headers = (f"Basic {BOTH}", f"Bearer {CANARY}")
    return asked.headers.get("authorization") in headers or parse_qs(urlsplit(asked.path).query).get("key") == [CANARY]


def talkative(asked: Asked) -> bytes:
    """A feed that says back all that it was told, in every spelling."""
    if not opens(asked):
        return http(status="401 Unauthorized")
    said = " ".join(word for word in spellings() if word is not BOTH or "basic" in asked.headers.get("authorization", "").lower())
    link = f"<link>https://news.example/1?key={quote(CANARY, safe='')}&amp;id=1</link>"
    return http(f"<rss>{said} {link}</rss>".encode(), ETag=f'"{CANARY}"', Link=f"<{asked.path}>; rel=self", X_Told=said)


def ask(answer: Answer, auth: Auth, secrets: Secrets | None = None, path: str = "/feed?b=2&a=%20") -> tuple[Response, Site]:
    async def story() -> tuple[Response, Site]:
        async with serving(answer) as site, Web("c", "1", (site.place,), secrets=secrets or {"WIRE": value(auth)}.get) as fetch:
            return await fetch(Request(url=site.url(path), auth=auth)), site

    return asyncio.run(story())


@ALL
def test_a_feed_is_opened_by_the_value_of_its_variable(auth: Auth) -> None:
    """As basic, as bearer, or behind its other query parameters, which stay as they are."""
    response, site = ask(lambda asked: http(b"news") if opens(asked) else http(status="401 Unauthorized"), auth)

    assert response.body == b"news"
    assert site.asked[0].path.startswith("/feed?b=2&a=%20")


@ALL
def test_what_opens_a_feed_stands_nowhere_in_what_is_told_of_it(auth: Auth, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever the server says back: no field, no repr, no line of a log."""
    caplog.set_level(logging.DEBUG)
    response, site = ask(talkative, auth)

    assert response.ok and response.url == site.url("/feed?b=2&a=%20")
    assert b"https://news.example/1?id=1</link>" in response.body or auth.kind is not AuthKind.QUERY
    told = [
        repr(response),
        response.body.decode(),
        caplog.text,
        repr(Request(url="u", auth=auth)),
        repr(Credential(auth=auth, value=CANARY)),
    ]
    assert not [(word, text) for word in spellings() for text in told if word in text]


@ALL
@pytest.mark.parametrize(
    "broken",
    [b"", b"nonsense\r\n\r\n", http(b"x", Content_Encoding="br"), b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"],
    ids=["hangs up", "nonsense", "brotli", "short"],
)
def test_a_failure_does_not_tell_it_either(auth: Auth, broken: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """aiohttp's own words hold whole addresses."""
    caplog.set_level(logging.DEBUG)
    response, _ = ask(lambda _: broken, auth)

    assert response.failure is Failure.BAD_ANSWER
    assert not [word for word in spellings() if word in repr(response) + caplog.text]


def moving(to: Callable[[Asked], str]) -> Answer:
    """/feed is elsewhere; everything else is news."""

    def answer(asked: Asked) -> bytes:
        return http(status="301 Moved", Location=to(asked)) if asked.path.startswith("/feed") else http(b"news")

    return answer


@ALL
def test_a_redirect_within_its_origin_is_followed_with_it(auth: Auth) -> None:
    """Once, though the server repeats it in the address that it sends us to."""
    response, site = ask(moving(lambda asked: asked.path.replace("/feed", "/new")), auth)

    assert [opens(asked) for asked in site.asked] == [True, True]
    assert site.asked[1].path.count("key=") == (auth.kind is AuthKind.QUERY)
    assert response.url == response.moved_to == site.url("/new?b=2&a=%20")


@ALL
def test_another_origin_is_asked_without_it_and_no_move_there_is_remembered(auth: Auth) -> None:
    """Though the address of the redirect repeats it, and leads back in the end."""

    async def story() -> tuple[Response, list[Asked], list[Asked]]:
        async with serving(lambda _: back()) as other, serving(moving(lambda asked: other.url(asked.path))) as site:
            home.append(site)
            async with Web("c", "1", (site.place, other.place), secrets=lambda _: value(auth)) as fetch:
                return await fetch(Request(url=site.url("/feed"), auth=auth)), site.asked, other.asked

    def back() -> bytes:
        return http(status="301 Moved", Location=home[0].url("/back"))

    home: list[Site] = []
    response, asked, elsewhere = asyncio.run(story())

    assert [opens(each) for each in (*asked, *elsewhere)] == [True, False, False]
    assert elsewhere[0].path in ("/feed", "/feed?")
    assert response.ok and response.moved_to is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "WIRE is not set, and this feed is asked with it. Set WIRE, or WIRE_FILE to the path of a file that holds it"),
        ("", "WIRE is not set"),
        ("two\nlines", "no printable ASCII"),
        ("schlüssel", "no printable ASCII"),
        ("without-a-colon", "WIRE holds no user:password"),
    ],
)
def test_without_a_value_that_can_be_sent_a_feed_is_not_asked(text: str | None, says: str) -> None:
    """The reason has a name, and its words say what to do."""
    response, site = ask(talkative, BASIC, secrets=lambda _: text)

    assert response.failure is Failure.NO_SECRET and says in response.detail
    assert site.asked == [] and (not text or text not in response.detail)


def test_the_value_may_come_from_a_file(tmp_path: Path) -> None:
    """Whose text counts at each request, so that it can be changed while we run."""
    file = tmp_path / "wire"
    file.write_text(f"{CANARY}\n")

    response, _ = ask(talkative, BEARER, secrets=partial(environment.secret, {"WIRE_FILE": str(file)}))

    assert response.ok


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """By its variable and its path."""
    response, _ = ask(talkative, BEARER, secrets=partial(environment.secret, {"WIRE_FILE": str(tmp_path / "none")}))

    assert response.failure is Failure.NO_SECRET and "WIRE_FILE: cannot read" in response.detail


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("https://a.example/1?token=k3y", "https://a.example/1?"),
        ("https://a.example/1?token=k3y&amp;id=1", "https://a.example/1?id=1"),
        ("https://a.example/1?id=1&token=k3y#top", "https://a.example/1?id=1#top"),
        ('"https://a.example/1?id=1\\u0026token=k3y"', '"https://a.example/1?id=1"'),
        ("https://a.example/1?token=k3y2", "https://a.example/1?token=k3y2"),
        ("https://a.example/1?mytoken=k3y", "https://a.example/1?mytoken=k3y"),
        ("The k3y to peace", "The k3y to peace"),
    ],
)
def test_a_short_value_is_taken_out_of_addresses_alone(told: str, left: str) -> None:
    """It may be a word."""
    assert Credential(auth=Auth(env="A", kind=AuthKind.QUERY), value="k3y").out_of(told) == left


def test_a_body_in_another_charset_keeps_all_of_its_other_bytes() -> None:
    """Nothing is decoded for good."""
    every = bytes(range(256))

    assert Credential(auth=BEARER, value=CANARY).out_of_body(every + CANARY.encode() + every) == every + b"***" + every


def test_a_feed_without_auth_is_asked_without() -> None:
    """Even where the variable is set."""
    response, site = ask(talkative, BEARER)
    bare = asyncio.run(_bare())

    assert response.ok and opens(site.asked[0])
    assert bare.status == 401


async def _bare() -> Response:
    async with serving(talkative) as site, Web("c", "1", (site.place,), secrets=lambda _: CANARY) as fetch:
        return await fetch(replace(Request(url=site.url(), auth=BEARER), auth=None))
