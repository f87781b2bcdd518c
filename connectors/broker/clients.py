"""kafka-python's clients, held so that none blocks without end: built late, thrown away when they fail, ended by force."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Generic, TypeVar

from kafka import KafkaAdminClient
from kafka.errors import KafkaError, KafkaTimeoutError
from kafka.net.compat import KafkaNetClient

from schemas.errors import BrokerDown

C = TypeVar("C")
R = TypeVar("R")

_AT_ONCE = 1.0  # seconds

# It logs each connection that fails, many times a second; we raise the failure. At DEBUG it would log whole records.
logging.getLogger("kafka").setLevel(logging.WARNING)
for _talker in ("kafka.net", "kafka.cluster", "kafka.producer", "kafka.consumer"):
    logging.getLogger(_talker).setLevel(logging.CRITICAL)

_Failures = (KafkaError, OSError, RuntimeError, ValueError)  # RuntimeError: it was closed under us; ValueError: an option is wrong


class Held(Generic[C]):
    """One client. `build` gets a network factory to hand on, so that also a client that never came to be can be ended."""

    def __init__(self, servers: str, build: Callable[[Callable[..., Any]], C]) -> None:
        self._servers, self._build = servers, build
        self._using, self._swapping = threading.Lock(), threading.Lock()
        self._client: C | None = None
        self._networks: list[Any] = []
        self._failed: tuple[float, str] = (0.0, "")
        self._closed = False

    @contextmanager
    def use(self) -> Iterator[C]:
        """The client, for this thread alone. Whatever fails with it ends it, and raises BrokerDown."""
        came = time.monotonic()
        with self._using:
            if self._failed[0] > came:  # it failed while we waited for it: do not wait as long again
                raise BrokerDown(self._servers, self._failed[1])
            try:
                yield self._get()
            except _Failures as error:
                self._failed = (time.monotonic(), _worded(error))
                self.drop()
                raise BrokerDown(self._servers, self._failed[1]) from error

    def ask(self, question: Callable[[C], R]) -> R:
        """Its answer. An older client may not have noticed that Kafka was started again: its failure at once is not believed."""
        began, older = time.monotonic(), self._client is not None
        try:
            with self.use() as client:
                return question(client)
        except BrokerDown:
            if not older or time.monotonic() - began > _AT_ONCE:
                raise
        with self.use() as client:
            return question(client)

    def drop(self, seconds: float = 2) -> None:
        """Ends the client; the next use builds another. May be called while another thread uses it: that one then fails."""
        with self._swapping:
            client, networks = self._client, self._networks
            self._client, self._networks = None, []
        force_close(client, networks, seconds)

    def close(self, seconds: float) -> None:
        self._closed = True
        self.drop(seconds)

    def _get(self) -> C:
        if self._closed:
            raise RuntimeError("it was closed")
        if self._client is None:
            self._client = self._build(self._network)
            if self._closed:  # meanwhile
                raise RuntimeError("it was closed")
        return self._client

    def _network(self, **options: Any) -> Any:
        network = KafkaNetClient(**options)
        self._networks.append(network)
        return network


def force_close(client: Any, networks: list[Any], seconds: float) -> None:
    """The one way that our clients end. Their own close waits for a broker that may never answer, or raises and leaves its thread."""
    until = time.monotonic() + seconds
    if sender := getattr(client, "_sender", None):
        client._unregister_cleanup()
        client._closed = True  # or __del__ flushes
        sender.force_close()
    for network in networks:
        _end(network, sender, until)


def answers(options: Mapping[str, Any], seconds: float) -> bool:
    """Whether a broker is there for clients with these options (connectors.broker.options)."""
    told = {**options, "bootstrap_timeout_ms": int(seconds * 1000), "reconnect_backoff_max_ms": 200}
    held = Held(str(options["bootstrap_servers"]), lambda network: KafkaAdminClient(**told, kafka_client=network))
    try:
        with held.use():
            return True
    except BrokerDown:
        return False
    finally:
        held.close(1)


def _end(network: Any, sender: threading.Thread | None, until: float) -> None:
    net, manager = network._net, network._manager
    thread = sender or net._io_thread
    if thread is None or not thread.is_alive():  # nobody drives it: it never came to be
        with suppress(*_Failures):  # or its thread builds it just now, and fails of this
            manager.close()
            net.close()
        return
    with suppress(*_Failures):  # from its own thread: it is not made for two
        net.call_soon_threadsafe(manager.close)
    if sender:
        sender.join(max(0.1, until - time.monotonic()))
        return  # its thread ends the rest
    net.stop(timeout_ms=max(100, 1000 * (until - time.monotonic())))
    if not thread.is_alive():
        net.close()


def _worded(error: Exception) -> str:
    if isinstance(error, KafkaTimeoutError) and "bootstrap" in str(error):
        return "it does not answer"
    return (str(error.args[0]) if type(error) is KafkaError else str(error)).rstrip(".")
