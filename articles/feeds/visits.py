"""How often, and in which hours, a feed asks to be visited: RSS ttl and skipHours, and the syndication module."""

import re
from datetime import timedelta
from typing import Any

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_NUMBER = re.compile(r"\s*([0-9]{1,6})\s*")
_HOUR = re.compile(r"<hour>\s*([0-9]{1,2})\s*</hour>")
_SKIP, _END = "<skipHours>", "</skipHours>"


def pause(feed: Any) -> timedelta:
    """The longest that it asks for, of what feedparser found in its head; none where it asks for nothing."""
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower(), timedelta(0))
    return max(timedelta(minutes=_number(feed.get("ttl"))), period / max(_number(feed.get("sy_updatefrequency")), 1))


def skip_hours(text: str) -> tuple[int, ...]:
    """Of the day in UTC; 24 is midnight. From the text, for feedparser keeps the last hour alone; none where it is all of them."""
    start = text.find(_SKIP)
    listed = _HOUR.findall(text[start : text.find(_END, start)]) if start >= 0 else []
    hours = {int(hour) % 24 for hour in listed if int(hour) <= 24}
    return tuple(sorted(hours)) if len(hours) < 24 else ()


def _number(written: Any) -> int:
    found = _NUMBER.fullmatch(str(written))
    return int(found[1]) if found else 0
