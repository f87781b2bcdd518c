"""Any of the services that apprise knows: mail, chat, push. One apprise object a channel, so that its verdict is this channel's alone."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from connectors.channels.kind import Kind, Opening
from connectors.channels.redact import redacted, secrets_of
from connectors.doors import Unsent
from schemas.alert import Message
from schemas.channel import Options
from schemas.errors import SettingsError

_DEADLINE = 20.0  # seconds: apprise itself may wait 5.5 s between two messages to a service

_here = threading.local()


class Ear(logging.Filter):
    """Hears the warnings of a thread that listens, and lets nobody else hear anything of it: the words hold addresses with their tokens."""

    def filter(self, record: logging.LogRecord) -> bool:
        heard: list[str] | None = getattr(_here, "heard", None)
        if heard is not None and record.levelno >= logging.WARNING:
            because = f": {record.exc_info[1]!r}" if record.exc_info else ""
            heard.append(record.getMessage() + because)
        return heard is None


_EAR = Ear()


@contextmanager
def _listening() -> Iterator[list[str]]:
    for name in list(logging.root.manager.loggerDict):  # a filter holds for its own logger, not for those below it
        if name.startswith(("apprise", "requests", "urllib3")):
            logging.getLogger(name).addFilter(_EAR)
    _here.heard = []
    try:
        yield _here.heard
    finally:
        _here.heard = None


class AppriseService:
    def __init__(self, service: Any, secrets: tuple[str, ...], deadline: float) -> None:
        self._service, self._secrets, self._deadline = service, secrets, deadline
        self._busy = threading.Lock()

    async def send(self, message: Message) -> None:
        """A service that never ends its answer keeps its thread, and later attempts out, but not us."""
        taken: Future[str | None] = Future()
        taken.set_running_or_notify_cancel()
        threading.Thread(target=self._run, args=(message, taken), name="apprise", daemon=True).start()
        try:
            problem = await asyncio.wait_for(asyncio.wrap_future(taken), self._deadline)
        except TimeoutError:
            raise Unsent(f"no answer within {self._deadline:g} s", permanent=False) from None
        if problem is not None:
            raise Unsent(problem, permanent=False)

    def _run(self, message: Message, taken: "Future[str | None]") -> None:
        """In a thread of its own that nothing waits for at exit: a thread of the loop's pool would hold the process."""
        if not self._busy.acquire(blocking=False):
            taken.set_result("the attempt before has not ended yet")
            return
        try:
            problem = self._notify(message)
        except Exception as error:  # noqa: BLE001 (whatever a plugin raises is this channel's trouble, and its text may hold the address)
            problem = redacted(repr(error), self._secrets)
        finally:
            self._busy.release()
        taken.set_result(problem)

    def _notify(self, message: Message) -> str | None:
        """What went wrong, or None."""
        with _listening() as heard:
            if self._service.notify(title=message.title, body=message.text, body_format="text"):
                return None
        return redacted("; ".join(heard) or "the service gave no reason", self._secrets)[:500]


def opened(name: str, url: str, deadline: float = _DEADLINE) -> AppriseService:
    """deadline: seconds for one message. Raises SettingsError, which does not name the address."""
    import apprise  # 0.9 s, for those alone who have such a channel

    asset = apprise.AppriseAsset(app_id="tocsin", app_desc="tocsin", http_redirects=False, async_mode=False, storage_mode="memory")
    service = apprise.Apprise(asset=asset)
    with _listening():
        known = service.add(url)
    if not known or len(service) != 1:
        fix = "Give one, as https://github.com/caronc/apprise/wiki lists them"
        raise SettingsError(f"channel {name}", "its url is not the address of one service that apprise knows", fix)
    service[0].optional = False  # `?optional=yes` would call a failure a success
    return AppriseService(service, secrets_of(url), deadline)


def _open(opening: Opening) -> AppriseService:
    return opened(opening.name, opening.options["url"])


KIND = Kind(options=Options(required=("url",)), open=_open)
