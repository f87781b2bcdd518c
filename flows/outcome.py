"""What a cycle's report amounts to: the name that its run ends with. Pure, and imports no Prefect."""

from enum import StrEnum

from pipeline.shape import Report
from schemas.reasons import TROUBLE, Reason

_NEWS = {
    Reason.SEEDED,
    Reason.FOUND_ENTRIES,
    Reason.FULL_TEXT,
    Reason.SUMMARY_ONLY,
    Reason.MATCHED,
    Reason.OPENED,
    Reason.UPDATED,
    Reason.RESOLVED,
    Reason.DELIVERED,
}
_REFUSED = {  # by the world outside: data, not a fault of ours
    Reason.NOT_A_FEED,
    Reason.BROKEN_FEED,
    Reason.UNSAFE_FEED,
    Reason.NOT_FOUND,
    Reason.GONE,
    Reason.FORBIDDEN,
    Reason.RATE_LIMITED,
    Reason.SERVER_ERROR,
    Reason.CLIENT_ERROR,
    Reason.TIMEOUT,
    Reason.DNS_FAILED,
    Reason.CONNECT_FAILED,
    Reason.TLS_FAILED,
    Reason.REFUSED_ADDRESS,
    Reason.REFUSED_SCHEME,
    Reason.TOO_LARGE,
    Reason.TOO_MANY_REDIRECTS,
    Reason.BAD_ANSWER,
    Reason.WORKER_FAILED,
    Reason.CHANNEL_FAILED,
    Reason.CHANNEL_REFUSED,
    Reason.GAVE_UP,
}


class Outcome(StrEnum):
    QUIET = "Quiet"
    PUBLISHED = "Published"
    PARTIAL = "Partial"
    FAILED = "Failed"


def outcome(report: Report) -> Outcome:
    found = {reason for reason, count in report.reasons.items() if count}
    if report.troubles or found & set(TROUBLE):
        return Outcome.FAILED
    if found & _REFUSED:
        return Outcome.PARTIAL
    return Outcome.PUBLISHED if found & _NEWS else Outcome.QUIET


def message(report: Report) -> str:
    """Of the run's end state: the counts, and the first troubles in full."""
    shown = [*report.troubles[:3], *([f"and {len(report.troubles) - 3} more"] if len(report.troubles) > 3 else [])]
    return "; ".join([str(report), *shown])
