"""The twin of every channel: keeps what it is sent, or has the trouble that it is told to have."""

import asyncio
from dataclasses import dataclass, field

from connectors.doors import Unsent
from schemas.alert import Message


@dataclass(kw_only=True)
class MemoryChannel:
    """wait: seconds before it takes a message."""

    trouble: Unsent | None = None
    wait: float = 0
    sent: list[Message] = field(default_factory=list)

    async def send(self, message: Message) -> None:
        await asyncio.sleep(self.wait)
        if self.trouble is not None:
            raise self.trouble
        self.sent.append(message)
