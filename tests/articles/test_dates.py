"""Dates as feeds and pages write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import dates
from schemas.article import Precision

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "written",
    [
        "Fri, 22 Oct 2021 17:40:00 +0200",
        "Fri, 22 Oct 2021 17:40:00 CEST",
        "22 Oct 21 17:40 MESZ",
        "Fri, 22 Oct 2021 18:40:00 MSK",
        "Fri, 22 Oct 2021 11:40:00 EDT",
        "Friday, 22-Oct-21 15:40:00 GMT",
        "2021-10-22T15:40:00Z",
        "2021-10-22T17:40:00.123+02:00",
        "2021-10-22 17:40:00 +0200",
        "2021-10-22T17:40+02",
        "20211022T154000Z",
        "1634917200",
        "1634917200000",
        "October 22, 2021 11:40 AM EDT",
    ],
)
def test_an_instant_with_its_zone_is_read(written: str) -> None:
    """ISO 8601, RFC 822 with numbers and names, Unix time in seconds and milliseconds."""
    assert dates.read(written) == dates.Moment(dt=datetime(2021, 10, 22, 15, 40, tzinfo=UTC), precision=Precision.MINUTE)


@pytest.mark.parametrize(
    "written",
    [
        "22.10.2021 17:40",
        "Stand: 22.10.2021 17:40 Uhr",
        "22. Oktober 2021, 17.40 Uhr",
        "Fr, 22 Okt 2021 17:40:00",
        "22.10.2021 • 17:40",
        "Опубликовано 22 октября 2021, 17:40",
        "Le 22 octobre 2021 à 17h40",
        "22 de octubre de 2021 17:40",
        "22 жовтня 2021 17:40",
        "22 października 2021, 17:40",
        "22. října 2021 17:40",
        "22 ottobre 2021 17:40",
        "October 22, 2021 5:40 PM",
        "2021-10-22T17:40:00",
    ],
)
def test_a_clock_time_without_zone_is_read_in_the_one_that_is_given(written: str) -> None:
    """Month names of nine languages."""
    found = dates.read(written, BERLIN)

    assert found and found.dt == datetime(2021, 10, 22, 15, 40, tzinfo=UTC)


def test_without_any_zone_it_is_utc() -> None:
    """As most feeds mean it."""
    found = dates.read("2021-10-22 17:40")

    assert found and found.dt == datetime(2021, 10, 22, 17, 40, tzinfo=UTC)


@pytest.mark.parametrize("written", ["2021-10-22", "20211022", "22.10.2021", "22 October 2021", "22 октября 2021"])
def test_a_bare_day_says_so(written: str) -> None:
    """Midnight in UTC, precision day, whatever the zone."""
    assert dates.read(written, BERLIN) == dates.Moment(dt=datetime(2021, 10, 22, tzinfo=UTC), precision=Precision.DAY)


@pytest.mark.parametrize(
    "written", ["", "yesterday", "31 Feb 2021 10:00", "2021-13-01", "0001-01-01T00:00:00", "2021-10-22T25:00:00", "9" * 50]
)
def test_what_is_no_date_is_none(written: str) -> None:
    """No guess, no exception."""
    assert dates.read(written) is None


@given(st.text(max_size=300))
def test_no_text_raises(written: str) -> None:
    """Whatever a feed puts there."""
    found = dates.read(written, BERLIN)

    assert found is None or found.dt.tzinfo is UTC


@given(st.integers(0, 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_rfc_822_and_iso_forms_are_read_back(dt: datetime) -> None:
    """Every second of a century and more."""
    for written in (dt.isoformat(), dt.astimezone(BERLIN).isoformat(), dt.strftime("%a, %d %b %Y %H:%M:%S +0000")):
        found = dates.read(written)
        assert found and found.dt == dt
