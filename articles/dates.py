"""Dates as feeds and pages write them: ISO 8601, RFC 822 with zone names, words in nine languages, Unix time."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from schemas.article import Precision

_HOURS = {
    **{"z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "met": 1, "mest": 2},
    **{"eet": 2, "eest": 3, "msk": 3, "msd": 4, "trt": 3, "sast": 2, "eat": 3, "pkt": 5, "ist": 5.5, "wib": 7, "hkt": 8, "sgt": 8},
    **{"jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "brt": -3, "art": -3},
    **{"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "hst": -10},
}
# Stems, longer before shorter: en de fr es it pl cs ru uk
_MONTHS = (
    ("jan gen ene sty led янв січ", 1),
    ("feb fév fev fév lut úno фев лют", 2),
    ("mar mär mrz bře мар бер", 3),
    ("apr avr abr kwi dub апр кві", 4),
    ("may mai mag maj kvě мая май тра", 5),
    ("červenec července čvc jul juil lug lip июл лип", 7),
    ("jun juin giu cze červ чер июн", 6),
    ("aug août aou ago sie srp авг сер", 8),
    ("sep set wrz zář сен вер", 9),
    ("oct okt ott paź říj окт жов", 10),
    ("nov lis listop ноя лис", 11),
    ("dec dez déc dic gru pro дек гру", 12),
)
_STEMS = tuple((stem, number) for stems, number in _MONTHS for stem in sorted(stems.split(), key=len, reverse=True))

_CLOCK = r"(\d{1,2})[:.h](\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(am|pm|a\.m\.|p\.m\.)?"
_ZONE = r"(?:[^\w+-]|uhr)*(z\b|(?:utc|gmt)?[+-]\d{1,2}:?(?:\d{2})?\b|[a-z]{2,5}\b)?"
_TIME = re.compile(rf"[^\d]{{0,12}}?(?<!\d){_CLOCK}{_ZONE}", re.I)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:\s*T(?=\d)|\b)", re.I)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z|[+-]\d{4})?)?$", re.I)
_NUMBERS = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:\.|er)?[\s-]+(?:de\s+)?([^\W\d_]{3,12})\.?,?[\s-]+(?:de\s+)?(\d{4}|\d{2})\b", re.I)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b", re.I)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")
_LONGEST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    dt: datetime
    precision: Precision


def read(text: str, zone: tzinfo = UTC) -> Moment | None:
    """The first date of the text, in UTC. `zone` is that of a clock time that names none; a bare day is its midnight in UTC."""
    text = " ".join(text[:_LONGEST].split())
    if _EPOCH.fullmatch(text):
        return _epoch(float(text))
    try:
        return _compact(text, zone) or _written(text, zone)
    except (ValueError, OverflowError):  # 31 February, 25 o'clock, year 1 behind UTC
        return None


def in_future(dt: datetime, now: datetime) -> bool:
    """Further ahead than clocks go wrong: such a date is no publication date."""
    return dt > now + timedelta(hours=1)


def _epoch(seconds: float) -> Moment:
    return Moment(dt=datetime.fromtimestamp(seconds / 1000 if seconds >= 1e11 else seconds, UTC), precision=Precision.MINUTE)


def _compact(text: str, zone: tzinfo) -> Moment | None:
    found = _COMPACT.match(text)
    if not found:
        return None
    day = int(found[1]), int(found[2]), int(found[3])
    if not found[4]:
        return _moment(day, None, zone)
    return _moment(day, (int(found[4]), int(found[5]), int(found[6])), _zone(found[7]) or zone)


def _written(text: str, zone: tzinfo) -> Moment | None:
    found = _day(text)
    if found is None:
        return None
    day, end = found
    clock = _TIME.match(text, end)
    if not clock:
        return _moment(day, None, zone)
    return _moment(day, _hours(clock), _zone(clock[5]) or zone)


def _day(text: str) -> tuple[tuple[int, int, int], int] | None:
    """Year, month, day, and where in the text they end."""
    if found := _ISO.search(text):
        return (int(found[1]), int(found[2]), int(found[3])), found.end()
    if found := _NUMBERS.search(text):
        return (int(found[3]), int(found[2]), int(found[1])), found.end()
    for found in _DAY_FIRST.finditer(text):
        if month := _month(found[2]):
            return (_year(found[3]), month, int(found[1])), found.end()
    for found in _MONTH_FIRST.finditer(text):
        if month := _month(found[1]):
            return (int(found[3]), month, int(found[2])), found.end()
    return None


def _month(word: str) -> int | None:
    word = word.casefold()
    return next((number for stem, number in _STEMS if word.startswith(stem)), None)


def _year(digits: str) -> int:
    """RFC 822 years have two digits; 70 is 1970."""
    year = int(digits)
    return year if year > 99 else year + (1900 if year >= 70 else 2000)


def _hours(found: re.Match[str]) -> tuple[int, int, int]:
    hour, half = int(found[1]), (found[4] or "").replace(".", "").lower()
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return hour, int(found[2]), int(found[3] or 0)


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    name = name.lower()
    if name in _HOURS:
        return timezone(timedelta(hours=_HOURS[name]))
    digits = name.removeprefix("utc").removeprefix("gmt")
    if digits[0] not in "+-":
        return None
    hours, minutes = digits[1:3].rstrip(":"), digits[3:].lstrip(":") or "0"
    return timezone((-1 if digits[0] == "-" else 1) * timedelta(hours=int(hours), minutes=int(minutes)))


def _moment(day: tuple[int, int, int], clock: tuple[int, int, int] | None, zone: tzinfo) -> Moment | None:
    if not 1970 <= day[0] < 2100:
        return None
    if clock is None:
        return Moment(dt=datetime(*day, tzinfo=UTC), precision=Precision.DAY)
    hour, minute, second = clock
    dt = datetime(*day, hour, minute, min(second, 59), tzinfo=zone)
    return Moment(dt=dt.astimezone(UTC), precision=Precision.MINUTE)
