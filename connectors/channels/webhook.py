"""The webhook: the message as JSON in one signed POST.

A receiver checks `Tocsin-Signature: v1=<hex>`, the HMAC-SHA256 under the shared secret of `<Tocsin-Timestamp>.<body>`, and refuses
what is older than it likes. `Tocsin-Id` (also `Idempotency-Key`) is the same at every attempt of a delivery, `Tocsin-Attempt` counts them.
"""

import hashlib
import hmac
import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from connectors.channels.kind import Kind, Opening
from connectors.channels.payload import payload
from connectors.channels.redact import redacted, secrets_of
from connectors.doors import Fetch, Unsent
from schemas.alert import Message
from schemas.channel import Options
from schemas.errors import SettingsError
from schemas.exchange import Failure, Request, Response

_DEADLINE = 15  # seconds
_ANSWER = 64 * 1024  # bytes of an answer that nobody reads
_PASSING = (408, 409, 425, 429)  # refusals that another time may not meet
_LASTING = (Failure.REFUSED_SCHEME, Failure.TOO_MANY_REDIRECTS)  # a refused address may be allowed, or resolve to another, tomorrow


class Webhook:
    def __init__(self, *, url: str, secret: str, fetch: Fetch, clock: Callable[[], float] = time.time) -> None:
        self._url, self._secret, self._fetch, self._clock = url, secret, fetch, clock

    async def send(self, message: Message) -> None:
        body = payload(message)
        timestamp = str(int(self._clock()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": message.id,
            "Tocsin-Id": message.id,
            "Tocsin-Attempt": str(message.attempt),
            "Tocsin-Timestamp": timestamp,
            "Tocsin-Signature": signature(self._secret, timestamp, body),
        }
        request = Request(url=self._url, method="POST", body=body, headers=headers, redirects=0, deadline=_DEADLINE, limit=_ANSWER)
        self._judge(await self._fetch(request))

    def _judge(self, answer: Response) -> None:
        """A receiver that answered 2xx took it, whatever became of the rest of its answer."""
        if 200 <= answer.status < 300:
            return
        if answer.status:
            raise Unsent(f"the receiver answered {_named(answer.status)}", permanent=_lasts(answer.status))
        problem = f"no answer: {answer.failure or 'unknown'}" + (f" ({answer.detail})" if answer.detail else "")
        raise Unsent(redacted(problem, self._hidden()), permanent=answer.failure in _LASTING)

    def _hidden(self) -> tuple[str, ...]:
        """All but host and port: those an operator needs to see."""
        shown = urlsplit(self._url).netloc.rpartition("@")[2].split(":")
        return tuple(secret for secret in secrets_of(self._url, self._secret) if secret not in shown)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    return "v1=" + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def _lasts(status: int) -> bool:
    """An answer that will be the same next time: a redirect (we follow none) or a refusal."""
    return 300 <= status < 500 and status not in _PASSING


def _named(status: int) -> str:
    return f"{status} {HTTPStatus(status).phrase}" if status in set(HTTPStatus) else str(status)


def _open(opening: Opening) -> Webhook:
    url, secret = opening.options["url"], opening.options["secret"]
    if not url.lower().startswith(("http://", "https://")):
        raise SettingsError(f"channel {opening.name}", "its url does not begin with http:// or https://", "Correct it")
    return Webhook(url=url, secret=secret, fetch=opening.fetch)


KIND = Kind(options=Options(required=("url", "secret")), open=_open)
