"""What each client of kafka-python is told: the settings that were measured (bounded, late, no surprises), and the operator's own."""

import socket
from typing import Any

from connectors.broker.sockets import PROXY_URL
from schemas.settings import Settings
from schemas.streams import MAX_MESSAGE_BYTES

_BOOTSTRAP = 8_000  # ms; the longest that building a client takes
_REQUEST = 8_000  # ms


def client(settings: Settings) -> dict[str, Any]:
    given = {
        "security_protocol": settings.kafka_security_protocol,
        "sasl_mechanism": settings.kafka_sasl_mechanism,
        "sasl_plain_username": settings.kafka_sasl_username,
        "sasl_plain_password": settings.kafka_sasl_password,
        "ssl_cafile": settings.kafka_ssl_cafile,
        "ssl_certfile": settings.kafka_ssl_certfile,
        "ssl_keyfile": settings.kafka_ssl_keyfile,
    }
    return {
        "bootstrap_servers": settings.bootstrap_servers.split(","),
        "client_id": f"tocsin-{socket.gethostname()}",
        "bootstrap_timeout_ms": _BOOTSTRAP,
        "request_timeout_ms": _REQUEST,
        "retry_backoff_ms": 50,  # a client's first look-up waits this long for its connection
        # with the default of 30 s a client misses a broker that came back
        "reconnect_backoff_ms": 50,
        "reconnect_backoff_max_ms": 1000,
        "proxy_url": PROXY_URL,
        **{name: value for name, value in given.items() if value},
    }


def producer(settings: Settings) -> dict[str, Any]:
    return client(settings) | {
        "enable_idempotence": True,  # explicit: otherwise a conflict switches it off in silence
        "acks": "all",
        "compression_type": "zstd",
        "batch_size": 128 * 1024,  # a partition has one batch in flight
        "linger_ms": 50,
        "max_request_size": MAX_MESSAGE_BYTES,
        "max_block_ms": 10_000,
        "request_timeout_ms": 15_000,
        "retry_backoff_ms": 200,
        # a batch that expires after it was sent wedges kafka-python 3.0's idempotent producer for ever: ours is replaced first
        "delivery_timeout_ms": 3_600_000,
        "allow_auto_create_topics": False,
    }


def consumer(settings: Settings) -> dict[str, Any]:
    return client(settings) | {
        "group_id": None,
        "enable_auto_commit": False,
        "auto_offset_reset": "none",  # an offset that is gone is an answer, never a silent jump
        "fetch_max_wait_ms": 20,
        "allow_auto_create_topics": False,
    }
