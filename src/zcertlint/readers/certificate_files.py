"""Certificates in files: PEM in any text, DER, PKCS#7."""

import re
from typing import TYPE_CHECKING

from zcertlint.errors import InputError
from zcertlint.model.facts import Facts, Problem
from zcertlint.readers import ReadContext
from zcertlint.readers._x509_pem import Block, Broken, blocks, der_length
from zcertlint.text.source import Source, Span

if TYPE_CHECKING:
    from zcertlint.model.certificate import Certificate

__all__ = ["KIND", "read", "recognise"]

KIND = "certificate file"

_CERTIFICATES = {"CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CERTIFICATE"}
_PKCS7 = {"PKCS7", "CMS", "PKCS #7 SIGNED DATA"}
_KEYS = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "OPENSSH PRIVATE KEY"}
# A public key or a list of revoked certificates is nothing to us.
_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 #]*(?:CERTIFICATE|PRIVATE KEY|PKCS ?#?7|CMS)[A-Z0-9 ]*-----")
# contentType signedData, right behind the outer SEQUENCE.
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SEQUENCE = 0x30
_VERSION = (0xA0, 0x02)  # a tbsCertificate starts with [0] or, in version 1, with the serial number


def recognise(source: Source) -> bool:
    """Whether a PEM block, or a DER certificate or PKCS#7 by its structure, is in the file."""
    if source.encoding is not None and any(_starts_block(line) for line in source.lines):
        return True
    return _der_kind(source.data) is not None


def read(source: Source, context: ReadContext) -> Facts:
    """The certificates, numbered from 1; a block that cannot be decoded is a problem and keeps its number."""
    del context
    if source.encoding is None or not any(_starts_block(line) for line in source.lines):
        return _binary(source)
    found = _Found(source.path)
    understood = 0
    for block in blocks(source):
        span = source.span(block.line, f"-----BEGIN {block.label}-----", block.column)
        if block.label in _KEYS:
            if isinstance(block, Broken) or not block.encrypted:
                found.private_key(span)
        elif block.label in _CERTIFICATES | _PKCS7 and not (isinstance(block, Broken) and block.elided):
            understood += block.last - block.line + 1
            if isinstance(block, Broken):
                found.broken(Span(source.path, block.at), block.expected)
            else:
                found.add(block, span)
    understood = min(understood, len(source.lines))
    return found.facts((understood, len(source.lines) - understood, 0))


class _Found:
    """Certificates and problems of one file, in order."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.count = 0
        self.certificates: list[Certificate] = []
        self.problems: list[Problem] = []

    def private_key(self, span: Span) -> None:
        hint = "Remove it: certificates alone are enough. If others could read it, replace the key."
        self.problems.append(Problem("IN007", span, "a private key in clear stands here", hint, fatal=False))

    def broken(self, span: Span, expected: str) -> None:
        self.count += 1
        self.problems.append(
            Problem("IN001", span, expected, "Export the certificate again and transfer it as text.")
        )

    def add(self, block: Block, span: Span) -> None:
        if block.label in _PKCS7:
            self.message(block.data, span)
        else:
            length = der_length(block.data)
            # A TRUSTED CERTIFICATE has OpenSSL's own data behind the certificate.
            self.certificate(block.data if length is None else block.data[:length], span)

    def certificate(self, der: bytes, span: Span) -> None:
        from zcertlint.readers._x509 import certificate_from_der  # noqa: PLC0415

        self.count += 1
        try:
            self.certificates.append(certificate_from_der(der, f"file:{self.path}#{self.count}", span))
        except InputError as error:
            self.problems.append(Problem("IN001", span, error.expected, error.hint))

    def message(self, data: bytes, span: Span) -> None:
        found = _signed_data(data)
        for der in found:
            self.certificate(der, span)
        if not found:
            self.broken(span, "a PKCS#7 message with certificates was expected")

    def facts(self, lines: tuple[int, int, int]) -> Facts:
        return Facts(KIND, self.path, tuple(self.certificates), problems=tuple(self.problems), lines=lines)


def _starts_block(line: str) -> bool:
    return "-----BEGIN " in line and _BEGIN.search(line) is not None


def _binary(source: Source) -> Facts:
    found = _Found(source.path)
    place = Span(source.path)
    kind = _der_kind(source.data)
    length = der_length(source.data)
    if kind == "message":
        found.message(source.data, place)
    else:
        found.certificate(source.data if length is None else source.data[:length], place)
    # A binary file has no lines; decoded by accident, all of them are the certificate.
    return found.facts((len(source.lines), 0, 0))


def _der_kind(data: bytes) -> str | None:
    """``certificate``, ``message`` (PKCS#7) or None, by the first bytes of the structure."""
    if data[:1] != b"\x30":
        return None
    length = der_length(data)
    # A few bytes may follow: a transfer pads the last record of a data set.
    if length is None or len(data) - length > 4096:  # noqa: PLR2004
        return None
    inner = data[_header(data) :]
    if inner.startswith(_SIGNED_DATA):
        return "message"
    if not inner or inner[0] != _SEQUENCE or der_length(inner) is None:
        return None
    body = inner[_header(inner) :]
    if not body or body[0] not in _VERSION:
        return None
    # tbsCertificate, then the algorithm (a SEQUENCE), then the signature (a BIT STRING).
    rest = inner[der_length(inner) or 0 :]
    algorithm = der_length(rest)
    return "certificate" if algorithm is not None and rest[algorithm : algorithm + 1] == b"\x03" else None


def _header(data: bytes) -> int:
    return 2 if data[1] < 0x80 else 2 + data[1] - 0x80  # noqa: PLR2004


def _signed_data(data: bytes) -> tuple[bytes, ...]:
    """The encodings of the certificates in a PKCS#7 message; empty when it cannot be decoded."""
    import warnings  # noqa: PLC0415

    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tuple(cert.public_bytes(Encoding.DER) for cert in pkcs7.load_der_pkcs7_certificates(data))
    except Exception:  # noqa: BLE001 (one certificate that it refuses fails the whole message)
        return _signed_data_tolerant(data)


def _signed_data_tolerant(data: bytes) -> tuple[bytes, ...]:
    from pyasn1.codec.ber import decoder as ber  # noqa: PLC0415
    from pyasn1.codec.der import encoder  # noqa: PLC0415
    from pyasn1_modules import rfc2315  # noqa: PLC0415

    try:
        content = ber.decode(data, asn1Spec=rfc2315.ContentInfo())[0]["content"]
        signed = ber.decode(bytes(content), asn1Spec=rfc2315.SignedData())[0]
        chosen = [
            entry["certificate"] for entry in signed["certificates"] if entry.getName() == "certificate"
        ]
        return tuple(bytes(encoder.encode(entry)) for entry in chosen)
    except Exception:  # noqa: BLE001 (pyasn1 raises many kinds over hostile bytes)
        return ()
