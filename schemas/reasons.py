"""Every named reason, by the stage that gives it: journalled, counted and shown under this name."""

from enum import StrEnum, auto


class Reason(StrEnum):
    # poll
    FOUND_ENTRIES = auto()
    SEEDED = auto()
    NOTHING_NEW = auto()
    NOT_MODIFIED = auto()
    EMPTY_FEED = auto()
    NOT_A_FEED = auto()
    BROKEN_FEED = auto()
    UNSAFE_FEED = auto()
    FEED_REMOVED = auto()
    # poll and extract: what the network answered
    NOT_FOUND = auto()
    GONE = auto()
    FORBIDDEN = auto()
    RATE_LIMITED = auto()
    SERVER_ERROR = auto()
    CLIENT_ERROR = auto()
    TIMEOUT = auto()
    DNS_FAILED = auto()
    CONNECT_FAILED = auto()
    TLS_FAILED = auto()
    REFUSED_ADDRESS = auto()
    REFUSED_SCHEME = auto()
    TOO_LARGE = auto()
    TOO_MANY_REDIRECTS = auto()
    BAD_ANSWER = auto()
    WORKER_FAILED = auto()
    # extract
    FULL_TEXT = auto()
    SUMMARY_ONLY = auto()
    NO_TEXT = auto()
    UNCHANGED = auto()
    # track
    MATCHED = auto()
    NO_MATCH = auto()
    # ring
    OPENED = auto()
    UPDATED = auto()
    RESOLVED = auto()
    DUPLICATE = auto()
    COOLDOWN = auto()
    NOT_LIVE = auto()
    STILL_ACTIVE = auto()
    ALERT_GONE = auto()
    TOPIC_UNKNOWN = auto()
    TOPIC_REMOVED = auto()
    # deliver
    ATTEMPTED = auto()
    DELIVERED = auto()
    CHANNEL_FAILED = auto()
    CHANNEL_REFUSED = auto()
    CHANNEL_REMOVED = auto()
    # any stage
    GAVE_UP = auto()
    UNREADABLE = auto()
    CRASHED = auto()
    BUG = auto()
    # the house itself
    STREAM_CREATED = auto()
    STREAM_RECREATED = auto()
    STREAM_GAP = auto()
    DATABASE_RECREATED = auto()
    CONFIG_REFUSED = auto()
    BROKER_DOWN = auto()


HELD = (Reason.DUPLICATE, Reason.COOLDOWN, Reason.NOT_LIVE, Reason.TOPIC_REMOVED)  # a match that does not ring
TROUBLE = (Reason.BUG, Reason.CRASHED, Reason.UNREADABLE, Reason.BROKER_DOWN)  # a run with one of these ends Failed
