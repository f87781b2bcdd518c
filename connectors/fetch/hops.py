"""From one hop to the next: the headers that go out, those that are kept of an answer, and where a redirect leads with what."""

from collections.abc import Iterable
from dataclasses import replace

from yarl import URL

from connectors.fetch.guard import Refused
from schemas.exchange import Failure, Request

PERMANENT = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)


def headers_of(request: Request) -> dict[str, str]:
    headers = {"Accept": request.accept, **request.headers}
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.last_modified:
        headers["If-Modified-Since"] = request.last_modified
    return headers


def kept(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Bytes that are no UTF-8 would come as surrogates, which no database and no later request would take."""
    return {str(name, "utf-8", "replace").lower(): str(value, "utf-8", "replace") for name, value in raw}


def joined(url: URL, location: str) -> str:
    if "\\" in location:
        raise Refused(Failure.REFUSED_ADDRESS, "it redirects to an address with a backslash")
    try:
        return str(url.join(URL(location.strip())))
    except ValueError as error:
        raise Refused(Failure.REFUSED_ADDRESS, "it redirects to an address that cannot be read") from error


def onward(request: Request, status: int, same_origin: bool) -> Request:
    """RFC 9110 15.4: only 307 and 308 keep the method and the body. Headers of the caller's own, secrets maybe, stay with their origin."""
    if status not in (307, 308) and request.method != "GET":
        request = replace(request, method="GET", body=b"", headers={})
    return request if same_origin else replace(request, headers={}, auth=None)
