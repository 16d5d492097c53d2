"""A certificate as cryptography reads it: fast and strict. It takes 50 ms to import, so only when needed."""

from ipaddress import IPv4Address, IPv6Address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa

from zcertlint.model.certificate import Absent, AltNames, Key, KeyKind, Moment
from zcertlint.model.names import Name
from zcertlint.readers._x509_tables import EXTENDED_USAGES, KEY_USAGES, SIGNATURES, Constraints

__all__ = ["Strict"]

_PSS = "1.2.840.113549.1.1.10"
_NIST = {"secp192r1", "secp224r1", "secp256r1", "secp384r1", "secp521r1"}


class Strict:
    """One certificate, decoded with cryptography.

    Raises:
        Exception: whatever cryptography raises when it refuses the bytes.
    """

    def __init__(self, der: bytes) -> None:
        self._cert = x509.load_der_x509_certificate(der)
        self._known: dict[str, x509.Extension[x509.ExtensionType]] | None = None

    def subject(self) -> Name:
        """The subject."""
        return _name(self._cert.subject)

    def issuer(self) -> Name:
        """The issuer."""
        return _name(self._cert.issuer)

    def serial(self) -> int:
        """The serial number."""
        return self._cert.serial_number

    def not_before(self) -> Moment:
        """The start of validity."""
        return Moment(self._cert.not_valid_before_utc)

    def not_after(self) -> Moment:
        """The end of validity."""
        return Moment(self._cert.not_valid_after_utc)

    def key(self) -> Key:
        """The public key's kind and size."""
        match self._cert.public_key():
            case rsa.RSAPublicKey() as key:
                return Key(KeyKind.RSA, key.key_size)
            case ec.EllipticCurvePublicKey() as curve:
                name = curve.curve.name
                if name.startswith("brainpool"):
                    return Key(KeyKind.BRAINPOOL, curve.key_size)
                return Key(KeyKind.EC if name in _NIST else KeyKind.OTHER, curve.key_size)
            case dsa.DSAPublicKey() as key:
                return Key(KeyKind.DSA, key.key_size)
            case ed25519.Ed25519PublicKey():
                return Key(KeyKind.ED25519)
            case ed448.Ed448PublicKey():
                return Key(KeyKind.ED448)
            case _:
                return Key(KeyKind.OTHER)

    def signature(self) -> str:
        """The signature's algorithm in RACF's words, else its OID."""
        oid = self._cert.signature_algorithm_oid.dotted_string
        if oid == _PSS:
            used = self._cert.signature_hash_algorithm
            return f"{used.name.replace('-', '')}RSAPSS" if used is not None else oid
        return SIGNATURES.get(oid, oid)

    def alt_names(self) -> AltNames:
        """All subject alternative names."""
        entry = self._extension("2.5.29.17")
        if entry is None:
            return AltNames()
        value = entry.value
        if not isinstance(value, x509.SubjectAlternativeName):
            raise TypeError("subject alternative name not decoded")
        return AltNames(
            dns=tuple(value.get_values_for_type(x509.DNSName)),
            ips=tuple(
                # An address with a mask (8 or 32 octets) names nothing here.
                str(address)
                for address in value.get_values_for_type(x509.IPAddress)
                if isinstance(address, IPv4Address | IPv6Address)
            ),
            emails=tuple(value.get_values_for_type(x509.RFC822Name)),
            uris=tuple(value.get_values_for_type(x509.UniformResourceIdentifier)),
        )

    def key_usage(self) -> frozenset[str] | Absent:
        """RFC 5280 names of the key usages."""
        entry = self._extension("2.5.29.15")
        if entry is None:
            return Absent.ABSENT
        usage = entry.value
        if not isinstance(usage, x509.KeyUsage):
            raise TypeError("key usage not decoded")
        bits = [
            usage.digital_signature, usage.content_commitment, usage.key_encipherment,
            usage.data_encipherment, usage.key_agreement, usage.key_cert_sign, usage.crl_sign,
            usage.key_agreement and usage.encipher_only, usage.key_agreement and usage.decipher_only,
        ]  # fmt: skip
        return frozenset(name for name, bit in zip(KEY_USAGES, bits, strict=True) if bit)

    def extended_usage(self) -> frozenset[str] | Absent:
        """Names, else OIDs, of the extended key usages."""
        entry = self._extension("2.5.29.37")
        if entry is None:
            return Absent.ABSENT
        if not isinstance(entry.value, x509.ExtendedKeyUsage):
            raise TypeError("extended key usage not decoded")
        oids = [oid.dotted_string for oid in entry.value]
        return frozenset(EXTENDED_USAGES.get(oid, oid) for oid in oids)

    def constraints(self) -> Constraints:
        """Whether it is a CA by its basic constraints, and its path length."""
        entry = self._extension("2.5.29.19")
        if entry is None:
            return False, None
        if not isinstance(entry.value, x509.BasicConstraints):
            raise TypeError("basic constraints not decoded")
        return entry.value.ca, entry.value.path_length

    def subject_key_id(self) -> str | Absent:
        """Upper-case hex."""
        entry = self._extension("2.5.29.14")
        if entry is None:
            return Absent.ABSENT
        if not isinstance(entry.value, x509.SubjectKeyIdentifier):
            raise TypeError("subject key identifier not decoded")
        return entry.value.digest.hex().upper()

    def authority_key_id(self) -> str | Absent:
        """Upper-case hex; ABSENT too when it names its issuer in another way."""
        entry = self._extension("2.5.29.35")
        if entry is None:
            return Absent.ABSENT
        if not isinstance(entry.value, x509.AuthorityKeyIdentifier):
            raise TypeError("authority key identifier not decoded")
        found = entry.value.key_identifier
        return Absent.ABSENT if found is None else found.hex().upper()

    def _extension(self, oid: str) -> x509.Extension[x509.ExtensionType] | None:
        if self._known is None:
            self._known = {entry.oid.dotted_string: entry for entry in self._cert.extensions}
        return self._known.get(oid)


def _name(name: x509.Name) -> Name:
    return Name.from_rdns(
        tuple(
            tuple(
                (
                    attribute.oid.dotted_string,
                    attribute.value
                    if isinstance(attribute.value, str)
                    else "#" + attribute.value.hex().upper(),
                )
                for attribute in rdn
            )
            for rdn in name.rdns
        )
    )
