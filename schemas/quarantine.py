"""What can never pass, with its reason and bytes: enough to look at it and to send it back to the stage that failed."""

from dataclasses import dataclass

from pydantic import AwareDatetime

from schemas.article import Count
from schemas.reasons import Reason

RAW_LIMIT = 512 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Quarantine:
    """news.quarantine.v1. raw_b64 holds at most RAW_LIMIT of the bytes; raw_sha256 is of them all."""

    quarantine_id: str
    stage: str
    key: str
    lane: str
    kind: str
    reason: Reason
    detail: str
    attempts: Count
    failed_dt: AwareDatetime
    raw_b64: str
    raw_sha256: str
    raw_truncated: bool
    traceback: str | None = None
