"""The publication instant that a page only shows: in a time element, or in words such as "Stand: 22.10.2021 17:40 Uhr"."""

import re
from datetime import datetime, tzinfo
from typing import Any

from articles import dates
from articles.dates import Moment
from schemas.article import Precision

_SAMPLE = 200_000
_LABELS = "stand veröffentlicht aktualisiert publié published updated опубликовано обновлено опубліковано opublikowano".replace(" ", "|")
_STAMP = re.compile(
    rf"(?P<label>\b(?:{_LABELS})\b[^\d\n]{{0,20}})?"
    r"(?P<date>\b\d{1,2}(?:\.\s?\d{1,2}\.\s?|\.?\s[^\W\d_]{3,12}\.?\s)\d{4}[^\w\n]{1,4}(?:um |à |at |v |в |о )?\d{1,2}[:.h]\d{2}\b)",
    re.I,
)


def shown(tree: Any, words: str, day: Moment | None, zone: tzinfo) -> Moment | None:
    """To the minute: a time element of the article, or a date in its visible words that has a label or falls on the known `day`."""
    return _time_element(tree, zone) or _in_words(words, day, zone)


def _time_element(tree: Any, zone: tzinfo) -> Moment | None:
    for written in tree.xpath("(//article//time | //main//time)/@datetime")[:1]:
        moment = dates.read(written, zone)
        if moment and moment.precision is Precision.MINUTE:
            return moment
    return None


def _in_words(words: str, day: Moment | None, zone: tzinfo) -> Moment | None:
    for found in _STAMP.finditer(words[:_SAMPLE]):
        moment = dates.read(found["date"], zone)
        if moment and (found["label"] or _falls_on(moment.dt, day, zone)):
            return moment
    return None


def _falls_on(dt: datetime, day: Moment | None, zone: tzinfo) -> bool:
    return day is not None and dt.astimezone(zone).date() == day.dt.date()
