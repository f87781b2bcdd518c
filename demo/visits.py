"""The publisher's log: a JSON line a visit, with the headers that tell how polite it was."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

_LEFT = 499  # in place of a status: the visitor did not wait for one
_HEARD = ("etag", "last-modified", "cache-control", "retry-after", "location")


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """begun, ended: seconds since 1970. asked: every header of the request but Host, told: those of the answer that a reader must heed.

    digest: of the answer's body.
    """

    begun: float
    ended: float
    host: str
    method: str
    path: str
    query: str
    status: int
    asked: dict[str, str]
    told: dict[str, str]
    digest: str = ""


class Log:
    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self._path, self._clock = path, clock

    @property
    def middleware(self) -> Any:
        @web.middleware
        async def heard(request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> web.StreamResponse:
            begun = self._clock()
            status, told, digest = _LEFT, dict[str, str](), ""
            try:
                answer = await handler(request)
                status, told, digest = answer.status, _told(answer.headers), _digest(answer)
            except web.HTTPException as refusal:
                status, told = refusal.status, _told(refusal.headers)
                raise
            finally:
                self._write(request, status, told, digest, begun)
            return answer

        return heard

    def _write(self, request: web.Request, status: int, told: dict[str, str], digest: str, begun: datetime) -> None:
        visit = Visit(
            begun=begun.timestamp(),
            ended=self._clock().timestamp(),
            host=request.host,
            method=request.method,
            path=request.path,
            query=request.query_string,
            status=status,
            asked={name.lower(): value for name, value in request.headers.items() if name.lower() != "host"},
            told=told,
            digest=digest,
        )
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(visit)) + "\n")


def read(path: Path) -> list[Visit]:
    """In the order in which they began."""
    visits = [Visit(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    return sorted(visits, key=lambda visit: visit.begun)


def _told(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: headers[name] for name in _HEARD if name in headers}


def _digest(answer: web.StreamResponse) -> str:
    body = answer.body if isinstance(answer, web.Response) else None
    return hashlib.sha256(body).hexdigest()[:12] if isinstance(body, bytes) else ""
