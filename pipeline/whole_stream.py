"""All that a stream holds, read from its beginning: for commands that look back, not for stages."""

from collections.abc import Iterator

from connectors.doors import Broker, OutOfRange
from schemas.streams import Stream
from schemas.work import Received

_CHUNK = 200


def records(broker: Broker, stream: Stream) -> Iterator[Received]:
    """Partition by partition, the oldest first, up to where each ended when it was begun. Raises BrokerDown."""
    for partition, kept in broker.ranges(stream.name).items():
        offset = kept.start
        while offset < kept.end:
            try:
                found = broker.read(stream.name, partition, offset, _CHUNK)
            except OutOfRange as error:  # its time was over meanwhile
                offset = max(error.kept.start, offset + 1)
                continue
            if not found:
                break
            yield from found
            offset = found[-1].offset + 1
