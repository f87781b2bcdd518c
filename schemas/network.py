"""What the latest polls tell of our own network; kept as one fact."""

from dataclasses import dataclass

from pydantic import AwareDatetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Reached:
    """One poll. failed: it did not reach its host; whatever that answered, else it did."""

    feed_id: str
    host: str
    dt: AwareDatetime
    failed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """polls: the latest, in order. down_since: when it became ours to answer for that they fail; None: it is not."""

    polls: tuple[Reached, ...] = ()
    down_since: AwareDatetime | None = None
