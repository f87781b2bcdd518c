"""What people read: every named reason as a sentence, a moment, how long ago it was, which address may become a link."""

from datetime import UTC, datetime, timedelta

from schemas.reasons import Reason

_WORDS: dict[str, str] = {
    Reason.FOUND_ENTRIES: "New entries found",
    Reason.SEEDED: "Read for the first time",
    Reason.NOTHING_NEW: "Read, nothing new",
    Reason.NOT_MODIFIED: "Not modified since",
    Reason.EMPTY_FEED: "A feed without a single entry",
    Reason.NOT_A_FEED: "What came is not a feed",
    Reason.BROKEN_FEED: "A feed, but broken beyond reading",
    Reason.UNSAFE_FEED: "Refused: it is made to do harm",
    Reason.FEED_REMOVED: "Not in the configuration any more",
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
    Reason.REFUSED_ADDRESS: "Refused: an address on a private network",
    Reason.REFUSED_SCHEME: "Refused: neither http nor https",
    Reason.TOO_LARGE: "Larger than we read",
    Reason.TOO_MANY_REDIRECTS: "Sent from one address to the next without end",
    Reason.BAD_ANSWER: "Its server does not speak proper HTTP",
    Reason.WORKER_FAILED: "It could not be taken apart: the worker died or ran out of time",
    Reason.FULL_TEXT: "Read in full",
    Reason.SUMMARY_ONLY: "Only the feed's summary, for now",
    Reason.NO_TEXT: "A page without text",
    Reason.UNCHANGED: "Read again, unchanged",
    Reason.MATCHED: "A topic was found in it",
    Reason.NO_MATCH: "No topic was found in it",
    Reason.OPENED: "An alert was opened",
    Reason.UPDATED: "An alert was updated",
    Reason.RESOLVED: "An alert was resolved",
    Reason.DUPLICATE: "The topic has told this before",
    Reason.COOLDOWN: "Joined its alert in silence: the topic cools down",
    Reason.NOT_LIVE: "Not live news: only live news ring",
    Reason.STILL_ACTIVE: "Looked at again, still active",
    Reason.ALERT_GONE: "The alert is over already",
    Reason.TOPIC_REMOVED: "The topic is not in the configuration any more",
    Reason.ATTEMPTED: "Tried, no answer noted yet",
    Reason.DELIVERED: "Delivered",
    Reason.CHANNEL_FAILED: "The channel failed, we try again",
    Reason.CHANNEL_REFUSED: "The channel refused it for good",
    Reason.CHANNEL_REMOVED: "The channel is not in the configuration any more",
    Reason.GAVE_UP: "Given up after many tries",
    Reason.UNREADABLE: "It cannot be read, and lies in quarantine",
    Reason.CRASHED: "Processes died over it, and it lies in quarantine",
    Reason.BUG: "A bug of ours",
    Reason.STREAM_CREATED: "A stream was made",
    Reason.STREAM_RECREATED: "A stream was made anew",
    Reason.STREAM_GAP: "Kafka dropped records that we had not read",
    Reason.DATABASE_RECREATED: "Our database was made anew",
    Reason.CONFIG_REFUSED: "The configuration is wrong, the last good one is used",
    Reason.BROKER_DOWN: "Kafka does not answer",
}
NOT_YET = "Not polled yet"
UNTRIED = "Not sent yet"

_STEPS = ((timedelta(days=2), timedelta(days=1), "d"), (timedelta(hours=2), timedelta(hours=1), "h"))
_MINUTE = timedelta(minutes=1)


def words(reason: str) -> str:
    """Of a later release's reason, which we do not know, its name."""
    return _WORDS.get(reason) or reason.replace("_", " ")


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
