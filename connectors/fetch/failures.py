"""What went wrong on the network, as a named failure in our own words: aiohttp repeats whole addresses, and one may hold a secret."""

import ssl

import aiohttp

from schemas.exchange import Failure


def named(error: Exception) -> tuple[Failure, str]:
    """The failure and its detail."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Failure.DNS_FAILED, f"there is no host {error.host}"
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError | ssl.SSLError):
        return Failure.TLS_FAILED, f"no trusted connection: {_cause(error)}"
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ClientHttpProxyError):
        return Failure.CONNECT_FAILED, _unconnected(error)
    if isinstance(error, aiohttp.InvalidURL):
        return Failure.REFUSED_ADDRESS, "its host is written as no address is written"
    if isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientOSError):
        return Failure.BAD_ANSWER, "the server hung up"
    return Failure.BAD_ANSWER, f"the answer is no HTTP: {type(error).__name__}"


def _unconnected(error: aiohttp.ClientConnectorError | aiohttp.ClientHttpProxyError) -> str:
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return f"the proxy answered {error.status} and made no connection"
    who = "the proxy " if isinstance(error, aiohttp.ClientProxyConnectionError) else ""
    return f"{who}{error.host}:{error.port} does not take connections"


def _cause(error: BaseException) -> str:
    inner = getattr(error, "certificate_error", None) or error.__cause__ or error
    return str(getattr(inner, "verify_message", "") or getattr(inner, "reason", "") or type(inner).__name__)
