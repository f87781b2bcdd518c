"""A socket that is closed when its connect fails: kafka-python 3.0 leaves it to the garbage collector, once for each try in an outage."""

from contextlib import ExitStack
from typing import Any

from kafka.net.inet import KafkaNetSocket


class ClosingSocket(KafkaNetSocket):  # type: ignore[misc]  # kafka-python has no types
    """Chosen by the scheme of `proxy_url`, as kafka-python chooses its own."""

    SCHEMES = ("closing",)

    async def sock_connect(self, net: Any, sock: Any, sockaddr: Any, timeout_at: float | None = None) -> Any:
        with ExitStack() as stack:
            stack.callback(sock.close)
            connected = await super().sock_connect(net, sock, sockaddr, timeout_at=timeout_at)
            stack.pop_all()
        return connected


PROXY_URL = f"{ClosingSocket.SCHEMES[0]}:"
