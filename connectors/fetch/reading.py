"""An answer's body, never more than a limit of it: one coding, decoded in small steps."""

import zlib

import aiohttp

_STEP = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS


class TooLarge(Exception):
    pass


class BadBody(Exception):
    pass


async def body(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    """At most `limit` decoded bytes. Raises TooLarge, BadBody."""
    coding = answer.headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise BadBody(f"the body is encoded as {coding[:40]}, we asked for gzip")
    gunzip = _Gunzip(limit) if coding.endswith("gzip") else None
    found = bytearray()
    async for chunk in answer.content.iter_chunked(_STEP):
        found += gunzip.feed(chunk) if gunzip else chunk
        if len(found) > limit:
            raise TooLarge
    if gunzip:
        gunzip.close()
    return bytes(found)


class _Gunzip:
    """RFC 1952, several members too. A gigabyte of zeros is a megabyte of gzip: no step makes more than _STEP bytes."""

    def __init__(self, limit: int) -> None:
        self._limit, self._made, self._member = limit, 0, zlib.decompressobj(_GZIP)
        self._begun = False

    def feed(self, chunk: bytes) -> bytes:
        made = bytearray()
        while chunk:
            if self._member.eof:
                self._member = zlib.decompressobj(_GZIP)
            self._begun = True
            made += self._step(chunk)
            chunk = self._member.unconsumed_tail or self._member.unused_data
            if chunk and self._member.eof and not chunk.startswith(b"\x1f"):  # padding behind the last member
                break
        return bytes(made)

    def close(self) -> None:
        if self._begun and not self._member.eof:
            raise BadBody("the gzip body ends early")

    def _step(self, chunk: bytes) -> bytes:
        try:
            made = self._member.decompress(chunk, _STEP)
        except zlib.error as error:
            raise BadBody(f"the body is no gzip: {error}") from error
        self._made += len(made)
        if self._made > self._limit:
            raise TooLarge
        return made
