"""A length of time as people say it: its two largest units."""

from datetime import timedelta

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def words(length: timedelta) -> str:
    """2 d 3 h, 1 h 20 min, 45 s; 0 s for less than a second."""
    left, said = int(length.total_seconds()), list[str]()
    for seconds, name in _UNITS:
        count, left = divmod(left, seconds)
        if count:
            said.append(f"{count} {name}")
        elif said:
            break
    return " ".join(said[:2]) or "0 s"
