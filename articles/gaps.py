"""Entries that may have come and gone between two polls: how much two bodies share, and how much sooner the next one must be had."""

from collections.abc import Collection
from datetime import timedelta

from articles.durations import words

_ENOUGH, _PLENTY = 0.2, 0.8  # of the entries, shared with the poll before
_MOST = 8


def share(before: Collection[str], now: Collection[str]) -> float | None:
    """Of the entries now, how many the poll before showed too; None where one of the two showed none."""
    return len(set(before) & set(now)) / len(set(now)) if before and now else None


def halvings(known: int, shared: float | None) -> int:
    """How often the pause is halved from now on: once more until a fifth is shared, once less where nearly all is or nothing came."""
    if shared is None or shared >= _PLENTY:
        return max(0, known - 1)
    return min(known + 1, _MOST) if shared == 0.0 or (known and shared < _ENOUGH) else known


def warning(reach: timedelta, pause: timedelta) -> str:
    """In words, where the pause is longer than what the feed shows: entries are lost, and nobody will tell us."""
    if not reach or pause <= reach:
        return ""
    return f"it reaches back {words(reach)} and is asked after {words(pause)}: entries are lost between. Set its `every`"
