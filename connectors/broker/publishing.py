"""Records out: sent together, each acknowledged by itself, by a producer that is replaced where it may be wedged."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError

from connectors.broker import options, wire
from connectors.broker.clients import Held
from schemas.errors import BrokerDown
from schemas.settings import Settings
from schemas.work import Record


class Publisher:
    """kafka-python keeps what was not acknowledged, and after some outages can never send again. So a producer with a failure is ended
    and what it kept is forgotten; our caller has those records and publishes them anew, under the same ids."""

    def __init__(self, settings: Settings, patience: float) -> None:
        told = options.producer(settings)
        self._patience = patience
        self._held = Held[KafkaProducer](settings.bootstrap_servers, lambda network: KafkaProducer(**told, kafka_client=network))

    def publish(self, records: Sequence[Record]) -> int:
        """How many, from the first on, are acknowledged. Raises BrokerDown where none is."""
        acknowledged = 0
        try:
            with self._held.use() as producer:
                futures, trouble = _send(producer, records)
                with suppress(KafkaTimeoutError):
                    producer.flush(self._patience)  # what it sends is not held back to grow a batch
                for future in futures:
                    if not future.is_done:
                        raise KafkaError(f"it acknowledged {acknowledged} of {len(records)} records in {self._patience:.0f} s")
                    future.get()
                    acknowledged += 1
                if trouble:
                    raise trouble
        except BrokerDown:
            if not acknowledged:
                raise
        return acknowledged

    def close(self, seconds: float) -> None:
        self._held.close(seconds)


def _send(producer: KafkaProducer, records: Sequence[Record]) -> tuple[list[Any], KafkaError | None]:
    """Up to the first that is refused on this side."""
    futures: list[Any] = []
    for record in records:
        try:
            futures.append(producer.send(**wire.sent(record)))
        except KafkaTimeoutError:
            return futures, KafkaError(f"it tells of no stream {record.stream}: tocsin streams check")
        except KafkaError as error:
            return futures, KafkaError(f"record {record.id} of {record.stream}: {error}")
    return futures, None
