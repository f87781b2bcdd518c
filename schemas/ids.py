"""Deterministic ids: the same thing has the same id in every process, at every try."""

import hashlib
import uuid

_NAMESPACE = uuid.UUID("6f1d9d0c-6d0e-5c38-9d56-0d1f5b2f6a10")


def uid(*parts: str) -> str:
    """UUIDv5 (RFC 9562) of the parts; no join of other parts gives the same."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def digest(*texts: str) -> str:
    """128 bits of SHA-256 in hex."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:32]
