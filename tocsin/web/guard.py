"""Who may ask, and what every answer carries: before any route, so that no route can forget it.

A page of another site cannot read ours through a name of its own that leads to 127.0.0.1 (DNS rebinding): the Host header is held
against a list. What an article's text could smuggle in, the Content-Security-Policy stops a second time.
"""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from schemas.errors import SettingsError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
METHODS = ("GET", "HEAD")
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-cache",
}


def loopback(host: str) -> str:
    """The host to listen at. Raises SettingsError for any that others can reach."""
    if host not in LOOPBACK:
        problem = f"{host} can be reached from other machines, and that needs a token, which is not supported yet"
        raise SettingsError("--host", problem, f"Leave it out, or use one of {', '.join(LOOPBACK)}; from elsewhere, come by an SSH tunnel")
    return host


def authority(host: str, port: int) -> str:
    """As a browser writes it in a Host header."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class Guard:
    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = [authority(host, port) for host in LOOPBACK]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *((name.encode(), value.encode()) for name, value in HEADERS.items())]
            await send(message)

        if scope["type"] == "http":
            await (self._refusal(scope) or self._app)(scope, receive, guarded)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        asked = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
        if len(asked) != 1 or asked[0] not in self._hosts:
            return PlainTextResponse(f"This is not the host you asked for. Ask {self._hosts[0]}\n", 421)
        if scope["method"] not in METHODS:
            return PlainTextResponse("This page is only to be read.\n", 405, headers={"allow": ", ".join(METHODS)})
        return None
