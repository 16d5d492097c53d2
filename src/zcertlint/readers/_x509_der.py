"""What a binary file is by its structure, and what it consists of."""

from zcertlint.readers._x509_pem import der_length

__all__ = ["kind_of", "pieces", "signed_data", "unused"]

# contentType signedData, right behind the outer SEQUENCE.
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SEQUENCE, _BIT_STRING = 0x30, 0x03
_VERSION = (0xA0, 0x02)  # a tbsCertificate starts with [0] or, in version 1, with the serial number
# Behind the outer SEQUENCE: PKCS#8 (version 0 or 1, an algorithm), RSA (version 0, a long modulus), SEC 1.
_KEYS = tuple(map(bytes.fromhex, ("02010030", "02010130", "0201000281", "0201000282", "02010104")))
_LONG_FORM = 0x80
_PADDING = bytes((0x00, 0x40, 0x20, 0x0A, 0x0D, 0x15, 0x25, 0x1A))  # of data sets and transfers
_MOST = 10_000  # certificates of one file


def kind_of(data: bytes) -> str | None:
    """``certificate``, ``message`` (PKCS#7), ``key``, ``cut`` (half a certificate) or None.

    Told by the tags and lengths at the start; a certificate request and a list of revoked certificates look
    like a certificate here (:func:`unused` tells them apart).
    """
    if len(data) < 4 or data[0] != _SEQUENCE:  # noqa: PLR2004
        return None
    inner = data[_header(data) :]
    length = der_length(data)
    if length is None:
        return "cut" if _begins_certificate(data, inner) else None
    if inner.startswith(_SIGNED_DATA):
        return "message"
    if inner.startswith(_KEYS):
        return "key" if _is_key(data[:length]) else None
    return "certificate" if _is_certificate(data[:length]) else None


def pieces(data: bytes) -> tuple[tuple[bytes, ...], int]:
    """The certificates that follow each other, and how many bytes behind them are neither one nor padding."""
    found: list[bytes] = []
    while len(found) < _MOST:
        length = der_length(data)
        if length is None or (found and not _is_certificate(data[:length])):
            break
        found.append(data[:length])
        data = data[length:]
    return tuple(found), len(data.strip(_PADDING))


def unused(der: bytes) -> str | None:
    """What it is, when it is something that nobody needs here; None for anything else."""
    from cryptography import x509  # noqa: PLC0415

    for load, name in (
        (x509.load_der_x509_csr, "a certificate request"),
        (x509.load_der_x509_crl, "a list of revoked certificates"),
    ):
        try:
            load(der)
        except Exception:  # noqa: BLE001, S112 (a decoder may raise anything over hostile bytes)
            continue
        return name
    return None


def signed_data(data: bytes) -> tuple[bytes, ...]:
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


def _header(data: bytes) -> int:
    return 2 if data[1] < _LONG_FORM else 2 + data[1] - _LONG_FORM


def _declared(data: bytes) -> int:
    """How long the SEQUENCE at the start says that it is; 0 where none of a usual size begins."""
    size = data[1] - _LONG_FORM if len(data) > 4 else 0  # noqa: PLR2004
    if data[:1] != bytes((_SEQUENCE,)) or size not in {1, 2}:
        return 0
    return 2 + size + int.from_bytes(data[2 : 2 + size])


def _begins_certificate(data: bytes, inner: bytes) -> bool:
    """Whether the lengths at the start promise a certificate of a usual size: two thirds are its body."""
    outer, body = _declared(data), _declared(inner)
    if not (outer and body and inner[_header(inner)] in _VERSION):
        return False
    return outer > body and outer - body < body + 1024


def _is_certificate(der: bytes) -> bool:
    """A SEQUENCE of a tbsCertificate, the algorithm (a SEQUENCE) and the signature (a BIT STRING)."""
    inner = der[_header(der) :]
    length = der_length(inner)
    if length is None or inner[_header(inner)] not in _VERSION:
        return False
    rest = inner[length:]
    algorithm = der_length(rest)
    return algorithm is not None and rest[algorithm : algorithm + 1] == bytes((_BIT_STRING,))


def _is_key(der: bytes) -> bool:
    from cryptography.hazmat.primitives.serialization import load_der_private_key  # noqa: PLC0415

    try:
        load_der_private_key(der, None)
    except Exception:  # noqa: BLE001 (what cannot be loaded is no key in clear)
        return False
    return True
