"""How a feed fares, in one reason and one plain sentence: what every list, page and table of feeds shows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from articles import answers
from schemas.feed import FeedState
from schemas.reasons import Reason

WORDS: dict[str, str] = {
    Reason.FOUND_ENTRIES: "New entries found",
    Reason.SEEDED: "Read for the first time",
    Reason.NOTHING_NEW: "Read, nothing new",
    Reason.NOT_MODIFIED: "Not modified since",
    Reason.GAP_SUSPECTED: "Read, but entries may have come and gone between two polls",
    Reason.EMPTY_FEED: "A feed without a single entry",
    Reason.NOT_A_FEED: "What came is not a feed",
    Reason.BROKEN_FEED: "A feed, but broken beyond reading",
    Reason.UNSAFE_FEED: "Refused: it is made to do harm",
    Reason.FEED_REMOVED: "Not in the configuration any more",
    Reason.NETWORK_DOWN: "Not reached: our own network is down",
    Reason.NETWORK_BACK: "Our own network is back",
    Reason.SILENT: "It answers, but nothing new has come for far longer than usual",
    Reason.FROZEN_DATES: "New entries come, but the newest date stands still",
    Reason.BODIES_COLLAPSED: "Its articles have become far shorter than they were",
    Reason.LANGUAGE_CHANGED: "Its articles have changed their language",
    Reason.WALLED: "Most of its pages give no text, or a wall",
    Reason.NOT_FOUND: "There is nothing at this address",
    Reason.GONE: "Gone for good, says its server",
    Reason.FORBIDDEN: "Its server forbids us to read it",
    Reason.RATE_LIMITED: "Its server asks us to come less often",
    Reason.SERVER_ERROR: "Its server fails",
    Reason.CLIENT_ERROR: "Its server refuses our request",
    Reason.TIMEOUT: "No whole answer in time",
    Reason.DNS_FAILED: "The host's name leads nowhere",
    Reason.CONNECT_FAILED: "The host takes no connection",
    Reason.TLS_FAILED: "No safe connection: its certificate or TLS is wrong",
    Reason.REFUSED_ADDRESS: "Not asked: an address that we may not reach",
    Reason.REFUSED_SCHEME: "Not asked: neither http nor https",
    Reason.TOO_LARGE: "Larger than we read",
    Reason.TOO_MANY_REDIRECTS: "Sent from one address to the next without end",
    Reason.BAD_ANSWER: "Its server does not speak proper HTTP",
    Reason.NO_SECRET: "Not asked: the variable that holds its secret is not set",
    Reason.WORKER_FAILED: "It could not be taken apart: the worker died or ran out of time",
}
NOT_YET = "Not polled yet"


class Standing(StrEnum):
    """SUSPECT: it answers well and is not. UNKNOWN: not polled yet, or our own network is down."""

    FAILING = auto()
    SUSPECT = auto()
    UNKNOWN = auto()
    OK = auto()


RANKS = {standing: rank for rank, standing in enumerate(Standing)}  # the worst first


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """detail: what this feed's case adds to the words; of one that is suspect all of it, with figures."""

    standing: Standing
    reason: Reason | None
    words: str
    detail: str
    since_dt: datetime | None

    @property
    def told(self) -> str:
        return sentence(self.words, self.detail)


def sentence(said: str, detail: str) -> str:
    return f"{said}: {detail}" if detail else said


def words(reason: str) -> str:
    """Of a reason that is no feed's, its name."""
    return WORDS.get(reason) or reason.replace("_", " ")


def health(state: FeedState | None) -> Health:
    """A failure comes first, for it hides what else is wrong. None: never polled."""
    if state is None or state.reason is None:
        return Health(standing=Standing.UNKNOWN, reason=None, words=NOT_YET, detail="", since_dt=None)
    if state.silent and not answers.failing(state.reason):
        detail, since = state.silence or "", state.silent_since_dt
        return Health(standing=Standing.SUSPECT, reason=state.silent, words=words(state.silent), detail=detail, since_dt=since)
    return Health(
        standing=_standing(state.reason),
        reason=state.reason,
        words=words(state.reason),
        detail=state.detail or "",
        since_dt=state.reason_since_dt,
    )


def _standing(reason: Reason) -> Standing:
    if answers.failing(reason):
        return Standing.FAILING
    return Standing.UNKNOWN if reason is Reason.NETWORK_DOWN else Standing.OK
