"""What two polls share, and how much sooner the next one comes."""

from datetime import timedelta

import pytest

from articles import gaps


@pytest.mark.parametrize(
    ("before", "now", "share"), [("ab", "ab", 1.0), ("ab", "bc", 0.5), ("ab", "cd", 0.0), ("", "ab", None), ("ab", "", None)]
)
def test_what_two_polls_share_is_a_part_of_the_later_one(before: str, now: str, share: float | None) -> None:
    assert gaps.share(before, now) == share


def test_the_pause_is_halved_again_until_a_fifth_is_shared() -> None:
    known, steps = 0, []
    for shared in (0.0, 0.0, 0.1, 0.3, 0.9, 0.9, 0.9, 0.9):
        known = gaps.halvings(known, shared)
        steps.append(known)

    assert steps == [1, 2, 3, 3, 2, 1, 0, 0]


def test_little_in_common_alone_halves_nothing() -> None:
    """A feed of ten entries that brings nine new ones has lost none."""
    assert gaps.halvings(0, 0.1) == 0


def test_a_poll_that_brings_nothing_lengthens_the_pause_again() -> None:
    assert gaps.halvings(3, None) == 2


def test_a_pause_within_what_the_feed_shows_is_no_reason_to_warn() -> None:
    assert not gaps.warning(timedelta(minutes=9), timedelta(minutes=5))
    assert not gaps.warning(timedelta(0), timedelta(minutes=5))
