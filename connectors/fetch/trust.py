"""Whose certificates we trust: the system's, and those of a file of the operator's."""

import ssl

from schemas.errors import SettingsError


def context(ca_file: str) -> ssl.SSLContext:
    """Raises SettingsError."""
    trusted = ssl.create_default_context()
    trusted.set_alpn_protocols(["http/1.1"])
    try:
        trusted.load_verify_locations(cafile=ca_file)
    except ssl.SSLError as error:
        raise SettingsError("TOCSIN_CA_FILE", f"{ca_file} holds no certificate", "It is a PEM file of one certificate or more") from error
    except OSError as error:
        raise SettingsError("TOCSIN_CA_FILE", f"cannot read {ca_file}: {error.strerror}", "Check the path and its mode") from error
    return trusted
