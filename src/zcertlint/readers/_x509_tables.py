"""Object identifiers of certificates and what they are called."""

from zcertlint.model.certificate import KeyKind

__all__ = ["CURVES", "EXTENDED_USAGES", "KEY_USAGES", "SIGNATURES", "Constraints"]

Constraints = tuple[bool, int | None]
SIGNATURES = {
    "1.2.840.113549.1.1.2": "md2RSA",
    "1.2.840.113549.1.1.4": "md5RSA",
    "1.2.840.113549.1.1.5": "sha1RSA",
    "1.2.840.113549.1.1.14": "sha224RSA",
    "1.2.840.113549.1.1.11": "sha256RSA",
    "1.2.840.113549.1.1.12": "sha384RSA",
    "1.2.840.113549.1.1.13": "sha512RSA",
    "1.2.840.10045.4.1": "sha1ECDSA",
    "1.2.840.10045.4.3.1": "sha224ECDSA",
    "1.2.840.10045.4.3.2": "sha256ECDSA",
    "1.2.840.10045.4.3.3": "sha384ECDSA",
    "1.2.840.10045.4.3.4": "sha512ECDSA",
    "1.2.840.10040.4.3": "sha1DSA",
    "2.16.840.1.101.3.4.3.1": "sha224DSA",
    "2.16.840.1.101.3.4.3.2": "sha256DSA",
}
# In the order of the bits (RFC 5280, 4.2.1.3).
KEY_USAGES = (
    "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement",
    "keyCertSign", "cRLSign", "encipherOnly", "decipherOnly",
)  # fmt: skip
EXTENDED_USAGES = {
    "1.3.6.1.5.5.7.3.1": "serverAuth",
    "1.3.6.1.5.5.7.3.2": "clientAuth",
    "1.3.6.1.5.5.7.3.3": "codeSigning",
    "1.3.6.1.5.5.7.3.4": "emailProtection",
    "1.3.6.1.5.5.7.3.8": "timeStamping",
    "1.3.6.1.5.5.7.3.9": "OCSPSigning",
    "2.5.29.37.0": "anyExtendedKeyUsage",
}
# What RACF calls NIST ECC and Brainpool ECC; any other curve is of the kind OTHER.
CURVES = {
    "1.2.840.10045.3.1.1": (KeyKind.EC, 192),
    "1.3.132.0.33": (KeyKind.EC, 224),
    "1.2.840.10045.3.1.7": (KeyKind.EC, 256),
    "1.3.132.0.34": (KeyKind.EC, 384),
    "1.3.132.0.35": (KeyKind.EC, 521),
    "1.3.132.0.10": (KeyKind.OTHER, 256),
    **{
        f"1.3.36.3.3.2.8.1.1.{arc + twisted}": (KeyKind.BRAINPOOL, bits)
        for arc, bits in ((1, 160), (3, 192), (5, 224), (7, 256), (9, 320), (11, 384), (13, 512))
        for twisted in (0, 1)
    },
}
