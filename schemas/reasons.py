"""Every named reason, by the stage that gives it: journalled, counted and shown under this name."""

from enum import StrEnum, auto


class Reason(StrEnum):
    # poll
    FOUND_ENTRIES = auto()
    SEEDED = auto()
    NOTHING_NEW = auto()
    NOT_MODIFIED = auto()
    GAP_SUSPECTED = auto()
    EMPTY_FEED = auto()
    NOT_A_FEED = auto()
    BROKEN_FEED = auto()
    UNSAFE_FEED = auto()
    FEED_REMOVED = auto()
    NETWORK_DOWN = auto()
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
    NO_SECRET = auto()
    WORKER_FAILED = auto()
    # a feed that answers, and looks healthier than it is
    SILENT = auto()
    FROZEN_DATES = auto()
    BODIES_COLLAPSED = auto()
    LANGUAGE_CHANGED = auto()
    WALLED = auto()
    # extract
    FULL_TEXT = auto()
    SUMMARY_ONLY = auto()
    NO_TEXT = auto()
    ROBOTS_DISALLOWED = auto()
    ROBOTS_UNREACHABLE = auto()
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
    NETWORK_BACK = auto()


HELD = (Reason.DUPLICATE, Reason.COOLDOWN, Reason.NOT_LIVE, Reason.TOPIC_REMOVED)  # a match that does not ring
TROUBLE = (Reason.BUG, Reason.CRASHED, Reason.UNREADABLE, Reason.BROKER_DOWN)  # a run with one of these ends Failed
