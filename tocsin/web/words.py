"""What people read on a page: a moment, how long ago it was, which address may become a link."""

from datetime import UTC, datetime, timedelta

_STEPS = ((timedelta(days=2), timedelta(days=1), "d"), (timedelta(hours=2), timedelta(hours=1), "h"))
_MINUTE = timedelta(minutes=1)


def moment(dt: datetime) -> str:
    return f"{dt.astimezone(UTC):%Y-%m-%d %H:%M}"


def ago(dt: datetime, now: datetime) -> str:
    """How far from now, in one unit: 5 min ago, in 3 h."""
    far = abs(now - dt)
    if far < _MINUTE:
        return "just now" if dt <= now else "in a moment"
    count, unit = next(((far // one, name) for least, one, name in _STEPS if far >= least), (far // _MINUTE, "min"))
    return f"{count} {unit} ago" if dt < now else f"in {count} {unit}"


def linkable(url: str) -> bool:
    """May it stand in an href? What begins otherwise (javascript:, data:) is shown as text."""
    return url.lower().startswith(("http://", "https://"))
