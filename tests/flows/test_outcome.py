"""What a run ends as is what its reasons say."""

from collections import Counter

import pytest

from flows.outcome import Outcome, message, outcome
from pipeline.shape import Report
from schemas.reasons import TROUBLE, Reason


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        ((), Outcome.QUIET),
        ((Reason.NOT_MODIFIED, Reason.NOTHING_NEW), Outcome.QUIET),
        ((Reason.NOT_MODIFIED, Reason.FOUND_ENTRIES), Outcome.PUBLISHED),
        ((Reason.FOUND_ENTRIES, Reason.NOT_FOUND), Outcome.PARTIAL),
        ((Reason.CHANNEL_FAILED, Reason.DELIVERED), Outcome.PARTIAL),
        *(((reason, Reason.DELIVERED), Outcome.FAILED) for reason in TROUBLE),
    ],
)
def test_the_worst_reason_names_the_end(reasons: tuple[Reason, ...], expected: Outcome) -> None:
    assert outcome(Report(reasons=Counter(reasons))) is expected


def test_a_trouble_of_any_reason_is_a_failed_run() -> None:
    report = Report()
    report.trouble(Reason.CONFIG_REFUSED, "topics/a.yaml:3:1: no such key")

    assert outcome(report) is Outcome.FAILED
    assert message(report) == "1 config_refused; topics/a.yaml:3:1: no such key"


def test_many_troubles_are_counted_not_listed() -> None:
    report = Report()
    for number in range(5):
        report.trouble(Reason.BUG, f"item {number}")

    assert message(report) == "5 bug; item 0; item 1; item 2; and 2 more"
