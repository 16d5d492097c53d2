"""Where fuzzing starts from: the fixtures and examples that a reader recognises, and stores made here."""

# ruff: noqa: INP001 (the command's folder is no package)

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from targets import PASSWORD, recognises

__all__ = ["seeds"]

ROOT = Path(__file__).resolve().parents[1]
_LARGEST = 1 << 16


def seeds(name: str, extra: Path | None = None) -> Iterator[bytes]:
    """The seeds of a target; ``extra`` is a folder with more files to choose from."""
    if name == "quote":
        yield from (
            b"ZoweKeyring",
            b"O'Brien's CA",
            b"ZWESVUSR",
            b"SYS1.PARMLIB",
            b"host.example.com",
            b"::1",
        )
        return
    folders = [
        ROOT / "fixtures" / "jobs",
        ROOT / "fixtures" / "readers",
        ROOT / "fixtures" / "deployments",
        ROOT / "examples",
    ]
    files = sorted(path for folder in [*folders, *([extra] if extra else [])] for path in folder.rglob("*"))
    for path in files:
        if path.is_file() and path.stat().st_size <= _LARGEST:
            data = path.read_bytes()
            if recognises(name, data):
                yield data
    yield from (data for data in _made() if recognises(name, data))


def _made() -> Iterator[bytes]:
    """A certificate in each encoding, and keystores."""
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        BestAvailableEncryption,
        Encoding,
        NoEncryption,
        pkcs7,
        pkcs12,
    )

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "seed")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1)
    builder = builder.not_valid_before(dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    builder = builder.not_valid_after(dt.datetime(2034, 1, 1, tzinfo=dt.UTC))
    names = x509.SubjectAlternativeName([x509.DNSName("seed.example.com")])
    certificate = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    yield certificate.public_bytes(Encoding.DER)
    yield certificate.public_bytes(Encoding.PEM)
    yield pkcs7.serialize_certificates([certificate], Encoding.DER)
    for protection in (NoEncryption(), BestAvailableEncryption(PASSWORD.encode())):
        yield pkcs12.serialize_key_and_certificates(b"seed", key, certificate, [certificate], protection)
