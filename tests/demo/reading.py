"""How the tests read the local site: a plain search for the words of nato-russia, feedparser for its feeds, a clock that we move."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import feedparser

BASE = "http://127.0.0.1:21200"

# Whole words for the short ones: "natomiast" and "натовп" are about nobody's alliance.
NATO = re.compile(r"\b(?:nato|otan|нато)\b|\bnordatlanti|\bnorth atlantic|\batlantique nord|\bсевероатлант|\bпівнічноатлант", re.IGNORECASE)
RUSSIA = re.compile(
    r"\b(?:russ[lie]|moskau|moscow|moscou|moskw|moskie|kreml|росси|росі|російськ|москв|москов|моско[вї]|кремл|rosj|rosyjsk)", re.IGNORECASE
)


class Clock:
    def __init__(self, now: datetime = datetime(2026, 3, 2, 9, 0, 0, 250_000, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)


def entries(body: bytes) -> list[Any]:
    return list(feedparser.parse(BytesIO(body)).entries)  # noqa: TID251 (bytes of our own, as a BytesIO)
