"""Records a second into Kafka: by bare kafka-python, by our publisher, and by the relay out of the outbox."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from kafka import KafkaProducer

from benchmarks.figures import Figure, Options, middle
from benchmarks.ground import Ground
from benchmarks.material import read_articles
from connectors import environment
from connectors.broker import Kafka, options, wire
from connectors.clock import now
from connectors.leases import Leases
from connectors.relay import Relay
from connectors.store import Store, open_store
from schemas import codec
from schemas.settings import Settings
from schemas.streams import STREAMS
from schemas.work import Record

T = TypeVar("T")

BENCH = "records into Kafka"
_RECORDS = 4_000
_CHUNK = 500  # the relay's own
_SINGLE = 100  # records, each waited for


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    records: Sequence[Record]
    settings: Settings
    broker: Kafka
    store: Store


def run(ground: Ground, options_: Options) -> list[Figure]:
    settings, _ = environment.load(ground.home("publishing", kafka_port=ground.no_streams()).variables)
    records = [codec.record(article, now()) for article in read_articles(_RECORDS, now())]
    place = Place(records=records, settings=settings, broker=Kafka(settings), store=open_store(settings.database_url))
    place.broker.create(STREAMS, 1)
    try:
        return _measured(place, options_.repeat)
    finally:
        place.broker.close()
        place.store.close()


def _measured(place: Place, repeat: int) -> list[Figure]:
    ways: dict[str, Callable[[Place], float]] = {"bare": _bare, "publisher": _publisher, "relay": _relay}
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repeat + 1):  # the first warms Kafka up, and is not told
        for name, way in ways.items():
            rates[name].append(len(place.records) / way(place))
    warm = {name: values[1:] for name, values in rates.items()}
    size = median(len(record.value) for record in place.records)
    return [
        middle(BENCH, "bare kafka-python", warm["bare"], "records/s", f"idempotent, acks all, zstd; {size:,.0f} bytes a record"),
        middle(BENCH, "our publisher", warm["publisher"], "records/s", f"{_CHUNK} at a time, each acknowledged"),
        middle(BENCH, "the relay, from the outbox", warm["relay"], "records/s", "read, published, and dropped after its acknowledgement"),
        *(
            middle(BENCH, f"{name} : bare", [a / b for a, b in zip(warm[name], warm["bare"], strict=True)], "x")
            for name in ("publisher", "relay")
        ),
        middle(BENCH, "one record at a time, bare", _bare_singly(place), "ms", "linger 0, waited for"),
        middle(BENCH, "one record at a time, our publisher", _singly(place), "ms"),
        middle(BENCH, "one record at a time, the relay", _relay_singly(place), "ms", "with its three transactions"),
    ]


def _bare(place: Place) -> float:
    return _with_producer(place, lambda producer: _all(producer, place.records))


def _all(producer: KafkaProducer, records: Sequence[Record]) -> float:
    began = time.perf_counter()
    futures = [producer.send(**wire.sent(record)) for record in records]
    producer.flush()
    for future in futures:
        future.get()
    return time.perf_counter() - began


def _bare_singly(place: Place) -> list[float]:
    def each(producer: KafkaProducer) -> list[float]:
        return [1000 * _all(producer, [record]) for record in place.records[:_SINGLE]]

    return _with_producer(place, each, linger_ms=0)


def _with_producer(place: Place, work: Callable[[KafkaProducer], T], **changed: object) -> T:
    producer = KafkaProducer(**options.producer(place.settings) | changed)
    try:
        _all(producer, place.records[:1])  # it is connected now
        return work(producer)
    finally:
        producer.close(timeout=5)


def _publisher(place: Place) -> float:
    began = time.perf_counter()
    for at in range(0, len(place.records), _CHUNK):
        place.broker.publish(place.records[at : at + _CHUNK])
    return time.perf_counter() - began


def _singly(place: Place) -> list[float]:
    times = []
    for record in place.records[:_SINGLE]:
        began = time.perf_counter()
        place.broker.publish([record])
        times.append(1000 * (time.perf_counter() - began))
    return times


def _relay(place: Place) -> float:
    place.store.write_now(lambda tx: tx.outbox.put(place.records))
    return asyncio.run(_flushed(place))


def _relay_singly(place: Place) -> list[float]:
    times = []
    for record in place.records[:_SINGLE]:
        place.store.write_now(lambda tx, record=record: tx.outbox.put([record]))  # type: ignore[misc]
        times.append(1000 * asyncio.run(_flushed(place)))
    return times


async def _flushed(place: Place) -> float:
    relay = Relay(place.store, place.broker, Leases(place.store, now), now)
    began = time.perf_counter()
    await relay.flush()
    spent = time.perf_counter() - began
    if not await relay.empty():
        raise RuntimeError("the relay left records in the outbox")
    await place.store.transact(lambda tx: tx.outbox.read([record.id for record in place.records]))  # as the stage that reads them would
    return spent
