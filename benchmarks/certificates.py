"""An authority made for one measurement, and a certificate of it for each of many addresses, as each publisher has its own."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

_DAY = timedelta(days=1)
_AUTHORITY = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "tocsin benchmarks")])


def issued(addresses: Sequence[str], folder: Path, now: datetime) -> Iterator[tuple[str, Path]]:
    """Each address and a PEM file of its certificate and key; before the first of them `folder/ca.pem` is there, which vouches for all."""
    authority, key = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
    own = _certificate(_AUTHORITY, authority, authority, now, x509.BasicConstraints(ca=True, path_length=0))
    (folder / "ca.pem").write_bytes(own.public_bytes(Encoding.PEM))
    written = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for address in addresses:
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, address)])
        found = _certificate(name, key, authority, now, x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]))
        path = folder / f"{address}.pem"
        path.write_bytes(found.public_bytes(Encoding.PEM) + written)
        yield address, path


def _certificate(
    subject: x509.Name, of: EllipticCurvePrivateKey, by: EllipticCurvePrivateKey, now: datetime, extension: x509.ExtensionType
) -> x509.Certificate:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(_AUTHORITY).public_key(of.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - _DAY).not_valid_after(now + _DAY)
    return builder.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints)).sign(by, SHA256())
