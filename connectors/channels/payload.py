"""A message as JSON, for receivers that are programs."""

import orjson

from schemas import codec
from schemas.alert import Message


def payload(message: Message) -> bytes:
    return orjson.dumps(
        {
            "id": message.id,
            "attempt": message.attempt,
            "title": message.title,
            "text": message.text,
            "alert": codec.plain(message.delivery.alert),
        }
    )
