"""Every named reason as a sentence that people read, on the screen and on the page."""

from articles import health_words
from schemas.reasons import Reason

_WORDS: dict[str, str] = health_words.WORDS | {
    Reason.FULL_TEXT: "Read in full",
    Reason.SUMMARY_ONLY: "Only the feed's summary, for now",
    Reason.NO_TEXT: "A page without text",
    Reason.ROBOTS_DISALLOWED: "Its robots.txt keeps us from the page, so only the feed's summary",
    Reason.ROBOTS_UNREACHABLE: "Its robots.txt cannot be had, so the page waits, and only the feed's summary is used",
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
UNTRIED = "Not sent yet"


def words(reason: str) -> str:
    """Of a later release's reason, which we do not know, its name."""
    return _WORDS.get(reason) or reason.replace("_", " ")
